import type { Place } from '../model/fact.ts';
import type { Project } from '../model/project.ts';
import { MANIFESTS, SYSTEM_NEEDS } from './data/dependencies.ts';

/** Something of the operating system that the running program needs, and where the project says so. */
export interface Need {
  readonly name: string;
  readonly from: Place;
}

const SOURCES = [
  ...[
    '.js',
    '.mjs',
    '.cjs',
    '.ts',
    '.mts',
    '.cts',
    '.tsx',
    '.jsx',
    '.py',
    '.go',
    '.rs',
    '.java',
    '.kt',
    '.scala',
    '.groovy',
  ],
  ...['.rb', '.php', '.cs', '.fs', '.pl', '.ex', '.exs', '.clj', '.c', '.cc', '.cpp', '.swift'],
];
const STARTS_PROGRAMS =
  /child_process|execa|shelljs|\bzx\b|Bun\.spawn|subprocess|os\.(system|popen|exec)|exec\.Command|ProcessBuilder|getRuntime|Command::new|Process\.(Start|new)|shell_exec|proc_open|passthru|popen\(|system\(|%x|`|sys\.process|Open3/;
const CALL =
  /(?:exec\w*|spawn\w*|system|popen\w*|Popen|run|call|check_call|check_output|Command|command|Command::new|ProcessBuilder|passthru|proc_open|execa|Start|capture\w*|sh|which|\$)\s*[([{ ]*\s*\[?\s*[fbr]?["'`]\s*(?:\/usr(?:\/local)?\/bin\/|\/bin\/)?/;
/** Program names that are ordinary words too: only a direct call counts. */
const ORDINARY = new Set([
  ...[
    'file',
    'patch',
    'convert',
    'make',
    'identify',
    'watch',
    'w',
    'top',
    'free',
    'uptime',
    'composite',
    'montage',
    'cc',
  ],
  ...['ld', 'nm', 'strip', 'magick', 'perl', 'host', 'dig', 'node', 'go', 'cargo', 'npm', 'ping', 'java', 'ps'],
]);
const TESTS =
  /(^|\/)(tests?|__tests__|spec|specs|e2e|examples?|docs?|benchmarks?)\/|[._-](test|spec)\.\w+$|(^|\/)test_[\w-]+\.py$/;

/**
 * Programs out of `candidates` that the sources below `directory` start. What stands in quotes right behind a call
 * counts; a name that is no ordinary word counts in any quotes of a file that starts programs.
 */
export function startedPrograms(project: Project, directory: string, candidates: Iterable<string>): Need[] {
  const names = [...candidates];
  if (names.length === 0) return [];
  const found = new Map<string, Need>();
  for (const path of project.find({ under: directory, endings: SOURCES, limit: 3000 })) {
    if (TESTS.test(path)) continue;
    const text = project.source(path);
    if (text === null || text.length > 400_000 || !STARTS_PROGRAMS.test(text)) continue;
    for (const name of names) {
      if (!found.has(name) && text.includes(name) && isStarted(text, name)) found.set(name, { name, from: path });
    }
  }
  return [...found.values()];
}

function isStarted(text: string, name: string): boolean {
  const plain = name.replaceAll(/[.+*?^$()[\]{}|\\]/g, '\\$&');
  const direct = new RegExp(`${CALL.source}(?:sudo\\s+)?${plain}(?=["'\`\\s])`);
  if (direct.test(text)) return true;
  return (
    !ORDINARY.has(name) &&
    new RegExp(`["'\`](?:[^"'\`\\n]{0,80}[|;&]\\s*|sudo\\s+|\\S*/)?${plain}(?=["'\`\\s])`).test(text)
  );
}

/** What the libraries that the manifests below `directory` name need of the system: packages and programs. */
export function libraryNeeds(project: Project, directory: string): { packages: Need[]; programs: Need[] } {
  const packages = new Map<string, Need>();
  const programs = new Map<string, Need>();
  for (const path of project.find({ under: directory, limit: 4000, depth: 5 })) {
    for (const language of ['javascript', 'python', 'ruby', 'rust'] as const) {
      if (!MANIFESTS[language].test(path)) continue;
      const text = project.source(path) ?? '';
      for (const [name, need] of Object.entries(SYSTEM_NEEDS[language])) {
        if (!isNamed(text, name) || need.unless?.test(text)) continue;
        for (const one of need.packages ?? []) packages.set(one, { name: one, from: path });
        for (const one of need.programs ?? []) programs.set(one, { name: one, from: path });
      }
    }
  }
  return { packages: [...packages.values()], programs: [...programs.values()] };
}

function isNamed(text: string, name: string): boolean {
  const plain = name.replaceAll(/[-_.]/g, '[-_.]').replaceAll('/', '\\/');
  return new RegExp(`(^|["'\\s])${plain}(?=["'\\s=<>~!@\\[;,(]|$)`, 'im').test(text);
}
