import type { Fact } from '../../../model/fact.ts';
import { joinPath } from '../../../project/search.ts';
import {
  at,
  buildSteps,
  customServer,
  type ServerShape,
  type Shape,
  type ShapeContext,
  type SiteShape,
  server,
  startPlace,
} from '../shape.ts';
import { configFile, configValue, keyed, minorOf } from './config.ts';

/** From here on `NEXT_PRIVATE_STANDALONE=true` at build time is the default of `output: 'standalone'`. */
const KNOWS_STANDALONE = 12.002;

/**
 * Next: a static export behind a web server, a standalone server with what it traced, or for versions that cannot do
 * that the whole project. `null` where a server of the project's own starts it: the generic rules fit better then.
 */
export function nextShape(context: ShapeContext): Shape | null {
  const next = context.installed('next');
  if (!next || customServer(context) || isPartOfAnother(context)) return null;
  const config = configFile(context, ['next.config']);
  const folder = configValue(context, config, keyed(/distDir\s*:\s*["'`]([\w./-]+)["'`]/))?.value ?? '.next';
  return exported(context, next, config, folder) ?? served(context, next, config, folder);
}

/** A framework that has Next inside, and starts and builds by a command of its own. */
function isPartOfAnother({ starts, build }: ShapeContext): boolean {
  const launch = starts[0]?.launch;
  const builds = build?.programs.some(({ words }) => words[0] === 'next') ?? true;
  return launch?.kind === 'bin' && !builds;
}

function exported(context: ShapeContext, next: Fact, config: string | null, folder: string): SiteShape | null {
  const output = configValue(context, config, keyed(/output\s*:[^,\n]*?["'`](export)["'`]/));
  const program = context.build?.programs.find(({ words }) => words[0] === 'next' && words[1] === 'export');
  const found = output ?? program?.from;
  if (!found) return null;
  return {
    kind: 'site',
    tool: { value: 'Next.js', ...at(next) },
    output: { value: output && folder !== '.next' ? joinPath(folder) : 'out', ...at(found) },
    fallback: 'pages',
    base: basePath(context, config),
    steps: buildSteps(context, ['next', 'build']),
    buildEnv: { NEXT_TELEMETRY_DISABLED: '1', ...skipsValidation(context) },
    notes: [],
  };
}

function served(context: ShapeContext, next: Fact, config: string | null, folder: string): ServerShape {
  const isStandalone = (minorOf(context, 'next') ?? 99) >= KNOWS_STANDALONE;
  const shared = {
    steps: buildSteps(context, ['next', 'build']),
    port: portOf(context, next),
    portVariable: 'PORT',
    hostVariable: 'HOSTNAME',
    facts: [{ label: 'Framework', fact: { value: 'Next.js', ...at(next) } }],
  };
  const buildEnv = { NEXT_TELEMETRY_DISABLED: '1', ...skipsValidation(context) };
  if (!isStandalone) {
    const words = ['node', 'node_modules/next/dist/bin/next', 'start'];
    return server({
      ...shared,
      buildEnv,
      command: { value: words, ...startPlace(context, next) },
      layout: 'whole',
      writes: [`${folder}/cache`],
    });
  }
  const isConfigured = configValue(context, config, keyed(/output\s*:[^,\n]*?["'`](standalone)["'`]/)) !== null;
  const hasPublic = context.project.isDirectory(joinPath(context.manifest.directory, 'public'));
  return server({
    ...shared,
    buildEnv: isConfigured ? buildEnv : { ...buildEnv, NEXT_PRIVATE_STANDALONE: 'true' },
    command: { value: ['node', 'server.js'], ...startPlace(context, next) },
    layout: 'outputs',
    ships: [
      { source: `${folder}/standalone`, target: '.' },
      { source: `${folder}/static`, target: `${folder}/static` },
      ...(hasPublic ? [{ source: 'public', target: 'public', isSource: true }] : []),
    ],
    needsModules: false,
    writes: [`${folder}/cache`, `${folder}/server/route-cache`],
  });
}

/** `next start -p 4000` */
function portOf(context: ShapeContext, next: Fact): Fact<number> {
  for (const { launch, from } of context.starts) {
    if (launch.kind !== 'site' || launch.tool !== 'next' || launch.args[0] !== 'start') continue;
    const option = launch.args.findIndex((arg) => /^(?:-p|--port)$/.test(arg));
    const port = Number(launch.args[option + 1]);
    if (option !== -1 && Number.isInteger(port)) return { value: port, ...at(from) };
  }
  return { value: 3000, ...at(next) };
}

function basePath(context: ShapeContext, config: string | null): string {
  const base = configValue(context, config, keyed(/basePath\s*:\s*["'`](\/[\w/-]+)["'`]/))?.value;
  return base === undefined ? '/' : `${base.replace(/\/$/, '')}/`;
}

/** A schema of environment variables, as the usual starters check it, would stop a build that has none of them. */
function skipsValidation(context: ShapeContext): Readonly<Record<string, string>> {
  for (const name of ['src/env', 'env', 'src/env/server', 'src/lib/env', 'lib/env', 'next.config']) {
    const path = configFile(context, [name]);
    if (configValue(context, path, /\bSKIP_ENV_VALIDATION\b/)) return { SKIP_ENV_VALIDATION: '1' };
  }
  return {};
}
