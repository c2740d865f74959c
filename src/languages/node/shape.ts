import type { Fact, Note, Place } from '../../model/fact.ts';
import type { Json } from '../../model/json.ts';
import type { Project } from '../../model/project.ts';
import type { Build, BuildStep } from './build.ts';
import type { ManagerName } from './lock.ts';
import type { Manifest, Texts } from './manifest.ts';
import type { Nx } from './nx.ts';
import type { Start } from './start.ts';
import type { InstalledVersion } from './version-limits.ts';

/** A file or folder of the build stage and where it stands in the final image, both relative to the service's directory. */
export interface Shipped {
  readonly source: string;
  readonly target: string;
  /** it is part of the sources; otherwise the build makes it */
  readonly isSource?: boolean;
}

/** A service that Node runs in the final image. */
export interface ServerShape {
  readonly kind: 'server';
  readonly runtime: 'node' | 'bun';
  /** exec form with `node` first, or a program of node_modules */
  readonly command: Fact<readonly string[]>;
  readonly env: Texts;
  /** source file in which it begins, relative to the project; `null`: not known */
  readonly entry: string | null;
  /**
   * What the final image gets: `source` the files as they are; `outputs` the folders in `ships`; `whole` everything that the
   * build stage holds.
   */
  readonly layout: 'source' | 'outputs' | 'whole';
  /** the folder that the program works in, relative to the service's directory */
  readonly runsIn: string;
  readonly ships: readonly Shipped[];
  /** the program needs node_modules beside it; a bundle brings its own */
  readonly needsModules: boolean;
  /** why development dependencies stay; `null`: they do not */
  readonly keepsDevelopment: Fact | null;
  readonly steps: readonly BuildStep[];
  /** the framework's port, where the sources do not name one */
  readonly port: Fact<number> | null;
  /** variables by which the program takes its port and host; `null`: the sources decide */
  readonly portVariable: string | null;
  readonly hostVariable: string | null;
  readonly buildEnv: Texts;
  /** a file with variables that the start script reads, relative to the project: it stays out of the image */
  readonly settingsFile: Fact | null;
  /** folders that the program writes to, relative to the service's directory */
  readonly writes: readonly string[];
  /** a framework that is known to serve, whatever the sources look like */
  readonly isWeb: boolean;
  readonly notes: readonly Note[];
  readonly facts: readonly { readonly label: string; readonly fact: Fact }[];
}

/** Files behind a web server. */
export interface SiteShape {
  readonly kind: 'site';
  readonly tool: Fact;
  /** folder with the built files, relative to the service's directory */
  readonly output: Fact;
  /** every unknown path is the program's own (`index.html`), or it is a page that is missing */
  readonly fallback: 'single-page' | 'pages';
  /** path below which it is served, with slashes around it: `/`, `/docs/` */
  readonly base: string;
  readonly steps: readonly BuildStep[];
  readonly buildEnv: Texts;
  readonly notes: readonly Note[];
}

export type Shape = ServerShape | SiteShape;

/** All that a shape is worked out from. */
export interface ShapeContext {
  readonly project: Project;
  readonly manifest: Manifest;
  readonly installed: InstalledVersion;
  readonly starts: readonly Start[];
  readonly build: Build | null;
  /** the application's target in an Nx workspace; `null` where a script builds it */
  readonly nx: Nx | null;
  readonly manager: ManagerName;
  /** major version of Node */
  readonly node: number;
}

const SERVER: Omit<ServerShape, 'command' | 'layout'> = {
  kind: 'server',
  runtime: 'node',
  env: {},
  entry: null,
  runsIn: '.',
  ships: [],
  needsModules: true,
  keepsDevelopment: null,
  steps: [],
  port: null,
  portVariable: null,
  hostVariable: null,
  buildEnv: {},
  settingsFile: null,
  writes: [],
  isWeb: true,
  notes: [],
  facts: [],
};

/** A server shape with what most have in common; the caller names what differs. */
export function server(shape: Partial<ServerShape> & Pick<ServerShape, 'command' | 'layout'>): ServerShape {
  return { ...SERVER, ...shape };
}

/** The place of a fact for another one that was worked out from it. */
export function at(fact: Fact<Json>): { readonly from: Place; readonly holds: string } {
  return { from: fact.from, holds: fact.holds ?? String(fact.value) };
}

/** Where the project says how it is started; else the package that it is started by, or the manifest. */
export function startPlace(context: ShapeContext, otherwise?: Fact): { readonly from: Place; readonly holds?: string } {
  const start = context.starts[0];
  if (start) return at(start.from);
  return otherwise ? at(otherwise) : { from: context.manifest.document.path };
}

/** The build script where there is one, else the tool itself. */
export function buildSteps(context: ShapeContext, words: readonly string[]): readonly BuildStep[] {
  return context.build?.steps ?? [{ kind: 'program', words, env: {} }];
}

/** A start script that runs a file of the project's own: the framework is then a part of that program. */
export function customServer(context: ShapeContext): Start | null {
  const start = context.starts[0];
  if (!start || (start.launch.kind !== 'node' && start.launch.kind !== 'typescript')) return null;
  const base = context.manifest.directory === '.' ? '' : `${context.manifest.directory}/`;
  return context.project.isFile(`${base}${start.launch.file}`) ? start : null;
}
