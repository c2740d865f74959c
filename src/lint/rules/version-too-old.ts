import { type Call, callsOf, folderOf, hasOption, isCertain } from '../commands.ts';
import { textInContext } from '../context.ts';
import { fileOrigin } from '../origin.ts';
import { absolutePath } from '../paths.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import { type StageView, type Step, usedStages, type View } from '../view.ts';

export const versionTooOld: Rule = {
  id: 'version-too-old',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ file = '', wanted = '', image = '', case: kind }) =>
    kind === 'start'
      ? `${file} compiles for Java ${wanted}, which ${image} is too old to run.`
      : `${file} asks for ${wanted}, and ${image} is older, so the build stops here.`,
  advice: ({ wanted = '' }) => `Take an image with version ${wanted} or newer, or lower what the file asks for.`,
  find: (view) => {
    const used = usedStages(view);
    const stages = view.stages.filter((stage) => used.has(stage.stage.index));
    return [...stages.flatMap((stage) => tooOld(view, stage)), ...javaStart(view)];
  },
};

/** Where a language's files say which version they need, and the commands that refuse an older one. */
interface Demand {
  readonly product: string;
  readonly file: string;
  readonly version: RegExp;
  readonly isRefused: (call: Call, stage: StageView, step: Step) => boolean;
}

const JAVA_VERSION =
  /<(?:maven\.compiler\.release|maven\.compiler\.target|java\.version|release)>\s*(\d+)\s*<\/|languageVersion\D+(\d+)/;

const DEMANDS: readonly Demand[] = [
  {
    product: 'go',
    file: 'go.mod',
    version: /^go (\d+\.\d+)/m,
    // From 1.21 on the image keeps Go from fetching a newer toolchain by itself.
    isRefused: ({ program, operands }, { facts }, { scope }) =>
      program === 'go' &&
      /^(?:build|mod|install|test)$/.test(operands[0] ?? '') &&
      (scope.get('GOTOOLCHAIN')?.value ?? 'local') === 'local' &&
      isBefore('1.20', facts?.version ?? ''),
  },
  {
    product: 'rust',
    file: 'Cargo.toml',
    version: /^rust-version\s*=\s*"(\d+\.\d+)/m,
    isRefused: ({ program, operands, args }) =>
      program === 'cargo' && operands[0] === 'build' && !args.includes('--ignore-rust-version'),
  },
  {
    product: 'python',
    file: 'pyproject.toml',
    version: /^(?:requires-python\s*=\s*["']\s*>=\s*|python\s*=\s*["'](?:\^|>=|~)\s*)(\d+\.\d+)/m,
    isRefused: ({ program, operands }) =>
      (program === 'poetry' && operands[0] === 'install') ||
      (/^pip3?$/.test(program) && operands[0] === 'install' && operands.includes('.')),
  },
  {
    product: 'node',
    file: 'package.json',
    version: /"engines"\s*:\s*\{[^}]*"node"\s*:\s*"(?:>=|\^|~)?\s*v?(\d+)/,
    // npm only warns
    isRefused: ({ program, operands, args }) =>
      (program === 'pnpm' && operands[0] === 'install') ||
      (program === 'yarn' &&
        /^(?:install)?$/.test(operands[0] ?? '') &&
        !hasOption(args, '--ignore-engines', '--version')),
  },
  {
    product: 'java',
    file: 'pom.xml',
    version: JAVA_VERSION,
    isRefused: ({ program, operands }) =>
      /^(?:mvn|\.\/mvnw)$/.test(program) && operands.some((goal) => /^(?:compile|package|install|verify)$/.test(goal)),
  },
];

function tooOld(view: View, stage: StageView): Catch[] {
  const { facts } = stage;
  const demand = DEMANDS.find(({ product }) => product === facts?.family.product);
  if (demand === undefined || facts === null || facts.version === null) return [];
  for (const step of stage.steps) {
    const call = callsOf(step).find((one) => isCertain(one) && demand.isRefused(one, stage, step));
    const folder = call === undefined ? null : folderOf(step, call);
    const wanted = folder === null ? null : wantedIn(view, stage, absolutePath(folder, demand.file), demand.version);
    if (wanted === null || !isBefore(facts.version, wanted.version)) continue;
    return [
      {
        ...at(step.instruction),
        args: { file: wanted.file, wanted: wanted.version, image: facts.reference, case: 'build' },
      },
    ];
  }
  return [];
}

/** Classes that a newer Java compiled are refused by an older one, whichever stage made them. */
function javaStart(view: View): Catch[] {
  const start = readStart(view);
  const { facts } = view.final ?? {};
  const runsJava = start?.invocations.some(({ program }) => program === 'java') === true;
  if (start === null || facts == null || facts.version === null || facts.family.product !== 'java' || !runsJava)
    return [];
  for (const stage of view.stages.slice(0, -1)) {
    const built = stage.steps.find((step) => callsOf(step).some(({ program }) => /^(?:mvn|\.\/mvnw)$/.test(program)));
    const folder = built?.workdir ?? null;
    const wanted = folder === null ? null : wantedIn(view, stage, absolutePath(folder, 'pom.xml'), JAVA_VERSION);
    if (wanted !== null && isBefore(facts.version, wanted.version))
      return [
        {
          ...at(view.final?.stage.from ?? start.instruction),
          args: { file: wanted.file, wanted: wanted.version, image: facts.reference, case: 'start' },
        },
      ];
  }
  return [];
}

function wantedIn(
  view: View,
  stage: StageView,
  path: string,
  pattern: RegExp,
): { file: string; version: string } | null {
  const origin = fileOrigin(view, stage, path);
  const text = origin === null || view.context === null ? null : textInContext(view.context, origin.contextPath);
  const match = text === null ? null : pattern.exec(text);
  const version = match?.slice(1).find((group) => group !== undefined);
  return origin === null || version === undefined ? null : { file: origin.contextPath, version };
}

/** `3.9` is before `3.12`, and `21` says nothing about `21.1`. */
function isBefore(version: string, other: string): boolean {
  const [one, two] = [version.split('.').map(Number), other.split('.').map(Number)];
  for (const [index, part] of one.entries()) {
    const against = two[index];
    if (against === undefined || part > against) return false;
    if (part < against) return true;
  }
  return false;
}
