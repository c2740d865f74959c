/** A server in a source that listens on this machine alone. */
export interface LocalListen {
  /** 1-based */
  readonly line: number;
  /** as it is written; `''`: the default of what is called */
  readonly address: string;
  /** what it should say instead */
  readonly option: string;
}

const LOCAL = /^(?:localhost|127\.0\.0\.1|::1)$/;

/** `.listen(3000, '127.0.0.1')`, `app.run()` of Flask and their like; `null` where it listens elsewhere or that is open. */
export function localListen(text: string, program: string): LocalListen | null {
  const lines = text.split('\n');
  const find = program.startsWith('node') ? nodeListen : /^python/.test(program) ? pythonListen : null;
  for (const [index, line] of lines.entries()) {
    const found = find?.(line.replace(/(?:^|\s)(?:\/\/|#).*$/, ''), text) ?? null;
    if (found !== null) return { line: index + 1, ...found };
  }
  return null;
}

function nodeListen(line: string): Omit<LocalListen, 'line'> | null {
  const positional = /\.listen\(\s*[^,()'"]+(?:\([^()]*\))?[^,()'"]*,\s*(["'])([^"']+)\1/.exec(line)?.[2];
  const named = /\.listen\(\s*\{[^}]*\bhost\s*:\s*(["'])([^"']+)\1/.exec(line)?.[2];
  const address = positional ?? named;
  return address !== undefined && LOCAL.test(address) ? { address, option: "'0.0.0.0' as the host" } : null;
}

/** Flask's own server and uvicorn's function take 127.0.0.1 where no host is given. */
function pythonListen(line: string, text: string): Omit<LocalListen, 'line'> | null {
  const [, called, args = ''] = /^\s*(?:\w+ *= *)?(app\.run|uvicorn\.run)\((.*)\)\s*$/.exec(line) ?? [];
  const isFlask = called === 'app.run' && /\bFlask\(/.test(text);
  if (called === undefined || (called === 'app.run' && !isFlask) || /\*\*/.test(args)) return null;
  const host = /\bhost\s*=\s*(?:(["'])([^"']*)\1)?/.exec(args);
  const positional = isFlask ? /^\s*(["'])([^"']+)\1/.exec(args)?.[2] : undefined;
  const address = host === null ? (positional ?? '') : (host[2] ?? null);
  return address === '' || (address !== null && LOCAL.test(address)) ? { address, option: "host='0.0.0.0'" } : null;
}

/** Where a source says on which port it listens. */
export interface ListenPort {
  /** 1-based */
  readonly line: number;
  readonly port: string;
  /** the environment variable that wins over it */
  readonly variable: string | null;
}

const VARIABLE = String.raw`(?:\(?(?:process\.env\.|Bun\.env\.)(\w+)\)?\s*(?:\|\||\?\?)\s*)?`;
const NODE_PORT = new RegExp(String.raw`\.listen\(\s*(?:\{\s*port\s*:\s*)?${VARIABLE}["']?(\d{2,5})\b`, 'g');
const NODE_NAMED = new RegExp(
  String.raw`\b(?:const|let|var)\s+(\w+)\s*(?::\s*[\w| ]+)?=\s*(?:Number\(|\+|parseInt\()?\s*${VARIABLE}["']?(\d{2,5})\b`,
  'g',
);
const PYTHON_PORT = /\b(?:app\.run|uvicorn\.run|web\.run_app|serve)\([^()]*\bport\s*=\s*(\d{2,5})\b/g;
const GO_PORT = /\bhttp\.ListenAndServe\(\s*"[^":]*:(\d{2,5})"/g;
const SPRING_PORT = /^server\.port\s*=\s*(?:\$\{(\w+):(\d{2,5})\}|(\d{2,5}))\s*$/gm;

/** The one place where a source names its port; `null` where there is none, or are several. */
export function listenPort(text: string, path: string): ListenPort | null {
  const clean = text.replaceAll(/(?:^|\s)(?:\/\/|#).*$/gm, (comment) => ' '.repeat(comment.length));
  const found = portsIn(clean, path);
  const [first] = found;
  if (first === undefined || found.length > 1) return null;
  return { line: text.slice(0, first.index).split('\n').length, port: first.port, variable: first.variable };
}

interface Found {
  readonly index: number;
  readonly port: string;
  readonly variable: string | null;
}

function portsIn(text: string, path: string): readonly Found[] {
  if (/\.[cm]?[jt]s$/.test(path)) return nodePorts(text);
  if (path.endsWith('.properties')) {
    // A profile may say another one.
    if (/^spring\.(?:profiles|config)|^---/m.test(text)) return [];
    return [...text.matchAll(SPRING_PORT)].map((match) => ({
      index: match.index,
      port: match[2] ?? match[3] ?? '',
      variable: match[1] ?? null,
    }));
  }
  const pattern = path.endsWith('.go') ? GO_PORT : PYTHON_PORT;
  return [...text.matchAll(pattern)].map((match) => ({ index: match.index, port: match[1] ?? '', variable: null }));
}

function nodePorts(text: string): readonly Found[] {
  const listens = [...text.matchAll(/\.listen\(/g)];
  const direct = [...text.matchAll(NODE_PORT)];
  if (direct.length > 0 || listens.length !== 1) return listens.length === 1 ? direct.map(foundIn) : [];
  const name = /\.listen\(\s*(?:\{\s*(?:port\s*:\s*)?)?(\w+)/.exec(text)?.[1];
  return [...text.matchAll(NODE_NAMED)]
    .filter((match) => match[1] === name)
    .map((match) => ({ index: match.index, port: match[3] ?? '', variable: match[2] ?? null }));
}

function foundIn(match: RegExpMatchArray): Found {
  return { index: match.index ?? 0, port: match[2] ?? '', variable: match[1] ?? null };
}
