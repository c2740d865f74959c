import type { TarEntry } from '../engine/tar.ts';
import type { SecretFind } from '../model/report.ts';

/** Texts that are secrets by their form alone, after the formats that their issuers document. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  'private-key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----\s*[A-Za-z0-9+/=:]/,
  'aws-access-key': /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  'github-token': /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b/,
  'gitlab-token': /\bglpat-[A-Za-z0-9_-]{20,}/,
  'npm-token': /\bnpm_[A-Za-z0-9]{36}\b|:_authToken\s*=\s*(?!\$\{)[^\s$]{8,}/,
  'slack-token': /\bxox[abprs]-[A-Za-z0-9-]{20,}/,
  'google-key': /\bAIza[0-9A-Za-z_-]{35}\b/,
  'stripe-key': /\b[rs]k_live_[0-9A-Za-z]{20,}/,
  'pypi-token': /\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}/,
  'url-password':
    /\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|amqps?|rediss?):\/\/[^\s:@/$]+:(?!\$|<|\{|password@|pass@|postgres@|secret@)[^\s:@/$]{6,}@/,
};

/** Names of files that hold nothing but credentials. */
const CREDENTIAL_FILES =
  /(^|\/)(id_(rsa|dsa|ecdsa|ed25519)|\.git-credentials|\.netrc|\.pypirc|\.aws\/credentials|\.docker\/config\.json|\.kube\/config)$/;
const ENV_FILES = /(^|\/)\.env(\.(?!example$|sample$|template$|dist$)[^/]+)?$/;
/** `NAME=value` with a name that speaks of a secret. */
const SECRET_SETTING =
  /^\s*(?:export\s+)?\w*(?:SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_KEY|CREDENTIALS?)\w*[ \t]*=[ \t]*["']?(?!\s|["']|\$|changeme|<)[^\s"']{6,}/im;
/** Packages bring keys of their own for their tests, and patterns of secrets in scanners. */
const FOREIGN =
  /(^|\/)(node_modules|site-packages|dist-packages|vendor\/bundle|usr\/share|usr\/lib|var\/lib|etc\/ssl)\//;
/** Larger files are searched for canaries only. */
const MAX_PATTERN_BYTES = 1024 * 1024;

export interface SecretScan {
  /** gives the consumer of one file's contents */
  visit(layer: number, entry: TarEntry): (chunk: Buffer) => void;
  /** after the last file: what was found. `isVisible` tells whether a layer's file is still there in the end. */
  finish(isVisible: (path: string, layer: number) => boolean): SecretFind[];
}

/** Looks through files for known forms of secrets and for planted texts. Values are never reported, only places. */
export function createSecretScan(canaries: readonly string[]): SecretScan {
  const needles = canaries.filter((text) => text.length >= 6).map((text) => Buffer.from(text));
  const keep = Math.max(0, ...needles.map((needle) => needle.length - 1));
  const open: { layer: number; path: string; chunks: Buffer[]; tail: Buffer; hasCanary: boolean }[] = [];
  const found: { pattern: string; layer: number; path: string }[] = [];

  function closeFile(): void {
    const file = open.pop();
    if (file === undefined) return;
    const pattern = file.hasCanary ? 'canary' : matchFile(file.path, Buffer.concat(file.chunks));
    if (pattern !== null) found.push({ pattern, layer: file.layer, path: file.path });
  }

  return {
    visit(layer, entry) {
      closeFile();
      const wantsPatterns = entry.bytes <= MAX_PATTERN_BYTES && !FOREIGN.test(entry.path);
      const file = { layer, path: `/${entry.path}`, chunks: [] as Buffer[], tail: Buffer.alloc(0), hasCanary: false };
      open.push(file);
      return (chunk) => {
        if (wantsPatterns) file.chunks.push(Buffer.from(chunk));
        const window = file.tail.length === 0 ? chunk : Buffer.concat([file.tail, chunk]);
        file.hasCanary ||= needles.some((needle) => window.includes(needle));
        file.tail = Buffer.from(window.subarray(Math.max(0, window.length - keep)));
      };
    },
    finish(isVisible) {
      closeFile();
      return found.map(({ pattern, layer, path }) => ({
        pattern,
        where: path,
        layer,
        removed: !isVisible(path, layer),
      }));
    },
  };
}

function matchFile(path: string, contents: Buffer): string | null {
  if (contents.length === 0) return null;
  if (CREDENTIAL_FILES.test(path)) return 'credential-file';
  const text = contents.toString('latin1');
  if (ENV_FILES.test(path) && SECRET_SETTING.test(text)) return 'env-file';
  return matchText(text);
}

/** Looks through the image's own words: ENV, LABEL and the history, where build arguments stand. */
export function scanConfig(
  env: Readonly<Record<string, string>>,
  history: readonly string[],
  canaries: readonly string[],
): SecretFind[] {
  const found: SecretFind[] = [];
  for (const [name, value] of Object.entries(env)) {
    const pattern = matchText(value) ?? (SECRET_SETTING.test(`${name}=${value}`) ? 'env-variable' : null);
    if (pattern !== null) found.push({ pattern, where: `ENV ${name}`, layer: null, removed: false });
  }
  for (const text of history) {
    const isCanary = canaries.some((canary) => canary.length >= 6 && text.includes(canary));
    const isOfEnv = /^(?:\/bin\/sh -c #\(nop\) +)?ENV /.test(text);
    const pattern = isCanary ? 'canary' : isOfEnv ? null : matchText(text);
    if (pattern !== null) found.push(historyFind(pattern, hideValues(text)));
  }
  const names = new Set(history.flatMap(secretArguments));
  return [...found, ...[...names].map((name) => historyFind('build-argument', `ARG ${name}`))];
}

function historyFind(pattern: string, words: string): SecretFind {
  return { pattern, where: `history: ${words}`, layer: null, removed: false };
}

/** What is secret must not be repeated in a report. */
function hideValues(text: string): string {
  return text.replaceAll(/(\w+)=\S+/g, '$1=…').slice(0, 60);
}

/** Names in `ARG NPM_TOKEN=abc…`, or `RUN |1 NPM_TOKEN=abc… /bin/sh -c …`; older builders leave RUN out. */
function secretArguments(text: string): string[] {
  const settings = /(?:\bARG |^(?:RUN )?\|\d+ )(?<settings>.*?)(?: \/bin\/sh -c| # buildkit|$)/.exec(text)?.groups?.[
    'settings'
  ];
  const secrets = settings?.split(' ').filter((setting) => SECRET_SETTING.test(setting)) ?? [];
  return secrets.map((setting) => setting.split('=')[0] ?? '');
}

function matchText(text: string): string | null {
  for (const [id, pattern] of Object.entries(PATTERNS)) if (pattern.test(text)) return id;
  return null;
}
