import { type Call, callsOf, folderOf, hasOption, hasShort, isCertain, optionValue } from '../commands.ts';
import { textInContext } from '../context.ts';
import { isHarmlessCall } from '../installs.ts';
import { scriptOf } from '../interpreters.ts';
import { mountsOf } from '../mounts.ts';
import { fileOrigin } from '../origin.ts';
import { absolutePath, baseName, below } from '../paths.ts';
import { pathPresence } from '../presence.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { StageView, Step, View } from '../view.ts';

export const installFileMissing: Rule = {
  id: 'install-file-missing',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ command = '', file = '' }) => `${command} needs ${file}, which is not in this stage when it runs.`,
  advice: ({ file = '' }) =>
    `Copy ${file.split(' or ')[0] ?? file} before this step (is it in the build context?), or use another command.`,
  find: (view) =>
    view.stages.flatMap((stage) =>
      stage.steps.flatMap((step) => {
        for (const call of callsOf(step)) {
          const caught = isCertain(call) ? missing(view, stage, step, call) : [];
          if (caught.length > 0) return caught;
        }
        return [];
      }),
    ),
};

function missing(view: View, stage: StageView, step: Step, call: Call): Catch[] {
  const folder = folderOf(step, call);
  if (folder === null || isPreceded(step, call)) return [];
  const isAbsent = (file: string): boolean => {
    const path = absolutePath(folder, file);
    return !isMounted(step, path) && pathPresence(view, stage, path, step.instruction.index) === false;
  };
  const lacking = neededFiles(view, stage, call, folder).find((files) => files.every(isAbsent));
  if (lacking === undefined) return [];
  const command = [call.path, ...call.args].slice(0, 3).join(' ');
  return [{ ...at(step.instruction), args: { command, file: lacking.slice(0, 2).join(' or ') } }];
}

/** What stands before in the same RUN may have made the file. */
function isPreceded(step: Step, call: Call): boolean {
  const calls = callsOf(step);
  const before = calls.slice(
    0,
    calls.findIndex((other) => other.command === call.command),
  );
  return before.some(
    (other) => !isHarmlessCall(other) && !other.args.includes('--version') && !other.args.includes('-v'),
  );
}

/** Bind mounts of the RUN bring files for its duration. */
function isMounted(step: Step, path: string): boolean {
  return mountsOf(step.instruction)
    .filter((mount) => mount.type !== 'cache' && mount.type !== 'tmpfs')
    .some(
      ({ target }) =>
        target?.includes('$') === true || below(absolutePath(step.workdir ?? '/', target ?? '.'), path) !== null,
    );
}

/** What a wrapper script reads beside itself. */
const BESIDE_WRAPPER: Readonly<Record<string, string>> = {
  './mvnw': '.mvn/wrapper/maven-wrapper.properties',
  './gradlew': 'gradle/wrapper/gradle-wrapper.jar',
};

/** Groups of files in the command's folder, of each of which one must be there. */
function neededFiles(view: View, stage: StageView, call: Call, folder: string): readonly (readonly string[])[] {
  const { path } = call;
  if (/^\.{1,2}\/[^$*]+$/.test(path)) {
    const beside = BESIDE_WRAPPER[path];
    const origin = fileOrigin(view, stage, absolutePath(folder, path));
    const text =
      origin === null || view.context === null ? '' : (textInContext(view.context, origin.contextPath) ?? '');
    return beside !== undefined && text.includes(baseName(beside)) ? [[path], [beside]] : [[path]];
  }
  const files = installFiles(call);
  return files === null ? [] : [files, ...includedFiles(view, stage, call, folder)];
}

/** `-r base.txt` and `-c constraints.txt` in a requirement file, which pip reads beside it. */
function includedFiles(view: View, stage: StageView, call: Call, folder: string): readonly (readonly string[])[] {
  const [file] = /^(?:pip3?|uv)$/.test(call.program) ? (requirementFile(call.args) ?? []) : [];
  const origin = file === undefined ? null : fileOrigin(view, stage, absolutePath(folder, file));
  const text = origin === null || view.context === null ? null : textInContext(view.context, origin.contextPath);
  if (file === undefined || text === null) return [];
  const beside = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  return [...text.matchAll(/^\s*(?:-[rc]|--requirement|--constraint)[ =]?\s*([\w./-]+)\s*(?:#.*)?$/gm)].map((match) => [
    `${beside}${match[1] ?? ''}`,
  ]);
}

/** Files of which one must be there in the command's folder; `null`: the command needs none, or looks elsewhere. */
function installFiles(call: Call): readonly string[] | null {
  const { program, args, operands } = call;
  const [first = ''] = operands;
  const elsewhere = hasOption(
    args,
    '--prefix',
    '-C',
    '--cwd',
    '--dir',
    '--directory',
    '--project',
    '--manifest-path',
    '-f',
    '--file',
  );
  if (elsewhere || hasShort(args, 'g') || hasOption(args, '--global', '--version', '--help')) return null;
  const plain = operands.length === 1;
  const isLocked = hasOption(args, '--frozen-lockfile', '--immutable', '--locked', '--frozen');
  switch (program) {
    case 'npm':
      if (/^(?:ci|clean-install)$/.test(first)) return ['package-lock.json', 'npm-shrinkwrap.json'];
      return plain && /^(?:install|i)$/.test(first) ? ['package.json'] : null;
    case 'pnpm':
      if (!plain || !/^(?:install|i)$/.test(first)) return null;
      return isLocked ? ['pnpm-lock.yaml'] : ['package.json'];
    case 'yarn':
      if (operands.length > 1 || (first !== 'install' && first !== '')) return null;
      return args.includes('--immutable') ? ['yarn.lock'] : ['package.json'];
    case 'bun':
      return plain && first === 'install' ? (isLocked ? ['bun.lock', 'bun.lockb'] : ['package.json']) : null;
    default:
      return otherFiles(call, isLocked);
  }
}

function otherFiles(call: Call, isLocked: boolean): readonly string[] | null {
  const { program, args, operands } = call;
  const [first = ''] = operands;
  if (/^pip3?$/.test(program)) return first === 'install' ? requirementFile(args) : null;
  if (program === 'uv') {
    if (first === 'sync') return isLocked ? ['uv.lock'] : ['pyproject.toml'];
    return first === 'pip' ? requirementFile(args) : null;
  }
  if (program === 'poetry') return first === 'install' ? ['pyproject.toml'] : null;
  if (program === 'pipenv') {
    if (first === 'sync' || (first === 'install' && args.includes('--deploy'))) return ['Pipfile.lock'];
    return null;
  }
  if (program === 'pdm') return first === 'install' || first === 'sync' ? ['pyproject.toml'] : null;
  if (program === 'go')
    return /^(?:mod|build|vet)$/.test(first) && !operands.includes('init') && !args.some((arg) => /\.go$|@/.test(arg))
      ? ['go.mod', '../go.mod', 'go.work']
      : null;
  if (program === 'cargo')
    return /^(?:build|fetch|test)$/.test(first)
      ? isLocked
        ? ['Cargo.lock', '../Cargo.lock']
        : ['Cargo.toml', '../Cargo.toml']
      : null;
  if (program === 'mvn')
    return /^(?:clean|compile|package|install|verify|dependency:go-offline)$/.test(first)
      ? ['pom.xml', '.mvn/maven.config']
      : null;
  if (program === 'composer') return first === 'install' ? ['composer.json'] : null;
  if (program === 'bundle') return first === 'install' ? ['Gemfile', 'gems.rb'] : null;
  const script = /^(?:node|python3?|ruby|php)$/.test(program) ? scriptOf(call) : null;
  return script?.tries ?? null;
}

function requirementFile(args: readonly string[]): string[] | null {
  const file = optionValue(args, '-r', '--requirement', '--requirements');
  return file === null || file === '' || /[$*:]/.test(file) ? null : [file];
}
