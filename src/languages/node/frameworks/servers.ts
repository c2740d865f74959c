import type { Fact } from '../../../model/fact.ts';
import { joinPath } from '../../../project/search.ts';
import { binFile } from '../bins.ts';
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
import { configFile, configValue, keyed, majorOf } from './config.ts';

/** Packages of frameworks that build on Nitro, the more particular first, and their names. */
const ON_NITRO: Readonly<Record<string, string>> = {
  '@solidjs/start': 'SolidStart',
  '@analogjs/platform': 'Analog',
  '@tanstack/react-start': 'TanStack Start',
  '@tanstack/solid-start': 'TanStack Start',
  '@tanstack/start': 'TanStack Start',
  vinxi: 'Vinxi',
  nitropack: 'Nitro',
  nitro: 'Nitro',
};

/** Nuxt, SolidStart, TanStack Start and others on Nitro: a bundle in .output that needs nothing beside it. */
export function nitroShape(context: ShapeContext): Shape | null {
  const nuxt = context.installed('nuxt') ?? context.installed('nuxt3');
  if (nuxt && (majorOf(context, 'nuxt') ?? 3) < 3) return nuxt2Shape(context, nuxt);
  const other = Object.keys(ON_NITRO).find((name) => context.installed(name) !== null);
  const framework = nuxt ?? (other === undefined ? null : context.installed(other));
  if (!framework || customServer(context)) return null;
  const startsBundle = context.starts.some(
    ({ launch }) => launch.kind === 'node' && launch.file.startsWith('.output/'),
  );
  const hasBundler =
    context.installed('nitro') ??
    context.installed('nitropack') ??
    context.installed('vinxi') ??
    context.installed('@solidjs/start') ??
    context.installed('@analogjs/platform');
  if (!nuxt && !startsBundle && !hasBundler) return null;
  const generates =
    context.build?.programs.some(({ words }) => /^nux[ti]$/.test(words[0] ?? '') && words[1] === 'generate') ?? false;
  if (generates) return generatedPages(context, framework);
  return server({
    command: { value: ['node', '.output/server/index.mjs'], ...at(framework) },
    layout: 'outputs',
    ships: [{ source: '.output', target: '.output' }],
    needsModules: false,
    steps: buildSteps(context, [nuxt ? 'nuxt' : 'vite', 'build']),
    buildEnv: nuxt ? { NUXT_TELEMETRY_DISABLED: '1', NITRO_PRESET: 'node-server' } : { NITRO_PRESET: 'node-server' },
    port: { value: 3000, ...at(framework) },
    portVariable: 'PORT',
    hostVariable: 'HOST',
    facts: [
      { label: 'Framework', fact: { value: nuxt ? 'Nuxt' : (ON_NITRO[other ?? ''] ?? 'Nitro'), ...at(framework) } },
    ],
  });
}

/** `nuxt generate`: pages, or one page where server rendering is off. */
function generatedPages(context: ShapeContext, nuxt: Fact): SiteShape {
  const config = configFile(context, ['nuxt.config']);
  const isSpa = configValue(context, config, keyed(/ssr\s*:\s*(false)/)) !== null;
  const steps = buildSteps(context, ['nuxt', 'generate']);
  const base = configValue(context, config, keyed(/baseURL\s*:\s*["'](\/[\w/-]+)["']/))?.value ?? '/';
  return {
    ...site(nuxt, 'Nuxt', '.output/public', steps, isSpa ? 'single-page' : 'pages'),
    base: `/${base.replaceAll(/^\/|\/$/g, '')}/`.replace('//', '/'),
  };
}

function nuxt2Shape(context: ShapeContext, nuxt: Fact): Shape | null {
  if (customServer(context)) return null;
  const config = configFile(context, ['nuxt.config']);
  const isStatic =
    configValue(context, config, keyed(/target\s*:\s*["'](static)["']/)) ??
    configValue(context, config, keyed(/(?:ssr\s*:\s*(false)|mode\s*:\s*["'](spa)["'])/));
  const generate = 'generate' in context.manifest.scripts;
  if (isStatic)
    return site(
      nuxt,
      'Nuxt',
      'dist',
      generate ? [{ kind: 'script', name: 'generate' }] : [{ kind: 'program', words: ['nuxt', 'generate'], env: {} }],
      'single-page',
    );
  return server({
    command: { value: ['node', 'node_modules/nuxt/bin/nuxt.js', 'start'], ...at(nuxt) },
    layout: 'whole',
    steps: buildSteps(context, ['nuxt', 'build']),
    buildEnv: { NUXT_TELEMETRY_DISABLED: '1' },
    port: { value: 3000, ...at(nuxt) },
    portVariable: 'PORT',
    hostVariable: 'HOST',
    facts: [{ label: 'Framework', fact: { value: 'Nuxt', ...at(nuxt) } }],
  });
}

/** Remix 1 and 2, and React Router as a framework: their own small server, or static files where server rendering is off. */
export function remixShape(context: ShapeContext): Shape | null {
  const remix = context.installed('@remix-run/dev');
  const router = context.installed('@react-router/dev');
  const framework = router ?? remix;
  if (!framework || customServer(context)) return null;
  const vite = configFile(context, ['vite.config']);
  const config = configFile(context, ['react-router.config']);
  const isSpa =
    configValue(context, config, keyed(/ssr\s*:\s*(false)/)) ??
    configValue(context, vite, /\bremix\s*\(\s*\{[^}]*\bssr\s*:\s*(false)/);
  const steps = buildSteps(context, [
    router ? 'react-router' : 'remix',
    ...(vite && !router ? ['vite:build'] : ['build']),
  ]);
  if (isSpa) return site(framework, router ? 'React Router' : 'Remix', 'build/client', steps, 'single-page');
  const name = router ? 'react-router-serve' : 'remix-serve';
  if (!context.installed(router ? '@react-router/serve' : '@remix-run/serve')) return null;
  const given = context.starts
    .map(({ launch }) =>
      launch.kind === 'bin' && launch.name === name ? launch.args.find((arg) => !arg.startsWith('-')) : undefined,
    )
    .find((file) => file !== undefined);
  const target = given ?? (vite || router ? './build/server/index.js' : './build/index.js');
  const file = binFile(name, (one) => context.installed(one)?.value ?? null) ?? `node_modules/.bin/${name}`;
  const hasPublic = context.project.isDirectory(joinPath(context.manifest.directory, 'public'));
  return server({
    command: { value: ['node', file, target], ...startPlace(context, framework) },
    layout: 'outputs',
    ships: [
      { source: 'build', target: 'build' },
      ...(hasPublic ? [{ source: 'public', target: 'public', isSource: true }] : []),
    ],
    steps,
    port: { value: 3000, ...at(framework) },
    portVariable: 'PORT',
    facts: [{ label: 'Framework', fact: { value: router ? 'React Router' : 'Remix', ...at(framework) } }],
  });
}

/** SvelteKit: what its adapter makes. adapter-auto makes a Node server where it is told that it builds for one. */
export function sveltekitShape(context: ShapeContext): Shape | null {
  const kit = context.installed('@sveltejs/kit');
  if (!kit || customServer(context)) return null;
  const config = configFile(context, ['svelte.config', 'vite.config']);
  const steps = buildSteps(context, ['vite', 'build']);
  if (context.installed('@sveltejs/adapter-static') && !context.installed('@sveltejs/adapter-node')) {
    const output = configValue(context, config, /\bpages\s*:\s*["']([\w./-]+)["']/);
    const fallback = configValue(context, config, /\bfallback\s*:\s*["']([\w./-]+)["']/);
    return site(
      kit,
      'SvelteKit',
      output?.value ?? 'build',
      steps,
      fallback?.value === 'index.html' ? 'single-page' : 'pages',
    );
  }
  const isAuto = !context.installed('@sveltejs/adapter-node');
  const output = configValue(context, config, /\bout\s*:\s*["']([\w./-]+)["']/)?.value ?? 'build';
  return server({
    command: { value: ['node', `${joinPath(output)}/index.js`], ...at(kit) },
    layout: 'outputs',
    ships: [{ source: joinPath(output), target: joinPath(output) }],
    steps,
    // adapter-auto's own sign for platforms that run Node servers
    buildEnv: isAuto ? { GCP_BUILDPACKS: 'true' } : {},
    needsModules: Object.keys(context.manifest.production).length > 0,
    port: { value: 3000, ...at(kit) },
    portVariable: 'PORT',
    hostVariable: 'HOST',
    facts: [{ label: 'Framework', fact: { value: 'SvelteKit', ...at(kit) } }],
    notes:
      isAuto && !context.installed('@sveltejs/adapter-auto')
        ? [
            {
              code: 'adapter-missing',
              severity: 'warning',
              places: [kit.from],
              args: { framework: 'SvelteKit', adapter: '@sveltejs/adapter-node' },
            },
          ]
        : [],
  });
}

/** Astro: a server with @astrojs/node, else static pages. */
export function astroShape(context: ShapeContext): Shape | null {
  const astro = context.installed('astro');
  if (!astro || customServer(context)) return null;
  const config = configFile(context, ['astro.config']);
  const output = configValue(context, config, keyed(/outDir\s*:\s*["']([\w./-]+)["']/))?.value ?? 'dist';
  const steps = buildSteps(context, ['astro', 'build']);
  const adapter = configValue(context, config, /@astrojs\/(node)\b/);
  const base = configValue(context, config, keyed(/base\s*:\s*["'](\/?[\w/-]+)["']/))?.value;
  if (!adapter) {
    const built = site(astro, 'Astro', joinPath(output), steps, 'pages');
    return {
      ...built,
      base: base === undefined ? '/' : `/${base.replaceAll(/^\/|\/$/g, '')}/`.replace('//', '/'),
      buildEnv: { ASTRO_TELEMETRY_DISABLED: '1' },
    };
  }
  return server({
    command: { value: ['node', `${joinPath(output)}/server/entry.mjs`], ...at(adapter) },
    layout: 'outputs',
    ships: [{ source: joinPath(output), target: joinPath(output) }],
    steps,
    buildEnv: { ASTRO_TELEMETRY_DISABLED: '1' },
    port: { value: 4321, ...at(astro) },
    portVariable: 'PORT',
    hostVariable: 'HOST',
    facts: [{ label: 'Framework', fact: { value: 'Astro', ...at(astro) } }],
  });
}

/** Frameworks whose own command is the server, and which keep their project beside them: Strapi, Keystone, Directus … */
export function commandShape(context: ShapeContext): Shape | null {
  const strapi = context.installed('@strapi/strapi') ?? context.installed('strapi');
  if (!strapi || customServer(context)) return null;
  const program = context.installed('@strapi/strapi')
    ? 'node_modules/@strapi/strapi/bin/strapi.js'
    : 'node_modules/strapi/bin/strapi.js';
  return server({
    command: { value: ['node', program, 'start'], ...startPlace(context, strapi) },
    layout: 'whole',
    steps: buildSteps(context, ['strapi', 'build']),
    env: { HOST: '0.0.0.0' },
    buildEnv: { STRAPI_TELEMETRY_DISABLED: 'true' },
    port: { value: 1337, ...at(strapi) },
    portVariable: 'PORT',
    hostVariable: 'HOST',
    writes: ['public/uploads', '.tmp', 'database', 'types'],
    facts: [{ label: 'Framework', fact: { value: 'Strapi', ...at(strapi) } }],
  });
}

function site(
  framework: Fact,
  name: string,
  output: string,
  steps: ServerShape['steps'],
  fallback: 'single-page' | 'pages',
): Extract<Shape, { kind: 'site' }> {
  return {
    kind: 'site',
    tool: { value: name, ...at(framework) },
    output: { value: output, ...at(framework) },
    fallback,
    base: '/',
    steps,
    buildEnv: {},
    notes: [],
  };
}
