import { joinPath } from '../../../project/search.ts';
import { buildSteps, customServer, type ServerShape, type Shape, type ShapeContext, server } from '../shape.ts';
import { configFile, configValue, minorOf } from './config.ts';

/** From here on `NEXT_PRIVATE_STANDALONE=true` at build time is the default of `output: 'standalone'`. */
const KNOWS_STANDALONE = 12.02;

/**
 * Next: a static export behind a web server, a standalone server with what it traced, or for versions that cannot do
 * that (and where a custom server starts it) the whole project. `null`: the generic rules fit better.
 */
export function nextShape(context: ShapeContext): Shape | null {
  const next = context.installed('next');
  if (!next || customServer(context)) return null;
  const config = configFile(context, ['next.config']);
  const folder = configValue(context, config, /^[^/\n]*\bdistDir\s*:\s*["'`]([\w./-]+)["'`]/m)?.value ?? '.next';
  const output = configValue(context, config, /^[^/\n]*\boutput\s*:\s*["'`](export|standalone)["'`]/m);
  const exported = context.build?.programs.find(({ words }) => words[0] === 'next' && words[1] === 'export');
  const steps = buildSteps(context, ['next', 'build']);
  if (output?.value === 'export' || exported) {
    return {
      kind: 'site',
      tool: { value: 'Next.js', from: next.from },
      output: {
        value: output?.value === 'export' && folder !== '.next' ? folder : 'out',
        from: output?.from ?? exported?.from.from ?? next.from,
      },
      fallback: 'pages',
      base: basePath(context, config),
      steps,
      buildEnv: { NEXT_TELEMETRY_DISABLED: '1', ...skipsValidation(context) },
      notes: [],
    };
  }
  const shared: Partial<ServerShape> = {
    port: { value: portOf(context) ?? 3000, from: next.from },
    portVariable: 'PORT',
    hostVariable: 'HOSTNAME',
    facts: [{ label: 'Framework', fact: { value: 'Next.js', from: next.from, holds: 'next' } }],
    notes: [],
  };
  if ((minorOf(context, 'next') ?? 99) < KNOWS_STANDALONE) return server({ ...shared, ...wholeServer(context, steps) });
  return server({ ...shared, ...standalone(context, folder, steps) });
}

function standalone(context: ShapeContext, folder: string, steps: ServerShape['steps']): ServerShape {
  const ships = [
    { source: `${folder}/standalone`, target: '.' },
    { source: `${folder}/static`, target: `${folder}/static` },
  ];
  const hasPublic = context.project.isDirectory(joinPath(context.manifest.directory, 'public'));
  return server({
    command: { value: ['node', 'server.js'], from: context.starts[0]?.from.from ?? context.manifest.document.path },
    layout: 'outputs',
    ships: hasPublic ? [...ships, { source: 'public', target: 'public' }] : ships,
    needsModules: false,
    steps,
    buildEnv: { NEXT_TELEMETRY_DISABLED: '1', NEXT_PRIVATE_STANDALONE: 'true', ...skipsValidation(context) },
    writes: [`${folder}/cache`, `${folder}/server/route-cache`],
    port: { value: portOf(context) ?? 3000, from: context.manifest.document.path },
    portVariable: 'PORT',
    hostVariable: 'HOSTNAME',
    facts: [
      {
        label: 'Framework',
        fact: { value: 'Next.js (standalone server)', from: context.installed('next')?.from ?? '', holds: 'next' },
      },
    ],
  });
}

function wholeServer(context: ShapeContext, steps: ServerShape['steps']): ServerShape {
  return server({
    command: {
      value: ['node', 'node_modules/next/dist/bin/next', 'start'],
      from: context.starts[0]?.from.from ?? context.manifest.document.path,
    },
    layout: 'whole',
    steps,
    env: {},
    buildEnv: { NEXT_TELEMETRY_DISABLED: '1', ...skipsValidation(context) },
    writes: ['.next/cache'],
    port: { value: portOf(context) ?? 3000, from: context.manifest.document.path },
    portVariable: 'PORT',
    hostVariable: 'HOSTNAME',
  });
}

/** `next start -p 4000` */
function portOf(context: ShapeContext): number | null {
  for (const { launch } of context.starts) {
    if (launch.kind !== 'site' || launch.tool !== 'next' || launch.args[0] !== 'start') continue;
    const at = launch.args.findIndex((arg) => /^(?:-p|--port)$/.test(arg));
    const port = Number(launch.args[at + 1]);
    if (at !== -1 && Number.isInteger(port)) return port;
  }
  return null;
}

function basePath(context: ShapeContext, config: string | null): string {
  const base = configValue(context, config, /^[^/\n]*\bbasePath\s*:\s*["'`](\/[\w/-]+)["'`]/m)?.value;
  return base === undefined ? '/' : `${base.replace(/\/$/, '')}/`;
}

/** A schema of environment variables, as the usual starters check it, would stop a build that has none of them. */
export function skipsValidation(context: ShapeContext): Readonly<Record<string, string>> {
  for (const name of ['src/env', 'env', 'src/env/server', 'src/lib/env', 'lib/env', 'next.config']) {
    const path = configFile(context, [name]);
    if (configValue(context, path, /\bSKIP_ENV_VALIDATION\b/)) return { SKIP_ENV_VALIDATION: '1' };
  }
  return {};
}
