import { own } from '../../project/own.ts';

/** Programs that packages install, as the file that Node runs: so that nothing is needed but Node itself. */
const BINS: Readonly<Record<string, string>> = {
  next: 'next/dist/bin/next',
  nuxt: 'nuxt/bin/nuxt.js',
  'remix-serve': '@remix-run/serve/dist/cli.js',
  'react-router-serve': '@react-router/serve/bin.js',
  strapi: '@strapi/strapi/bin/strapi.js',
  fastify: 'fastify-cli/cli.js',
  'moleculer-runner': 'moleculer/bin/moleculer-runner.js',
  probot: 'probot/bin/probot.js',
  srvx: 'srvx/bin/srvx.mjs',
  micro: 'micro/dist/src/bin/micro.js',
  keystone: '@keystone-6/core/bin/cli.js',
  medusa: '@medusajs/cli/cli.js',
  directus: 'directus/cli.js',
  'json-server': 'json-server/lib/cli/bin.js',
  'egg-scripts': 'egg-scripts/bin/egg-scripts.js',
};

/** Path of an installed program below the service's directory; `null` for one that is not in the table. */
export function binFile(name: string, versionOf: (packageName: string) => string | null): string | null {
  const file = own(BINS, name);
  if (file === undefined) return null;
  if (name === 'json-server' && !/^\D*0\./.test(versionOf('json-server') ?? '0.'))
    return 'node_modules/json-server/lib/bin.js';
  // version 8 renamed it
  if (name === 'react-router-serve' && Number(/\d+/.exec(versionOf('@react-router/serve') ?? '')?.[0] ?? 0) >= 8)
    return 'node_modules/@react-router/serve/bin.cjs';
  return `node_modules/${file}`;
}
