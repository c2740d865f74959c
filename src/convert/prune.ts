import { builtinModules } from 'node:module';
import type { Project } from '../model/project.ts';
import { judgeOf } from './commands/index.ts';
import type { Reason } from './conversion.ts';
import { contextPath } from './copies.ts';
import { COMMANDS_OF_PACKAGES } from './data/package-commands.ts';
import type { Part } from './judge.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { absolute } from './paths.ts';
import type { Survey } from './survey.ts';
import type { Step } from './trace.ts';

/** Removal of development dependencies at the end of the build stage, or why they stay. */
export type Pruning =
  | { readonly kind: 'prune'; readonly command: string; readonly packages: number; readonly folder: string }
  | { readonly kind: 'keep'; readonly why: Reason }
  | { readonly kind: 'none' };

interface Install {
  readonly step: Step;
  readonly part: Part;
  readonly manager: string;
  readonly folder: string;
}

const SAFE_HOOKS =
  /^(husky( install)?|npx husky.*|is-ci.*|patch-package|npx patch-package|(npx )?prisma generate|ngcc.*|echo .*|exit 0|true|tsc|npm run build|node -e .*|opencollective.*)$/;
const TESTS =
  /(^|\/)(tests?|__tests__|__mocks__|spec|specs|e2e|cypress|stories|\.storybook|examples?)\/|[._-](test|spec|stories|e2e)\.\w+$/;
const TOOL_CONFIGS =
  /(^|\/)(webpack|rollup|vite|vitest|jest|babel|postcss|tailwind|eslint|prettier|gulpfile|gruntfile|karma|cypress|playwright|tsup|commitlint|lint-staged|\.eslintrc|\.prettierrc|\.babelrc|stylelint|release|nodemon|wdio|protractor|codegen|esbuild|metro|vue\.config|quasar\.config)[\w.-]*\.(c|m)?[jt]s$/i;

/** Decides whether `npm prune` and its like change nothing that the running program uses. */
export function planPruning(survey: Survey, built: readonly Step[]): Pruning {
  const installs = findInstalls(survey, built);
  const [install] = installs;
  if (install === undefined) return { kind: 'none' };
  if (new Set(installs.map((one) => one.folder)).size > 1) return keep('dev-several-folders');
  const manifest = manifestAt(survey, install.folder);
  if (manifest === null) return { kind: 'none' };
  if (manifest.devDependencies.length === 0 || !installsDevelopment(install)) return { kind: 'none' };
  const last = built.at(-1);
  if (last !== undefined && userAfter(survey, last) !== install.step.user) return keep('dev-user');
  const reason = reasonToKeep(survey, manifest, built);
  if (reason !== null) return { kind: 'keep', why: reason };
  const command = pruneCommand(survey, install);
  if (command === null) return keep('dev-manager', { manager: install.manager });
  return { kind: 'prune', command, packages: manifest.devDependencies.length, folder: install.folder };
}

/** Who the next step would run as. */
function userAfter(survey: Survey, step: Step): string {
  const { steps, end } = survey.trace;
  return steps[steps.indexOf(step) + 1]?.user ?? end.user;
}

function keep(code: string, args: Record<string, string> = {}): Pruning {
  return { kind: 'keep', why: { code, args } };
}

function findInstalls(survey: Survey, built: readonly Step[]): Install[] {
  return built.flatMap((step) =>
    (survey.runs.get(step.instruction.index) ?? [])
      .filter((part) => part.verdict.why.code === 'javascript-install')
      .flatMap((part) =>
        part.invocations
          .filter((call) => /^(npm|yarn|pnpm|bun)$/.test(call.name))
          .map((call) => ({ step, part, manager: call.name, folder: part.verdict.writes[0] ?? call.cwd })),
      ),
  );
}

function manifestAt(survey: Survey, folder: string): Manifest | null {
  const place = contextPath(survey.context, survey.copies, absolute(folder, 'package.json'));
  return place === null ? null : readManifest(survey.context.project, place);
}

function installsDevelopment({ part }: Install): boolean {
  return part.invocations.some((call) => {
    if (/--(production|prod|omit[= ]dev|only[= ]prod\w*)\b|(^| )-P( |$)/.test(call.args.join(' '))) return false;
    const environment = call.scope.get('NODE_ENV')?.value ?? '';
    const asks = call.args.some((word) => /^--(include=dev|dev|production=false|also=dev\w*|only=dev\w*)$/.test(word));
    return asks || environment !== 'production' || /^(pnpm)$/.test(call.name);
  });
}

function reasonToKeep(survey: Survey, manifest: Manifest, built: readonly Step[]): Reason | null {
  if (manifest.hasWorkspaces) return { code: 'dev-workspaces', args: {} };
  for (const hook of ['preinstall', 'install', 'postinstall', 'prepare']) {
    const body = manifest.scripts[hook];
    if (body !== undefined && !body.split(/&&|;/).every((one) => SAFE_HOOKS.test(one.trim())))
      return { code: 'dev-hook', args: { hook } };
  }
  for (const step of built) {
    for (const part of survey.runs.get(step.instruction.index) ?? []) {
      if (part.verdict.why.code !== 'javascript-install' && /node_modules|npm link|yarn link/.test(part.unit.text))
        return { code: 'dev-touched', args: {} };
      if (part.verdict.why.code === 'javascript-install' && hasNamedPackages(part))
        return { code: 'dev-named', args: {} };
    }
  }
  if (compilesAtStart(survey)) return { code: 'dev-types', args: {} };
  const started = startedPackage(survey, manifest);
  if (started !== null) return { code: 'dev-started', args: { program: started } };
  const root = manifest.path.includes('/') ? manifest.path.slice(0, manifest.path.lastIndexOf('/')) : '.';
  const imported = importedPackage(survey.context.project, root, manifest);
  return imported === null ? null : { code: 'dev-imported', args: { package: imported.name, file: imported.file } };
}

/** The container compiles TypeScript when it starts: that takes the compiler, and the declarations to check types. */
function compilesAtStart({ start }: Survey): boolean {
  return [...start.calls, ...start.sideCalls].some(({ name, args }) => {
    const words = args.join(' ');
    const isNamed = /^(ts-node(-dev|-esm|-script)?|tsnd)$/.test(name) || /\bts-node(-dev)?\b/.test(words);
    return isNamed || (/^(nodemon|pm2|pm2-runtime)$/.test(name) && /\.[cm]?tsx?\b/.test(words));
  });
}

/** `npm install express`: it is not in the manifest's lists unless it is saved, and pruning would remove it. */
function hasNamedPackages(part: Part): boolean {
  return part.invocations.some((call) => {
    const words = call.args.filter((word) => !word.startsWith('-') && !/^https?:/.test(word));
    const behind = words.findIndex((word) => /^(i|in|install|add|ci|isntall)$/.test(word));
    return behind >= 0 && words.length > behind + 1;
  });
}

/** A program of the start command that a development dependency brings, or that nothing else is known to bring. */
function startedPackage(survey: Survey, manifest: Manifest): string | null {
  const known = new Set([...manifest.dependencies, ...manifest.others]);
  const development = new Set(manifest.devDependencies);
  const globals = globalPackages(survey);
  for (const call of [...survey.start.calls, ...survey.start.sideCalls]) {
    for (const word of requiredModules(call.args)) if (development.has(packageName(word))) return word;
    if (call.name === 'npx' || call.name === 'bunx' || call.name === 'pnpx') {
      const name = call.args.find((word) => !word.startsWith('-')) ?? '';
      if (!known.has(COMMANDS_OF_PACKAGES[name] ?? name)) return name;
    }
    const owner = COMMANDS_OF_PACKAGES[call.name] ?? call.name;
    if (call.program.includes('/') || known.has(owner) || globals.has(owner)) continue;
    const isOrdinary =
      judgeOf(call.name) !== null || /^(docker-entrypoint\.sh|(ba|da|a)?sh|npm|yarn|pnpm|npx)$/.test(call.name);
    if (development.has(owner) || Object.hasOwn(COMMANDS_OF_PACKAGES, call.name) || !isOrdinary) return call.name;
  }
  const dynamic = survey.start.calls.some(
    (call) => /^(npm|yarn|pnpm)$/.test(call.name) && call.args.some((word) => word.includes('$')),
  );
  return dynamic ? '$' : null;
}

/** Packages that a RUN installs beside the project: pruning the project leaves them alone. */
function globalPackages(survey: Survey): ReadonlySet<string> {
  const parts = [...survey.runs.values()].flat().filter((part) => part.verdict.why.code === 'javascript-global');
  return new Set(parts.flatMap((part) => part.verdict.packages.map((name) => name.replace(/(.)@.*$/, '$1'))));
}

/** `-r dotenv/config`, `--import tsx`, `--loader ts-node/esm`. */
function requiredModules(args: readonly string[]): string[] {
  return args.flatMap((word, index) => {
    if (/^(-r|--require|--import|--loader|--experimental-loader)$/.test(word)) return [args[index + 1] ?? ''];
    const inline = /^--(?:require|import|loader|experimental-loader)=(.+)$/.exec(word)?.[1];
    return inline === undefined ? [] : [inline];
  });
}

const IMPORT = /(?:\bfrom\s*|\brequire(?:\.resolve)?\s*\(\s*|\bimport\s*\(\s*|^\s*import\s+)["']([^"'\n]+)["']/gm;

/** A source file that loads a development dependency, or a package that no list names. */
function importedPackage(project: Project, root: string, manifest: Manifest): { name: string; file: string } | null {
  const known = new Set([...manifest.dependencies, ...manifest.others]);
  const development = new Set(manifest.devDependencies.filter((name) => !name.startsWith('@types/')));
  const folders = new Set(project.entries(root).map((entry) => entry.name));
  const locked = lockedForProduction(project, root);
  const endings = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.tsx', '.jsx', '.vue', '.svelte'];
  for (const file of project.find({ under: root, endings, limit: 3000 })) {
    if (TESTS.test(file) || TOOL_CONFIGS.test(file) || file.endsWith('.d.ts')) continue;
    const text = project.source(file);
    if (text === null || text.length > 400_000) continue;
    for (const name of development) {
      if (text.includes(name) && new RegExp(`["'\`]${escaped(name)}(/[^"'\`]*)?["'\`]`).test(withoutTypes(text)))
        return { name, file };
    }
    for (const match of withoutTypes(text).matchAll(IMPORT)) {
      const name = packageName(match[1] ?? '');
      if (name === '' || known.has(name) || isOwn(name, folders) || manifest.devDependencies.includes(typesOf(name)))
        continue;
      if (!locked.has(name)) return { name, file };
    }
  }
  return null;
}

/** Relative paths, aliases, built-in modules, and folders of the project that are imported by their bare name. */
function isOwn(name: string, folders: ReadonlySet<string>): boolean {
  if (/^[./~#@$]($|\/)|^[~#$]|^@\/|^(node|bun|https?|virtual|astro|data):/.test(name)) return true;
  const [first = ''] = name.split('/');
  return builtinModules.includes(first) || folders.has(first) || ['src', 'app', 'lib', 'server'].includes(first);
}

/** Packages that the lock file installs without the development dependencies; empty where there is no npm lock. */
function lockedForProduction(project: Project, root: string): ReadonlySet<string> {
  const text = project.source(root === '.' ? 'package-lock.json' : `${root}/package-lock.json`);
  if (text === null) return new Set();
  const names = new Set<string>();
  for (const match of text.matchAll(/"node_modules\/((?:@[^/"]+\/)?[^/"]+)":\s*\{([^{}]*)/g)) {
    if (!/"dev(Optional)?":\s*true/.test(match[2] ?? '')) names.add(match[1] ?? '');
  }
  return names;
}

function withoutTypes(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    .replaceAll(/\b(import|export)\s+type\s[^;\n]*?from\s*["'][^"']+["']/g, '');
}

function packageName(specifier: string): string {
  return /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[1] ?? '';
}

function typesOf(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** One line that removes the development dependencies where it stands; `null`: the manager has no safe way. */
function pruneCommand(survey: Survey, install: Install): string | null {
  const words = install.part.invocations.flatMap((call) => call.args);
  const flags = ['--legacy-peer-deps', '--force']
    .filter((flag) => words.includes(flag))
    .map((flag) => ` ${flag}`)
    .join('');
  const major = Number.parseInt(survey.base.version ?? '', 10);
  if (install.manager === 'npm') {
    // npm 6 and older know neither --omit nor a lock file that must not be touched
    return survey.base.family?.id === 'node' && major < 16
      ? `npm prune --production${flags}`
      : `npm prune --omit=dev --no-save${flags}`;
  }
  if (install.manager === 'pnpm') return 'CI=true pnpm prune --prod';
  const isClassic = contextPath(survey.context, survey.copies, absolute(install.folder, '.yarnrc.yml')) === null;
  const hasLock = contextPath(survey.context, survey.copies, absolute(install.folder, 'yarn.lock')) !== null;
  if (install.manager === 'yarn' && isClassic && hasLock) {
    return 'yarn install --frozen-lockfile --production --ignore-scripts --prefer-offline';
  }
  return null;
}
