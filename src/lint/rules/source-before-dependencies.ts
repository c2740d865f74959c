import { type Call, callsOf, hasShort, isCertain } from '../commands.ts';
import { kindInContext, matchesInContext, textInContext } from '../context.ts';
import { installedPackages, isSystemInstall } from '../installs.ts';
import { contextManifest } from '../manifest.ts';
import { mountsOf } from '../mounts.ts';
import { contextPath } from '../paths.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { type StageView, type Step, usedStages, type View } from '../view.ts';

export const sourceBeforeDependencies: Rule = {
  id: 'source-before-dependencies',
  concern: 'rebuild',
  severity: 'warning',
  aliases: [],
  message: ({ command = '', copyLine = '' }) =>
    `Line ${copyLine} copies the sources first, so ${command} runs again after every change of the code.`,
  advice: ({ manifests = '' }) =>
    manifests === ''
      ? 'Move it above the line that copies the sources.'
      : `Copy ${manifests} first, install, and copy the sources after that.`,
  find: (view) => {
    const used = usedStages(view);
    return view.stages.filter((stage) => used.has(stage.stage.index)).flatMap((stage) => tooEarly(view, stage));
  },
};

interface Installer {
  readonly tool: string;
  /** for the advice */
  readonly manifests: string;
  /** what makes it an install: `ci`, `package` */
  readonly words: readonly string[];
  /** no short way around it */
  readonly isMild?: boolean;
}

function tooEarly(view: View, stage: StageView): Catch[] {
  const copied = stage.allSteps.findIndex((step) => isWholeContext(view, step));
  const copy = stage.allSteps[copied];
  if (copy === undefined) return [];
  const before = stage.allSteps
    .slice(0, copied)
    .flatMap((step) => callsOf(step).flatMap((call) => installer(call)?.tool ?? []));
  const catches: Catch[] = [];
  for (const step of stage.allSteps.slice(copied + 1)) {
    if (hasCacheMount(step) || !stage.steps.includes(step)) continue;
    const found = callsOf(step)
      .filter(isCertain)
      .map((call) => earlyInstall(view, step, call, before))
      .find((one) => one !== null);
    // The first of the system and the first of the project tell the story.
    const isTold = catches.some(({ args }) => (args['manifests'] === '') === (found?.manifests === ''));
    if (found == null || isTold) continue;
    const command = found.words.join(' ');
    const args = { command, copyLine: String(copy.instruction.line), manifests: found.manifests };
    catches.push({ ...at(step.instruction), args, ...(found.isMild === true ? { severity: 'info' as const } : {}) });
  }
  return catches;
}

function earlyInstall(view: View, step: Step, call: Call, before: readonly string[]): Installer | null {
  const found = systemInstaller(step, call) ?? installer(call);
  if (found === null || (before.includes(found.tool) && found.manifests !== '')) return null;
  return needsSources(view, found.tool, call) ? null : { ...found, words: [call.program, ...found.words] };
}

function isWholeContext(view: View, { copy }: Step): boolean {
  if (copy === null || copy.from !== null || view.context === null) return false;
  const { context } = view;
  return (
    copy.sources.some(
      ({ path }) =>
        path !== null &&
        (contextPath(path) === '.' ||
          (SOURCES.test(contextPath(path)) && kindInContext(context, path) === 'directory')),
    ) && matchesInContext(context, '.').length > 0
  );
}

/** Folders that hold nothing but code. */
const SOURCES = /^(?:src|app|lib|pages|components|controllers|models|routes|templates|static)$/;

function hasCacheMount({ instruction }: Step): boolean {
  return mountsOf(instruction).some(({ type }) => type === 'cache');
}

const GOALS = /^(?:ci|install|i|sync|build|download|package|verify|compile|dependency:.*)$/;

/** The dependency plugin goes by its short name or by its coordinates. */
const MAVEN_GOAL = /^(?:package|install|verify|compile)$|(?:^|:)(?:maven-)?dependency(?:-plugin)?:/;

/** Packages of the system never depend on the sources, unless a file of theirs names them. */
function systemInstaller(step: Step, call: Call): Installer | null {
  const names = isSystemInstall(call) ? installedPackages(call) : [];
  const isPlain = names !== null && names.length > 0 && names.every((name) => /^[a-z0-9][\w.+-]*$/.test(name));
  // A script of the project that runs before may add the repository that they come from.
  const isAlone = callsOf(step).every(({ program }) =>
    /^(?:apt-get|apt|apk|yum|dnf|microdnf|rm|echo|set|export)$/.test(program),
  );
  return isPlain && isAlone ? { tool: call.program, manifests: '', words: [call.operands[0] ?? ''] } : null;
}

function installer(call: Call): Installer | null {
  const { program, args, operands } = call;
  const [first = ''] = operands;
  const goal = operands.find((word) => GOALS.test(word)) ?? first;
  const one = (tool: string, manifests: string): Installer => ({ tool, manifests, words: [goal] });
  if (hasShort(args, 'g') || args.includes('--global')) return null;
  if (program === 'npm' && /^(?:ci|install|i)$/.test(first) && operands.length === 1)
    return one('npm', 'package.json and the lock file');
  if ((program === 'pnpm' || program === 'bun') && /^(?:install|i)$/.test(first))
    return one(program, 'package.json and the lock file');
  if (
    program === 'yarn' &&
    (first === '' || first === 'install') &&
    operands.length <= 1 &&
    !args.includes('--version')
  )
    return one('yarn', 'package.json and yarn.lock');
  if (/^pip3?$/.test(program) && first === 'install' && args.some((arg) => /^(?:-r|--requirement)/.test(arg)))
    return one('pip', 'the requirement files');
  if (program === 'poetry' && first === 'install') return one('poetry', 'pyproject.toml and poetry.lock');
  if (program === 'pipenv' && /^(?:install|sync)$/.test(first)) return one('pipenv', 'Pipfile and Pipfile.lock');
  if (program === 'bundle' && first === 'install') return one('bundle', 'Gemfile and Gemfile.lock');
  if (program === 'composer' && first === 'install') return one('composer', 'composer.json and composer.lock');
  if (program === 'go' && (first === 'build' || (first === 'mod' && operands[1] === 'download')))
    return one('go', 'go.mod and go.sum');
  if (/^(?:mvn|\.\/mvnw)$/.test(program) && operands.some((word) => MAVEN_GOAL.test(word)))
    return one('maven', 'the pom files');
  if (program === 'dotnet' && first === 'restore') return one('dotnet', 'the project files');
  if (program === 'cargo' && first === 'build') return { ...one('cargo', 'Cargo.toml and Cargo.lock'), isMild: true };
  if (
    /^(?:gradle|\.\/gradlew)$/.test(program) &&
    operands.some((task) => /^:?(?:build|assemble|bootJar|jar|shadowJar|installDist)$/.test(task))
  )
    return { ...one('gradle', 'the build files and the wrapper'), isMild: true };
  return null;
}

/** Where the project's own files take part in the install, the order is right. */
function needsSources(view: View, tool: string, call: Call): boolean {
  const { context } = view;
  if (context === null) return true;
  if (/^(?:apt-get|apt|apk|yum|dnf|microdnf)$/.test(tool)) return false;
  const text = (path: string): string => textInContext(context, path) ?? '';
  if (/^(?:npm|pnpm|yarn|bun)$/.test(tool)) {
    const manifest = contextManifest(view, 'package.json');
    if (manifest === null) return true;
    const hasScripts = ['preinstall', 'install', 'postinstall', 'prepare'].some((name) => name in manifest.scripts);
    return hasScripts || manifest.workspaces.length > 0 || kindInContext(context, 'pnpm-workspace.yaml') !== null;
  }
  if (tool === 'pip') {
    const file =
      call.args[call.args.findIndex((arg) => arg === '-r' || arg === '--requirement') + 1] ?? 'requirements.txt';
    return (
      /^\s*(?:-e\s+)?\.{1,2}(?:\/|\s|$)|^\s*-e\s/m.test(text(contextPath(file))) ||
      call.operands.some((word) => word.startsWith('.'))
    );
  }
  if (tool === 'poetry') return !call.args.includes('--no-root');
  if (tool === 'composer')
    return !call.args.includes('--no-scripts') && /"scripts"|"classmap"|"files"/.test(text('composer.json'));
  if (tool === 'go')
    return (
      kindInContext(context, 'vendor') !== null ||
      text('go.mod').includes('=> ./') ||
      !/^\s*(?:require\s+)?[\w.-]+\.[a-z]+\/\S+ v\d/m.test(text('go.mod'))
    );
  if (tool === 'cargo')
    return !/^\[dependencies\]\s*\n\s*[a-z]/im.test(text('Cargo.toml')) || /path\s*=/.test(text('Cargo.toml'));
  if (tool === 'gradle')
    return (
      !/\b(?:implementation|api|compile)\b/.test(text('build.gradle') + text('build.gradle.kts')) ||
      /\binclude\b/.test(text('settings.gradle') + text('settings.gradle.kts'))
    );
  if (tool === 'maven') return /<module>/.test(text('pom.xml'));
  if (tool === 'bundle') return /path:|gemspec/.test(text('Gemfile'));
  return false;
}
