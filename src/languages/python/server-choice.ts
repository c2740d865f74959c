import type { Application } from './application.ts';
import { type Dependencies, hasPackage } from './dependencies.ts';
import type { Interface } from './frameworks.ts';
import { releaseFor, type ServerId, serverOf, serversFor } from './server.ts';

/** The server that the image runs, and whether the project brings it along. */
export interface ServerChoice {
  readonly id: ServerId;
  readonly name: string;
  readonly package: string;
  readonly speaks: Interface;
  readonly options: readonly string[];
  readonly isDeclared: boolean;
  /** what is installed where it is not declared */
  readonly release: string | null;
  /** every server that would do, this one first */
  readonly others: readonly ServerId[];
  readonly from: string;
}

/** Where a settings file of Gunicorn's would say otherwise. */
const BIND = ['--bind', '0.0.0.0:{port}'];

/** `null` for what serves itself or listens on nothing. */
export function serverChoice(
  application: Application,
  dependencies: Dependencies,
  python: string,
  hasSettings: boolean,
): ServerChoice | null {
  const { speaks, target } = application;
  if (speaks === null || target === null) return null;
  const fitting = serversFor(speaks, python, (name) => isInstalled(dependencies, name));
  const named = application.server === null ? null : serverOf(application.server);
  const wanted =
    named && (isInstalled(dependencies, named.package) || releaseFor(named, python) !== null) ? named : null;
  // Gunicorn runs an ASGI application only with the worker class that the project's own command names.
  const server =
    wanted && (wanted.interfaces.includes(speaks) || wanted.id === application.server) ? wanted : fitting[0];
  if (!server) return null;
  const isDeclared = isInstalled(dependencies, server.package);
  const options =
    application.server === null || application.server === server.id ? optionsFor(application, server.id) : [];
  const declaration = dependencies.requirements.find((one) => one.name === server.package);
  return {
    id: server.id,
    name: server.name,
    package: server.package,
    speaks,
    options:
      server.id === 'gunicorn' && (hasSettings || options.includes('--config')) ? [...options, ...BIND] : options,
    isDeclared,
    release: isDeclared ? null : releaseFor(server, python),
    others: [...new Set([server.id, ...fitting.map((one) => one.id)])],
    from: declaration?.from ?? application.from,
  };
}

/** What was worked out for one server says nothing to another. */
function optionsFor(application: Application, server: ServerId): readonly string[] {
  return application.server === server || server === 'gunicorn' ? application.options : [];
}

/** `fastapi[standard]` brings Uvicorn along. */
function isInstalled(dependencies: Dependencies, name: string): boolean {
  if (hasPackage(dependencies, name)) return true;
  if (name !== 'uvicorn') return false;
  return dependencies.requirements.some(
    (one) =>
      (one.name === 'fastapi' && one.extras.some((extra) => extra === 'standard' || extra === 'all')) ||
      (one.name === 'litestar' && one.extras.includes('standard')) ||
      ['fastapi-cli', 'python-fasthtml', 'gradio', 'nicegui', 'shiny'].includes(one.name),
  );
}
