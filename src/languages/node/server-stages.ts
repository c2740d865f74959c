import type { CopyStep, RunStep } from '../../model/plan.ts';
import { joinPath, pathFrom, relativePath } from '../../project/search.ts';
import { deployCommand, pruneCommands, pruneMounts, shellWord } from './commands.ts';
import type { NodeFacts } from './facts.ts';
import type { NodeParts } from './plan-shared.ts';
import { isBelow } from './served-beside.ts';
import type { ServerFacts } from './server-facts.ts';
import { APP, copy, placeOf } from './stages.ts';

/** Which stages a server's image is made in, and what the final one takes from them. */
export interface Stages {
  readonly installsOnlyProduction: boolean;
  readonly production: NodeParts['production'];
  readonly copies: readonly CopyStep[];
  readonly workdir: string;
  /** stage that holds the service's files; `null`: the build context */
  readonly files: string | null;
}

export function stagesOf(facts: NodeFacts, server: ServerFacts): Stages {
  const stages = ownStages(facts, server);
  // where the program looks for it, seen from where it stands; what lies below it comes with all its files
  const handedOut = facts.handedOut
    .filter((output) => server.layout === 'outputs' || !isBelow(facts.directory, output))
    .map((output) =>
      copy('build', [placeOf(facts, output)], joinAt(stages.workdir, pathFrom(facts.directory, output))),
    );
  return { ...stages, copies: [...stages.copies, ...handedOut] };
}

function ownStages(facts: NodeFacts, server: ServerFacts): Stages {
  const isTraced = server.layout === 'outputs' && !server.needsModules;
  if (facts.isWorkspace && isTraced)
    return { ...NOTHING_ELSE, workdir: placeOf(facts, facts.directory), copies: tracedCopies(facts, server) };
  if (facts.isWorkspace && facts.install.manager === 'pnpm' && facts.packageName !== null && facts.hasManifest)
    return deployedStages(facts, server);
  const builds = facts.steps.length > 0;
  const keeps = server.keepsDevelopment !== null;
  const { install } = facts;
  const focus = install.manager === 'yarn' ? null : facts.focus;
  const leavesOut = install.hasDevelopment || focus !== null;
  const installsOnlyProduction = !builds && !keeps && leavesOut && install.manager !== 'berry';
  const prunes = !keeps && server.needsModules && leavesOut && !installsOnlyProduction;
  const base = builds && (facts.changesModules || facts.members.length > 0) ? 'build' : 'dependencies';
  const run = pruneRun(facts);
  const from: From = { modules: prunes ? 'production' : base, files: builds ? 'build' : null };
  return {
    installsOnlyProduction,
    production: prunes ? { from: base, run } : null,
    workdir: placeOf(facts, facts.directory),
    files: from.files,
    copies: facts.isWorkspace ? workspaceCopies(facts, server, from) : serviceCopies(facts, server, from),
  };
}

/** Leaves out what production does not need, and what only other members of the workspace do. */
function pruneRun(facts: NodeFacts): RunStep {
  const { install } = facts;
  const isChanged = facts.changesModules || install.patches || install.secretFile !== null || !install.isFrozen;
  const again = install.manager === 'npm' && (facts.focus === null || !facts.focus.isRepeatable || isChanged);
  const focus = again ? null : facts.focus;
  return { mounts: pruneMounts(install, focus), commands: pruneCommands(facts, focus) };
}

const NOTHING_ELSE = { installsOnlyProduction: false, production: null, files: 'build' } as const;

/** Stages that hold the installed packages and the service's files; `null`: the build context. */
interface From {
  readonly modules: string;
  readonly files: string | null;
}

const NO_MODULES = '**/node_modules';

function serviceCopies(facts: NodeFacts, server: ServerFacts, from: From): readonly CopyStep[] {
  const place = (path: string): string => joinAt(placeOf(facts, facts.directory), path);
  const modules = hasModules(facts, server) ? [copy(from.modules, [place('node_modules')], './node_modules')] : [];
  const nested = facts.install.nested
    .map(({ directory }) => relativePath(facts.directory, directory))
    .filter((path) => server.command.value.some((word) => word.startsWith(`${path}/`)))
    .map((path) => copy('dependencies', [place(`${path}/node_modules`)], `./${path}/node_modules`));
  return [...modules, ...nested, ...fileCopies(facts, server, from)];
}

function hasModules(facts: NodeFacts, server: ServerFacts): boolean {
  const { hasProduction, hasDevelopment } = facts.install;
  return server.needsModules && (hasProduction || (server.keepsDevelopment !== null && hasDevelopment));
}

/** The service's own files: what was built and what it reads, or all of them. */
function fileCopies(facts: NodeFacts, server: ServerFacts, from: From): readonly CopyStep[] {
  const place = (path: string): string => joinAt(placeOf(facts, facts.directory), path);
  if (server.layout === 'outputs') {
    const manifest =
      server.needsModules && facts.hasManifest ? [copy(from.files ?? from.modules, [place('package.json')], './')] : [];
    const shipped = server.ships.map(({ source, target }) =>
      copy(
        from.files,
        [from.files === null ? inContext(facts, source) : place(source)],
        target === '.' ? './' : `./${target}`,
      ),
    );
    return [...manifest, ...shipped];
  }
  if (from.files !== null) return [copy(from.files, [place('.')], './', { exclude: [NO_MODULES, ...server.leaves] })];
  const folder = relativePath(facts.context, facts.directory);
  return [copy(null, [folder], folder === '.' ? '.' : './')];
}

function inContext(facts: NodeFacts, path: string): string {
  return relativePath(facts.context, joinPath(facts.directory, path));
}

/** Members of a workspace are linked from node_modules, so everything stays where it was. */
function workspaceCopies(facts: NodeFacts, server: ServerFacts, from: From): readonly CopyStep[] {
  const root = placeOf(facts, facts.install.root);
  const isRoot = facts.directory === facts.install.root;
  const member = (directory: string, exclude: string | null): CopyStep =>
    copy(
      from.files === null ? null : from.modules,
      [from.files === null ? relativePath(facts.context, directory) : placeOf(facts, directory)],
      placeOf(facts, directory),
      exclude === null ? {} : { exclude: [exclude] },
    );
  // from the build context a member comes without the packages that lie beside it
  const members = membersOf(facts, server).flatMap(({ directory, isCompiled, nestsModules }) => [
    member(directory, isCompiled ? 'src' : null),
    ...(from.files === null && nestsModules ? [ownModules(facts, from, directory, placeOf(facts, directory))] : []),
  ]);
  const modules = [copy(from.modules, [joinAt(root, 'node_modules')], joinAt(root, 'node_modules'))];
  // the files of the root are those of its members as well
  if (isRoot) {
    const beside = server.layout === 'outputs' ? members : ownMemberModules(facts, server, from);
    return [...modules, ...beside, ...fileCopies(facts, server, from)];
  }
  return [
    ...modules,
    copy(from.modules, [joinAt(root, 'package.json')], `${root}/`),
    ...members,
    ...(facts.hasManifest && facts.nestsModules ? [ownModules(facts, from, facts.directory, '.')] : []),
    ...fileCopies(facts, server, from),
  ];
}

/** Packages lie there only where two members need different versions of one: the pattern may match nothing. */
function ownModules(facts: NodeFacts, from: From, directory: string, target: string): CopyStep {
  return copy(from.modules, [joinAt(placeOf(facts, directory), 'node_module?')], `${target}/node_modules/`);
}

/** With the development dependencies stay the members that they name. */
function membersOf(facts: NodeFacts, server: ServerFacts): NodeFacts['members'] {
  return facts.members.filter(({ isProduction }) => isProduction || server.keepsDevelopment !== null);
}

function ownMemberModules(facts: NodeFacts, server: ServerFacts, from: From): readonly CopyStep[] {
  return membersOf(facts, server)
    .filter(({ nestsModules }) => nestsModules)
    .map(({ directory }) => ownModules(facts, from, directory, placeOf(facts, directory)));
}

/** A server that was traced from the workspace's root lies below its own path there. */
function tracedCopies(facts: NodeFacts, server: ServerFacts): readonly CopyStep[] {
  const place = (path: string): string => joinAt(placeOf(facts, facts.directory), path);
  return server.ships.map(({ source, target }) =>
    target === '.' ? copy('build', [place(source)], `${APP}/`) : copy('build', [place(source)], `./${target}`),
  );
}

/** pnpm links packages across the whole workspace; `deploy` makes a folder of the service alone, with copies of what it needs. */
function deployedStages(facts: NodeFacts, server: ServerFacts): Stages {
  const builds = facts.steps.length > 0;
  const sources = membersOf(facts, server).filter(({ isCompiled, name }) => isCompiled && name !== null);
  const commands = [
    deployCommand(facts.install, facts.packageName ?? '', server.keepsDevelopment !== null),
    ...sources.map(({ name }) => `rm -rf ${shellWord(`/deploy/node_modules/${name}/src`)}`),
  ];
  const deployed = { ...facts, isWorkspace: false };
  const from: From = { modules: 'production', files: builds ? 'build' : null };
  return {
    installsOnlyProduction: false,
    production: {
      from: builds ? 'build' : 'dependencies',
      run: { mounts: pruneMounts(facts.install, facts.focus), commands },
    },
    workdir: APP,
    files: from.files,
    copies: [
      ...(hasModules(facts, server) ? [copy('production', ['/deploy/node_modules'], './node_modules')] : []),
      ...fileCopies(deployed, server, from),
    ],
  };
}

export function joinAt(root: string, path: string): string {
  return `/${joinPath(root, path)}`;
}
