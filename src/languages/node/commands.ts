import { pathFrom, relativePath } from '../../project/search.ts';
import type { NodeFacts } from './facts.ts';
import type { Focus } from './focus.ts';
import type { Install } from './install.ts';
import type { ManagerName } from './lock.ts';

/** Options that npm and others need in every installation, and the folders of their caches. */
const CACHES: Readonly<Record<ManagerName, string>> = {
  npm: '/root/.npm',
  pnpm: '/pnpm/store',
  yarn: '/usr/local/share/.cache/yarn',
  berry: '/root/.yarn/berry/cache',
  bun: '/root/.bun/install/cache',
};

/** `--mount` values of an installation: the cache, and a settings file with credentials. */
export function installMounts(install: Install, workdir: string): readonly string[] {
  const managers = [...new Set([install.manager, ...install.nested.map(({ manager }) => manager)])];
  const caches = managers.map(
    (manager) => `type=cache,target=${CACHES[manager]}${manager === 'yarn' ? ',sharing=locked' : ''}`,
  );
  if (install.secretFile === null) return caches;
  const name = install.secretFile.slice(install.secretFile.lastIndexOf('/') + 1);
  return [...caches, `type=secret,id=${name.replaceAll(/^\.|\./g, '')},target=${workdir}/${name}`];
}

/** Variables that the package manager works with in every stage that uses it. */
export function managerEnv(install: Install): Readonly<Record<string, string>> {
  switch (install.manager) {
    case 'pnpm':
      return { PNPM_HOME: '/pnpm', ...(major(install.version) >= 12 ? { pnpm_config_pm_on_fail: 'ignore' } : {}) };
    case 'berry':
      return {
        YARN_ENABLE_TELEMETRY: '0',
        YARN_ENABLE_GLOBAL_CACHE: 'true',
        ...(install.isPlugAndPlay ? { YARN_NODE_LINKER: 'node-modules' } : {}),
      };
    default:
      return {};
  }
}

/** Installs the package manager itself, where the image does not bring it; `null` where it does. */
export function managerInstall(install: Install, node: number): readonly string[] | null {
  const version = install.version;
  if (isBunImage(install, node)) return null;
  if (install.manager === 'npm')
    return node < 16 && Number(install.lockFormat ?? 1) > 2
      ? [`npm install -g npm@${node < 12 ? '7.24.2' : '8.19.4'}`]
      : null;
  if (version === null) return null;
  if (install.manager === 'yarn') return node >= 26 ? [`npm install -g yarn@${version}`] : null;
  if (install.manager === 'berry') return [`npm install -g --force @yarnpkg/cli-dist@${version}`];
  return [`npm install -g ${install.manager}@${version}`];
}

/** Versions of Bun are below every version of Node that has images. */
function isBunImage(install: Install, version: number): boolean {
  return install.manager === 'bun' && version < 4;
}

/** The whole installation; `onlyProduction` leaves the development dependencies out from the start. */
export function installCommands(
  install: Install,
  node: number,
  onlyProduction: boolean,
  focus: Focus | null,
): readonly string[] {
  const strip = install.stripped.map((one) => stripCommand(install, one, node));
  const nested = install.nested.map((one) => nestedCommand(install, one));
  const patch = install.patches ? [`${runner(install)} patch-package`] : [];
  return [
    ...strip,
    `${mainInstall(install, node, onlyProduction)}${onlyProduction && !install.patches ? focusOptions(install, focus, node) : ''}`,
    ...patch,
    ...nested,
  ];
}

/** Takes the project's own install scripts out of the copied manifest: what of them is needed runs once the sources are there. */
function stripCommand(install: Install, one: Install['stripped'][number], node: number): string {
  const path = relativePath(install.root, one.directory);
  const names = one.names.map((name) => `scripts.${name}`).join(' ');
  if (install.manager === 'bun' && (isBunImage(install, node) || hasPackageCommand(install.version)))
    return `bun pm pkg ${path === '.' ? '' : `--cwd ${shellWord(path)} `}delete ${names}`;
  if (node < 16 || one.isForeign) {
    const file = path === '.' ? './package.json' : `./${path}/package.json`;
    return `node -e "const p = require('${file}'); delete p.scripts; require('fs').writeFileSync('${file}', JSON.stringify(p))"`;
  }
  return `npm ${path === '.' ? '' : `--prefix ${shellWord(path)} `}pkg delete ${names}`;
}

/** `bun pm pkg` came with 1.2.20. */
function hasPackageCommand(version: string | null): boolean {
  const [first = 0, second = 0, third = 0] = (version ?? '').split('.').map(Number);
  return first > 1 || (first === 1 && (second > 2 || (second === 2 && third >= 20)));
}

function mainInstall(install: Install, node: number, onlyProduction: boolean): string {
  const frozen = install.isFrozen;
  switch (install.manager) {
    case 'npm': {
      const production = node < 16 ? ' --production' : ' --omit=dev';
      return `${frozen ? 'npm ci' : 'npm install'}${onlyProduction ? production : ''}`;
    }
    case 'pnpm':
      return `CI=true pnpm install ${frozen ? '--frozen-lockfile' : '--no-frozen-lockfile'}${onlyProduction ? ' --prod' : ''}`;
    case 'yarn':
      return `yarn install ${frozen ? '--frozen-lockfile ' : ''}--non-interactive --ignore-engines${onlyProduction ? ' --production' : ''}`;
    case 'berry':
      return `${berry(install)} install ${frozen ? '--immutable' : '--no-immutable'}`;
    case 'bun':
      return `bun install${frozen ? ' --frozen-lockfile' : ''}${onlyProduction ? ' --production' : ''}`;
  }
}

function nestedCommand(install: Install, nested: Install['nested'][number]): string {
  const path = shellWord(pathFrom(install.root, nested.directory));
  const only = nested.onlyProduction
    ? nested.manager === 'pnpm'
      ? ' --prod'
      : nested.manager === 'npm'
        ? ' --omit=dev'
        : ' --production'
    : '';
  switch (nested.manager) {
    case 'yarn':
      return `yarn --cwd ${path} install ${nested.isFrozen ? '--frozen-lockfile ' : ''}--non-interactive --ignore-engines${only}`;
    case 'pnpm':
      return `CI=true pnpm --dir ${path} install ${nested.isFrozen ? '--frozen-lockfile' : '--no-frozen-lockfile'}${only}`;
    case 'bun':
      return `bun install --cwd ${path}${nested.isFrozen ? ' --frozen-lockfile' : ''}${only}`;
    default:
      return `npm ${nested.isFrozen ? 'ci' : 'install'} --prefix ${path}${nested.legacyPeers ? ' --legacy-peer-deps' : ''}${only}`;
  }
}

/** Options by which an installation is that of one member of the workspace. */
function focusOptions(install: Install, focus: Focus | null, node: number): string {
  if (focus === null) return '';
  if (install.manager === 'npm' && node >= 16)
    return ` --workspace=${shellWord(focus.path)}${focus.root === null ? '' : ' --include-workspace-root'}`;
  return install.manager === 'bun' && focus.root === null ? ` --filter=${shellWord(focus.name)}` : '';
}

/**
 * Removes the development dependencies, and the packages of other members of the workspace, from what was installed. No script
 * of the project runs.
 */
export function pruneCommands({ install, isWorkspace, version }: NodeFacts, focus: Focus | null): readonly string[] {
  const node = Number(version.value);
  switch (install.manager) {
    case 'npm':
      if (focus !== null && node >= 16)
        return [`npm ci --omit=dev${focusOptions(install, focus, node)} --ignore-scripts`];
      return [node < 16 ? 'npm prune --production' : 'npm prune --omit=dev --ignore-scripts'];
    case 'pnpm':
      return ['CI=true pnpm prune --prod --ignore-scripts'];
    case 'yarn':
      return [`yarn install --production --ignore-scripts --prefer-offline --non-interactive --ignore-engines`];
    case 'berry':
      return install.hasFocus
        ? [`${berry(install)} workspaces focus --production ${focusNames(focus)}`]
        : ['npm pkg delete devDependencies', `${berry(install)} install --no-immutable`];
    case 'bun':
      return [
        isWorkspace ? 'find . -name node_modules -prune -exec rm -rf {} +' : 'rm -rf node_modules',
        `${mainInstall(install, node, true)}${focusOptions(install, focus, node)}${install.stripped.length > 0 ? ' --ignore-scripts' : ''}`,
      ];
  }
}

function focusNames(focus: Focus | null): string {
  return focus === null ? '--all' : [focus.name, ...(focus.root === null ? [] : [focus.root])].map(shellWord).join(' ');
}

/** The prune of some package managers is one more installation, from their cache. */
export function pruneMounts(install: Install, focus: Focus | null): readonly string[] {
  if (install.manager === 'npm' && focus === null) return [];
  return [`type=cache,target=${CACHES[install.manager]}${install.manager === 'yarn' ? ',sharing=locked' : ''}`];
}

/** A folder with one package of a pnpm workspace, its dependencies, and copies of the members that it needs. */
export function deployCommand(install: Install, name: string, keepsDevelopment: boolean): string {
  const legacy = major(install.version) >= 10 ? ' --legacy' : '';
  return `CI=true pnpm --filter=${shellWord(name)}${keepsDevelopment ? '' : ' --prod'}${legacy} deploy /deploy`;
}

/** Yarn's own release where the project has one, so that nothing is fetched. */
export function berry(install: Install): string {
  return install.release === null ? 'yarn' : `node ${shellWord(relativePath(install.root, install.release))}`;
}

/** What starts a program of the dependencies. */
export function runner(install: Install): string {
  switch (install.manager) {
    case 'pnpm':
      return 'pnpm exec';
    case 'yarn':
      return 'yarn -s run';
    case 'berry':
      return `${berry(install)} run`;
    case 'bun':
      return 'bunx';
    default:
      return 'npx';
  }
}

/** A word as the shell reads it back. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./^~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function major(version: string | null): number {
  return Number(/^\d+/.exec(version ?? '')?.[0] ?? 0);
}
