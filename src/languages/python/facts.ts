import type { Fact, Note } from '../../model/fact.ts';
import type { Json } from '../../model/json.ts';
import type { Project } from '../../model/project.ts';
import type { ServiceFacts } from '../../model/service.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import type { Context } from '../language.ts';
import { type Application, findApplication } from './application.ts';
import { browserFact } from './browser.ts';
import { databaseCommand } from './database-command.ts';
import { type Dependencies, projectName, readDependencies } from './dependencies.ts';
import { settingsFiles } from './django.ts';
import { debugSwitch, hasRootByDebug } from './django-notes.ts';
import { healthPath } from './health.ts';
import { releaseCommand } from './hints.ts';
import { modulePlace } from './import-roots.ts';
import { type DependencyFacts, installFacts } from './install-facts.ts';
import { fileNotes, hostVariables, localNotes } from './listen-host.ts';
import { listenPort, portVariable } from './listen-port.ts';
import { serverCommand } from './server.ts';
import { type ServerChoice, serverChoice } from './server-choice.ts';
import { type ListenSettings, listenSettings } from './settings-file.ts';
import { neededVariables, placeholderValue, settingsFileFact } from './settings-variables.ts';
import { readSources, type Source } from './sources.ts';
import { type StaticRoot, staticRoot } from './static-root.ts';
import { type SystemPackages, systemPackages } from './system-packages.ts';
import { unneededPatterns } from './unneeded.ts';
import { chooseVersion } from './versions.ts';
import { readsFiles } from './workdir.ts';
import { type Writable, writable } from './writable.ts';

export type PythonFacts = ServiceFacts & {
  readonly application: Application | null;
  readonly install: DependencyFacts;
  /** the server in front of the application; `null` where it serves itself or listens on nothing */
  readonly server: ServerChoice | null;
  readonly system: SystemPackages;
  readonly writable: Writable;
  /** what starts a browser that has to be fetched */
  readonly browser: Fact | null;
  /** the program runs from its source; else the environment holds all of it */
  readonly shipsSource: boolean;
  /** patterns for the .dockerignore beyond the usual ones */
  readonly unneeded: readonly string[];
  /** where collected static files are put; `null` where none are collected, or that is not known */
  readonly staticRoot: StaticRoot | null;
  /** settings that collecting static files needs, with harmless values */
  readonly placeholders: readonly { readonly name: string; readonly value: string }[];
  /** variables of the program itself: its port, where to listen */
  readonly portVariable: string | null;
  readonly hostVariables: readonly string[];
};

export function facts(project: Project, directory: string, context: Context): PythonFacts {
  const dependencies = readDependencies(project, directory);
  const sources = readSources(project, directory);
  const application = findApplication(project, directory, sources, dependencies);
  const reached = reachedFrom(sources, application);
  const root = dependencies.workspace?.root ?? directory;
  const chosen = chooseVersion(project, [...new Set([directory, root])], dependencies, reached, context.today);
  const install = installFacts(project, directory, dependencies, reached, application, chosen.version.value);
  const hasSettings = project.isFile(joinPath(directory, application?.workdir ?? '.', 'gunicorn.conf.py'));
  const server = application ? serverChoice(application, dependencies, chosen.version.value, hasSettings) : null;
  const listens = listenSettings(project, directory, reached);
  const port = application && portOf(project, directory, application, reached, listens);
  const settings = application?.django
    ? settingsFiles({ project, directory }, application.django.folder, application.django.settings)
    : [];
  const loaded = [...settings, ...reached.filter((source) => !settings.some((one) => one.path === source.path))];
  const variables = neededVariables(loaded);
  const isOwnScript = isInstalled(dependencies, install, application);
  const name = projectName(project, directory, dependencies);
  return {
    language: 'python',
    directory,
    context: root,
    name,
    kind: application?.kind ?? 'worker',
    version: chosen.version,
    port,
    healthPath: application ? healthPath(application, reached) : null,
    command: application && !application.site ? commandFact(application, server, port?.value ?? 0) : null,
    application,
    install,
    server,
    system: systemPackages(project, directory, dependencies, chosen.version.value, [...reached, ...settings]),
    writable: writable(project, directory, application?.workdir ?? '.', sources, loaded, isOwnScript),
    browser: browserFact(dependencies, reached),
    shipsSource: !isOwnScript || readsFiles(project, directory, reached),
    unneeded: application?.site ? [] : unneededPatterns(project, directory, sources),
    staticRoot: application?.django?.collects ? staticRoot(sources, settings, application.workdir) : null,
    placeholders: placeholdersFor(settings),
    portVariable: portVariable(reached),
    hostVariables: hostVariables(reached),
    summary: summary(name, chosen.version, dependencies, application, server),
    notes: [
      ...chosen.notes,
      ...dependencies.notes,
      ...install.notes,
      ...(application?.notes ?? []),
      ...applicationNotes(application, server),
      ...(application?.kind === 'web' && !server && !isToldWhere(application)
        ? [...localNotes(reached), ...fileNotes(listens)]
        : []),
      ...databaseNotes(
        releaseCommand(project, directory),
        databaseCommand(project, directory, application, dependencies, reached),
      ),
      ...variableNotes(variables),
      ...fileNote(settingsFileFact(loaded)),
    ],
  };
}

/** A console script, whose package is in the environment. */
function isInstalled(dependencies: Dependencies, install: DependencyFacts, application: Application | null): boolean {
  const isScript = dependencies.scripts.some((one) => one.name === application?.words[0]);
  return isScript && install.installsProject !== null && application?.workdir === '.';
}

/** Pages are served by a web server that may not open a lower port. */
const SITE_PORT = 8080;

function portOf(
  project: Project,
  directory: string,
  application: Application,
  reached: readonly Source[],
  listens: ListenSettings,
): Fact<number> | null {
  if (application.site) return { value: SITE_PORT, from: application.from, holds: '' };
  return application.kind === 'web' ? listenPort(project, directory, application, reached, listens) : null;
}

/** The command itself says that it listens on all addresses, whatever the source does. */
function isToldWhere(application: Application): boolean {
  return application.words.some((word) => word.includes('0.0.0.0'));
}

/** Every file that is loaded with the application; all files where nothing is known to run. */
function reachedFrom(sources: readonly Source[], application: Application | null): readonly Source[] {
  const file = sources.find((source) => source.path === application?.file);
  if (application?.django || application?.framework === 'Scrapy')
    return sources.filter((source) => isInPackage(sources, source));
  if (!file) return sources;
  return modulePlace(sources, file).reached;
}

/** Django and Scrapy load packages by their names; scripts beside them they do not know. */
function isInPackage(sources: readonly Source[], source: Source): boolean {
  const folder = directoryOf(source.path);
  return folder === '.' || sources.some((one) => one.path === `${folder}/__init__.py`);
}

/** The command in exec form for a port, as the question recommends it. */
export function commandFor(application: Application, server: ServerChoice | null, port: number): readonly string[] {
  if (server && application.target !== null) {
    return serverCommand(server.id, application.target, port, server.speaks, withPort(server.options, port));
  }
  return withPort(application.words, port);
}

function withPort(words: readonly string[], port: number): readonly string[] {
  return words.map((word) => word.replace('{port}', String(port)));
}

function commandFact(application: Application, server: ServerChoice | null, port: number): Fact<readonly string[]> {
  return { value: commandFor(application, server, port), from: application.from, holds: application.holds };
}

function placeholdersFor(settings: readonly Source[]): PythonFacts['placeholders'] {
  const off = hasRootByDebug(settings) ? debugSwitch(settings) : null;
  const needed = neededVariables(settings).map((fact) => {
    const line = settings.find((source) => fact.from.startsWith(`${source.full}:`))?.text.split('\n')[
      Number(fact.from.split(':').at(-1)) - 1
    ];
    return { name: fact.value, value: placeholderValue(fact.value, line ?? '') };
  });
  const others = needed.filter(({ name }) => name !== off?.name);
  return off ? [...others, { name: off.name, value: off.value }] : needed;
}

function summary(
  name: Fact,
  version: Fact,
  dependencies: Dependencies,
  application: Application | null,
  server: ServerChoice | null,
): readonly { readonly label: string; readonly fact: Fact<Json> }[] {
  const lock = dependencies.lockFile ?? dependencies.manifest;
  return [
    { label: 'Name', fact: name },
    { label: 'Python', fact: version },
    ...(lock ? [{ label: 'Dependencies', fact: lock }] : []),
    ...(application?.framework
      ? [
          {
            label: 'Framework',
            fact: { value: application.framework, from: application.from, holds: application.holds },
          },
        ]
      : []),
    ...(server ? [{ label: 'Server', fact: { value: server.name, from: server.from, holds: '' } }] : []),
  ];
}

function applicationNotes(application: Application | null, server: ServerChoice | null): readonly Note[] {
  const notes: Note[] = [];
  if (!application) notes.push({ code: 'program-unknown', severity: 'warning', places: [], args: {} });
  if (server && !server.isDeclared) {
    const args = { server: server.name, release: server.release ?? '', package: server.package };
    notes.push({ code: 'server-added', severity: 'info', places: [application?.from ?? ''], args });
  }
  return notes;
}

/** What the project runs for a release mostly changes the tables of its database as well. */
function databaseNotes(release: Fact | null, tables: Fact | null): readonly Note[] {
  const command = release ?? tables;
  if (!command) return [];
  const code = release ? 'release-command' : 'database-command';
  return [{ code, severity: 'info', places: [command.from], args: { command: command.value } }];
}

function fileNote(file: Fact | null): readonly Note[] {
  if (!file) return [];
  return [{ code: 'settings-file', severity: 'warning', places: [file.from], args: { file: file.value } }];
}

function variableNotes(variables: readonly Fact[]): readonly Note[] {
  if (variables.length === 0) return [];
  const shown = variables.slice(0, 8);
  const names = shown.map((fact) => fact.value).join(', ');
  return [{ code: 'variables-needed', severity: 'info', places: shown.map((fact) => fact.from), args: { names } }];
}
