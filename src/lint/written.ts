import { readScript } from '../dockerfile/shell.ts';
import { nodeToolWrites, otherToolWrites, type Surroundings, type Written } from './build-tools.ts';
import { type Call, callOf, callsOf, type Invocation } from './commands.ts';
import { matchesInContext, textInContext } from './context.ts';
import type { Copy } from './copies.ts';
import { isHarmlessCall } from './installs.ts';
import { type PackageManifest, scriptName, stageManifest } from './manifest.ts';
import { absolutePath, below, joinPaths, SYSTEM_FOLDERS } from './paths.ts';
import { type StageView, type Step, stageNamed, type View } from './view.ts';

/** Scripts that npm runs by itself with an install. */
const HOOKS = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare'];

/** What installs leave beside the manifest; without a lock file they write one. */
const INSTALLED = [
  ...['node_modules', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'],
  ...['.yarn', '.pnp.cjs', '.pnp.loader.mjs', '.npm'],
];

/**
 * Whether a RUN may have written a path, where all its commands are known for what they write: an install fills node_modules,
 * `tsc` the folder that its settings name. `null`: nobody can say.
 */
export function mayWrite(view: View, step: Step, path: string): boolean | null {
  const { workdir } = step;
  if (workdir === null || (below(workdir, path) === null && SYSTEM_FOLDERS.test(path))) return null;
  return (
    writtenIn(view, step, workdir)?.some(({ folder, makes }) => {
      const place = absolutePath(workdir, folder);
      const rest = below(place, path);
      return rest === null ? below(path, place) !== null : rest === '' || makes === undefined || makes(rest);
    }) ?? null
  );
}

/** The file of the context that a path of a stage was compiled from; `null` where none was, or it cannot be told. */
export function compiledSource(view: View, stage: StageView, path: string): string | null {
  for (const step of [...stage.allSteps].reverse()) {
    const found = step.copy === null ? compiledBy(view, step, path) : throughCopy(view, step, step.copy, path);
    if (found !== null) return found;
  }
  return null;
}

function compiledBy(view: View, step: Step, path: string): string | null {
  const { workdir } = step;
  if (step.run === null || workdir === null) return null;
  for (const { folder, source } of writtenIn(view, step, workdir) ?? []) {
    const rest = below(absolutePath(workdir, folder), path);
    const found = rest === null ? null : (source?.(rest) ?? null);
    if (found !== null) return found;
  }
  return null;
}

function throughCopy(view: View, step: Step, copy: Copy, path: string): string | null {
  const from = copy.from === null ? null : stageNamed(view, copy.from, step.stage);
  const rest = copy.target === null ? null : below(copy.target, path);
  if (from === null || rest === null) return null;
  for (const { path: source } of copy.sources) {
    const found = source === null ? null : compiledSource(view, from, absolutePath(absolutePath('/', source), rest));
    if (found !== null) return found;
  }
  return null;
}

/** What all commands of a RUN write; `null`: one of them is not known. */
function writtenIn(view: View, step: Step, workdir: string): readonly Written[] | null {
  const calls = callsOf(step).filter((call) => !isHarmlessCall(call));
  if (calls.length === 0 || step.run?.script.isBroken !== false) return null;
  const written = calls.map((call) => writtenBy(view, step, workdir, call));
  return written.includes(null) ? null : written.flatMap((list) => list ?? []);
}

function writtenBy(view: View, step: Step, workdir: string, call: Call): readonly Written[] | null {
  if (call.command.isNested) return null;
  const stage = view.stages[step.stage];
  const manifest = stage === undefined ? null : stageManifest(view, stage, workdir, step.instruction.index);
  const around = surroundings(view, step, manifest);
  if (!/^(?:npm|npx|pnpm|yarn)$/.test(call.program) && manifest === null) return otherToolWrites(call, around);
  if (manifest === null || manifest.workspaces.length > 0) return null;
  return isInstall(call)
    ? HOOKS.some((name) => name in manifest.scripts)
      ? null
      : INSTALLED.map((folder) => ({ folder }))
    : invocationWrites(manifest, call, around, 4);
}

function isInstall({ program, operands: [first = '', ...more] }: Call): boolean {
  return (
    (program === 'npm' && /^(?:ci|install|i|prune)$/.test(first) && more.length === 0) ||
    (/^(?:pnpm|yarn)$/.test(program) && first === 'install' && more.length === 0)
  );
}

/** A tool, or the script of the package that a manager runs, with what npm runs before and behind it. */
function invocationWrites(
  manifest: PackageManifest,
  invocation: Invocation,
  around: Surroundings,
  depth: number,
): readonly Written[] | null {
  const name = scriptName(invocation);
  if (name === null || !(name in manifest.scripts)) return nodeToolWrites(throughRunner(invocation), around);
  if (depth === 0) return null;
  const lists = [`pre${name}`, name, `post${name}`].map((one) =>
    scriptWrites(manifest, manifest.scripts[one] ?? '', around, depth),
  );
  return lists.includes(null) ? null : lists.flatMap((list) => list ?? []);
}

function scriptWrites(
  manifest: PackageManifest,
  text: string,
  around: Surroundings,
  depth: number,
): readonly Written[] | null {
  if (text === '') return [];
  const script = readScript(text);
  const commands = script.units.flatMap((unit) => unit.commands);
  if (script.isBroken || commands.some(({ isNested }) => isNested)) return null;
  const lists = commands.flatMap(callOf).map((call) => invocationWrites(manifest, call, around, depth - 1));
  return lists.includes(null) ? null : lists.flatMap((list) => list ?? []);
}

/** `npx tsc`, `cross-env A=1 tsc`, `yarn tsc`: the tool itself. */
function throughRunner(invocation: Invocation): Invocation {
  const { program, args } = invocation;
  const isRunner = /^(?:npx|cross-env|dotenv|env-cmd)$/.test(program);
  const isManager = /^(?:npm|pnpm|yarn)$/.test(program);
  const rest = args.filter((arg, index) => !(index === 0 && isManager && /^(?:exec|dlx|x)$/.test(arg)));
  const start = rest.findIndex((arg) => !arg.startsWith('-') && !/^\w+=/.test(arg));
  const [next, ...words] = isRunner || isManager ? rest.slice(start) : [];
  if (next === undefined || start < 0) return invocation;
  return { program: next, path: next, args: words, operands: words.filter((arg) => !arg.startsWith('-')) };
}

function surroundings(view: View, step: Step, manifest: PackageManifest | null): Surroundings {
  const { context } = view;
  const directory = manifest?.path.replace(/(?:^|\/)[^/]+$/, '') || '.';
  const names = [...(manifest?.dependencies ?? []), ...(manifest?.devDependencies ?? [])];
  return {
    text: (path) => (context === null ? null : textInContext(context, joinPaths(directory, path))),
    find: (ending) => {
      if (context === null || !context.isSure || !/^[\w./-]+$/.test(ending)) return '';
      return matchesInContext(context, `**/${ending}`)[0] ?? null;
    },
    uses: (name) => names.some((one) => name.test(one)),
    variable: (name) => step.scope.get(name)?.value ?? null,
  };
}
