import type { Fact, Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { joinPath, relativePath } from '../../project/search.ts';
import { portFact } from '../shared/ports.ts';
import { optionOf } from './compile.ts';
import { healthPathOf } from './health.ts';
import { hostOf } from './host.ts';
import { answersHttp, listensAt } from './kind.ts';
import type { Manifest } from './manifest.ts';
import { hasSchema, neededVariables, SCHEMA } from './needed-variables.ts';
import { runtimeFiles } from './payload.ts';
import { portOf } from './port.ts';
import { at, type ServerShape, type Shipped } from './shape.ts';
import { readSources, type Sources } from './sources.ts';
import { type Writable, writable } from './writable.ts';

/** What the sources of a server say, beyond its shape. JSON. */
export type ServerFacts = {
  readonly kind: 'web' | 'worker';
  readonly runtime: ServerShape['runtime'];
  readonly command: Fact<readonly string[]>;
  readonly env: Readonly<Record<string, string>>;
  readonly layout: ServerShape['layout'];
  readonly runsIn: string;
  readonly ships: readonly Shipped[];
  readonly needsModules: boolean;
  /** folders of sources that only the build needs: those of a client that it compiled */
  readonly leaves: readonly string[];
  readonly keepsDevelopment: Fact | null;
  readonly port: Fact<number> | null;
  readonly portVariable: string | null;
  readonly hostVariable: string | null;
  /** it listens on the loopback address only, and nothing but its source can change that */
  readonly loopback: Fact | null;
  readonly healthPath: Fact | null;
  /** a request of HTTP gets an answer; otherwise only a connection can be made */
  readonly answersHttp: boolean;
  readonly writes: readonly Writable[];
  readonly facts: ServerShape['facts'];
  readonly notes: readonly Note[];
};

export function serverFacts(
  project: Project,
  manifest: Manifest,
  shape: ServerShape,
  nested: readonly string[],
  isBundled: boolean,
): ServerFacts {
  const sources = readSources(project, manifest, shape.entry, nested);
  const listens = shape.isWeb && shape.port !== null ? manifest.document.path : listensAt(manifest, sources);
  const host = hostOf(project, manifest, sources);
  const keeps =
    shape.keepsDevelopment ??
    (isBundled || !shape.needsModules ? null : developmentAtRunTime(manifest, sources, shape));
  const ships =
    shape.layout === 'outputs' && shape.entry !== null
      ? withRuntimeFiles(project, manifest, sources, shape)
      : shape.ships;
  const isFramework = shape.port !== null;
  const { port, variable } = listensOn(project, manifest, shape, sources);
  const hostVariable = shape.hostVariable ?? host.variable?.value ?? null;
  return {
    kind: listens === null ? 'worker' : 'web',
    runtime: shape.runtime,
    command: shape.command,
    env: Object.fromEntries(Object.entries(shape.env).filter(([name]) => name !== variable && name !== 'NODE_ENV')),
    layout: shape.layout,
    runsIn: shape.runsIn,
    ships,
    needsModules: shape.needsModules,
    leaves: clientSources(project, manifest, sources, nested),
    keepsDevelopment: keeps,
    port: listens === null ? null : port,
    portVariable: variable,
    hostVariable,
    loopback: isFramework ? null : host.loopback,
    healthPath: isFramework ? null : healthPathOf(sources),
    answersHttp: isFramework || answersHttp(sources),
    writes: writable(project, manifest, shape, sources),
    facts: shape.facts,
    notes: [
      ...notesOf(shape, keeps, isFramework ? null : host.loopback),
      ...neededVariables(project, manifest.directory, sources, [variable, hostVariable, ...Object.keys(shape.env)]),
    ],
  };
}

/** What a package inside the service is compiled from, unless the program loads it itself. */
function clientSources(
  project: Project,
  manifest: Manifest,
  sources: Sources,
  nested: readonly string[],
): readonly string[] {
  return nested
    .filter((directory) => manifest.directory === '.' || directory.startsWith(`${manifest.directory}/`))
    .map((directory) => joinPath(directory, 'src'))
    .filter(
      (folder) => project.isDirectory(folder) && !sources.reached.some(({ path }) => path.startsWith(`${folder}/`)),
    )
    .map((folder) => relativePath(manifest.directory, folder));
}

/** The port, and the variable by which the program takes another one. */
function listensOn(
  project: Project,
  manifest: Manifest,
  shape: ServerShape,
  sources: Sources,
): { readonly port: Fact<number> | null; readonly variable: string | null } {
  const argued = shape.port === null ? portArgument(shape.command) : null;
  if (argued) return { port: argued, variable: null };
  const found =
    shape.port === null
      ? portOf(project, manifest, sources, shape.settingsFile?.value ?? null)
      : { port: shape.port, variable: null };
  const variable = shape.portVariable ?? found.variable?.value ?? (shape.env['PORT'] ? 'PORT' : null);
  const given = shape.env[variable ?? ''];
  if (given !== undefined && /^\d+$/.test(given))
    return { port: { value: Number(given), from: shape.command.from, holds: given }, variable };
  if (found.port !== null) return { port: found.port, variable };
  if (variable !== null)
    return {
      port: { value: 3000, from: found.variable?.from ?? manifest.document.path, holds: variable },
      variable,
    };
  // what Bun serves by itself takes its port from this variable
  return shape.runtime === 'bun'
    ? { port: { value: 3000, ...at(shape.command) }, variable: 'PORT' }
    : { port: null, variable };
}

/** `node server.js --port 9000`: what stands on the command line counts before any variable. */
function portArgument(command: Fact<readonly string[]>): Fact<number> | null {
  const given = optionOf(command.value, ['--port', '-p']);
  return given === null || !/^\d{2,5}$/.test(given) ? null : portFact({ ...command, value: given });
}

/** A package that the program loads at once, and that only the development dependencies name: without them it would not start. */
function developmentAtRunTime(manifest: Manifest, sources: Sources, shape: ServerShape): Fact | null {
  for (const name of preloaded(shape))
    if (name in manifest.development && !(name in manifest.production))
      return { value: name, from: shape.command.from };
  for (const [name, from] of sources.packages) {
    if (name in manifest.production || !(name in manifest.development) || name.startsWith('@types/')) continue;
    if (isOnlyTypes(sources, name)) continue;
    return { value: name, from };
  }
  return null;
}

/** Packages that Node loads before the program: `-r tsconfig-paths/register`. */
function preloaded({ command }: ServerShape): readonly string[] {
  return command.value.flatMap((word, at) => {
    const name = /^(?:-r|--require|--import|--loader)$/.test(command.value[at - 1] ?? '')
      ? word
      : /^--(?:require|import|loader)=(.+)$/.exec(word)?.[1];
    return name === undefined || /^[./]/.test(name) ? [] : [/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name];
  });
}

/** In TypeScript an import of a name that is used as a type alone leaves nothing behind. */
function isOnlyTypes(sources: Sources, name: string): boolean {
  const quoted = `["']${name.replaceAll(/[.*+?^$()[\]{}|\\/]/g, '\\$&')}(?:/[^"'\\n]*)?["']`;
  const pattern = new RegExp(`^import\\s+(?:\\{([^}]*)\\}|(\\w+)|\\*\\s+as\\s+(\\w+))\\s+from\\s*${quoted}`, 'm');
  const types = new RegExp(`^import\\s+type\\b[^;'"]*\\bfrom\\s*${quoted}`, 'gm');
  return sources.reached.every(({ path, text: whole }) => {
    const text = whole.replaceAll(types, '');
    const match = pattern.exec(text);
    if (!match) return !new RegExp(quoted).test(text);
    if (!/\.[cm]?tsx?$/.test(path)) return false;
    const names = (match[1] ?? match[2] ?? match[3] ?? '')
      .split(',')
      .map((one) =>
        one
          .replace(/.*\bas\b/, '')
          .replace(/^\s*type\s+/, '')
          .trim(),
      )
      .filter((one) => one !== '');
    const rest = text.replace(match[0], '');
    return names.every(
      (one) => !new RegExp(`\\b${one}\\s*[.(]|new\\s+${one}\\b|[=,(]\\s*${one}\\s*[,);]|@${one}\\b`).test(rest),
    );
  });
}

function withRuntimeFiles(
  project: Project,
  manifest: Manifest,
  sources: Sources,
  shape: ServerShape,
): readonly Shipped[] {
  const outputs = shape.ships.map(({ source }) => source);
  const files = runtimeFiles(project, manifest, sources, outputs);
  // it reads at run time which paths the names stand for
  const settings = joinPath(manifest.directory, 'tsconfig.json');
  const resolves = preloaded(shape).includes('tsconfig-paths') && project.isFile(settings) ? ['tsconfig.json'] : [];
  const schema = 'varlock' in manifest.production && hasSchema(project, manifest.directory) ? [SCHEMA] : [];
  return [...shape.ships, ...[...files, ...resolves, ...schema].map((path) => ({ source: path, target: path }))];
}

/** Notes that already say why development dependencies stay. */
const TOLD = new Set(['typescript-at-run-time', 'preview-server']);

function notesOf(shape: ServerShape, keeps: Fact | null, loopback: Fact | null): readonly Note[] {
  const notes: Note[] = [];
  if (keeps && !shape.notes.some(({ code }) => TOLD.has(code)))
    notes.push({ code: 'development-kept', severity: 'info', places: [keeps.from], args: { package: keeps.value } });
  if (shape.settingsFile)
    notes.push({
      code: 'settings-file',
      severity: 'info',
      places: [shape.settingsFile.from],
      args: { file: shape.settingsFile.value },
    });
  if (loopback)
    notes.push({ code: 'loopback', severity: 'warning', places: [loopback.from], args: { address: loopback.value } });
  return notes;
}
