import type { Fact } from '../../../model/fact.ts';
import { joinPath } from '../../../project/search.ts';
import { at, buildSteps, customServer, type Shape, type ShapeContext, type SiteShape, server } from '../shape.ts';
import { configFile, configValue, minorOf } from './config.ts';

/** From here on the build makes a request handler, and brings along the server that can run one. */
const MAKES_HANDLER = 1.132;

/** Plugins that build for another platform, or for a server of their own. */
const OTHER_TARGET = /\b(?:nitro|nitroV2Plugin|netlify|cloudflare)\s*\(/;

/**
 * TanStack Start without Nitro: its build makes a request handler, dist/server/server.js, beside the files for the browser.
 * srvx, which it brings along, is the server for both. `null` where the project has another one.
 */
export function tanstackShape(context: ShapeContext): Shape | null {
  const start = ['@tanstack/react-start', '@tanstack/solid-start'].map(context.installed).find((fact) => fact !== null);
  const vite = configFile(context, ['vite.config']);
  if (!start || customServer(context) || configValue(context, vite, OTHER_TARGET)) return null;
  const version = minorOf(context, '@tanstack/react-start') ?? minorOf(context, '@tanstack/solid-start') ?? 0;
  if (version < MAKES_HANDLER || context.starts.some(({ launch }) => launch.kind === 'bin')) return null;
  // pnpm links only what the project names itself; the rest is one folder deeper
  const modules = context.manager === 'pnpm' ? 'node_modules/.pnpm/node_modules' : 'node_modules';
  return server({
    command: {
      value: ['node', `${modules}/srvx/bin/srvx.mjs`, '--prod', '--static', '../client', 'dist/server/server.js'],
      ...at(start),
    },
    layout: 'outputs',
    ships: [{ source: 'dist', target: 'dist' }],
    steps: buildSteps(context, ['vite', 'build']),
    port: { value: 3000, ...at(start) },
    portVariable: 'PORT',
    facts: [{ label: 'Framework', fact: { value: 'TanStack Start', ...at(start) } }],
  });
}

/**
 * Qwik City: what its adapter makes. Without one there is only the preview server, which needs the whole project; it
 * answers, and a note says what is missing.
 */
export function qwikShape(context: ShapeContext): Shape | null {
  const qwik = ['@builder.io/qwik-city', '@qwik.dev/router'].map(context.installed).find((fact) => fact !== null);
  if (!qwik) return null;
  const steps = buildSteps(context, ['qwik', 'build']);
  const facts = [{ label: 'Framework', fact: { value: 'Qwik City', ...at(qwik) } }];
  const entry = context.starts.find(({ launch }) => launch.kind === 'node' && launch.file.startsWith('server/'));
  if (entry?.launch.kind === 'node') {
    return server({
      command: { value: ['node', entry.launch.file, ...entry.launch.args], ...at(entry.from) },
      layout: 'outputs',
      ships: ['server', 'dist'].map((folder) => ({ source: folder, target: folder })),
      steps,
      port: { value: 3000, ...at(qwik) },
      portVariable: 'PORT',
      facts,
    });
  }
  if (context.project.isDirectory(joinPath(context.manifest.directory, 'adapters/static'))) return pages(qwik, steps);
  return server({
    command: {
      value: ['node', 'node_modules/vite/bin/vite.js', 'preview', '--host', '0.0.0.0', '--port', '3000'],
      ...at(qwik),
    },
    layout: 'whole',
    steps: [{ kind: 'program', words: ['qwik', 'build', 'preview'], env: {} }],
    keepsDevelopment: { value: 'vite', from: qwik.from },
    port: { value: 3000, ...at(qwik) },
    facts,
    notes: [
      {
        code: 'preview-server',
        severity: 'warning',
        places: [qwik.from],
        args: { framework: 'Qwik City', adapter: 'npm run qwik add' },
      },
    ],
  });
}

function pages(qwik: Fact, steps: SiteShape['steps']): SiteShape {
  return {
    kind: 'site',
    tool: { value: 'Qwik City', ...at(qwik) },
    output: { value: 'dist', ...at(qwik) },
    fallback: 'pages',
    base: '/',
    steps,
    buildEnv: {},
    notes: [],
  };
}
