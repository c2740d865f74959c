import { type BuildContext, isSent, kindInContext, matchesInContext, textInContext } from '../context.ts';
import { baseName, below, contextPath, joinPaths } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import { usedStages } from '../view.ts';

const NAMES = [
  'id_rsa',
  'id_dsa',
  'id_ecdsa',
  'id_ed25519',
  '.npmrc',
  '.netrc',
  '.pypirc',
  'master.key',
  'credentials.json',
  'service-account.json',
];
/** Keys for tests are no secrets. */
const TEST_FOLDER = /(?:^|\/)(?:tests?|testdata|test-data|spec|fixtures?|__tests__|examples?|samples?|e2e|mocks?)\//i;
const SAMPLE = /\.(?:example|sample|template|dist|defaults?|tpl|ci|test)$|example|sample/i;
const SECRET_SETTING =
  /^\s*(?:export\s+)?\w*(?:SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE_KEY|ACCESS_KEY)\w*\s*=\s*["']?(?!\$)[^\s"'#]{6,}/im;

export const secretCopied: Rule = {
  id: 'secret-copied',
  concern: 'safety',
  severity: 'warning',
  aliases: [],
  message: ({ files = '' }) => `This copies what looks like a secret: ${files}.`,
  advice: ({ files = '' }) =>
    `Keep it out with .dockerignore (${files
      .split(', ')
      .map((file) => `**/${baseName(file)}`)
      .join(', ')}), and mount it where the build needs it.`,
  find: (view) => {
    const { context } = view;
    if (context === null) return [];
    const used = usedStages(view);
    const secrets = secretFiles(context).filter((path) => isSent(context, path));
    if (secrets.length === 0) return [];
    return view.stages
      .filter((stage) => used.has(stage.stage.index))
      .flatMap((stage) => stage.steps)
      .flatMap((step) => {
        if (step.copy === null || step.copy.from !== null) return [];
        const sources = step.copy.sources.flatMap(({ path }) => (path === null ? [] : matchesInContext(context, path)));
        const files = secrets.filter((secret) =>
          sources.some((source) => source === '.' || below(contextPath(source), secret) !== null),
        );
        return files.length === 0 ? [] : [{ ...at(step.instruction), args: { files: files.slice(0, 3).join(', ') } }];
      });
  },
};

/** Files of the context whose name and contents are those of a secret. */
function secretFiles(context: BuildContext): string[] {
  const { project, directory } = context;
  const names = [...NAMES, '.env', '.env.local', '.env.production'];
  const named = project.find({ under: directory, names, endings: ['.pem', '.key'], depth: 4, limit: 50 });
  const settings = project
    .entries(directory)
    .map((entry) => joinPaths(directory, entry.name))
    .filter((path) => /^\.env(?:\..+)?$/.test(baseName(path)));
  // A key of a service account has any name.
  const accounts = project
    .entries(directory)
    .map((entry) => joinPaths(directory, entry.name))
    .filter((path) => path.endsWith('.json') && !/^(?:package|package-lock|tsconfig|composer)\b/.test(baseName(path)))
    .slice(0, 20)
    .filter((path) => /"type":\s*"service_account"/.test(project.source(path)?.slice(0, 4000) ?? ''));
  return [...new Set([...named, ...settings, ...accounts])]
    .map((path) => (directory === '.' ? path : path.slice(directory.length + 1)))
    .filter(
      (path) =>
        !TEST_FOLDER.test(path) &&
        kindInContext(context, path) === 'file' &&
        isSecret(baseName(path), textInContext(context, path) ?? ''),
    );
}

function isSecret(name: string, text: string): boolean {
  if (SAMPLE.test(name)) return false;
  if (name.startsWith('.env')) return SECRET_SETTING.test(text);
  if (name === '.npmrc') return /_authToken\s*=\s*(?!\$)\S{8,}|_password\s*=\s*(?!\$)\S/.test(text);
  if (name === '.netrc' || name === '.pypirc') return /password\s*[=\s]\s*\S/.test(text);
  if (name === 'master.key') return text.trim().length >= 32;
  return /PRIVATE KEY-----|"private_key"/.test(text);
}
