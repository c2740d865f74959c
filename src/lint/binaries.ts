import type { PackageManifest } from './manifest.ts';

/** Programs of npm packages whose name is not that of the package. */
const PACKAGE_OF: Readonly<Record<string, string>> = {
  tsc: 'typescript',
  ng: '@angular/cli',
  nest: '@nestjs/cli',
  'vue-cli-service': '@vue/cli-service',
  babel: '@babel/cli',
  'babel-node': '@babel/node',
  'react-router': '@react-router/dev',
  remix: '@remix-run/dev',
  'react-router-serve': '@react-router/serve',
  'remix-serve': '@remix-run/serve',
  swc: '@swc/cli',
  'webpack-dev-server': 'webpack-dev-server',
  'svelte-kit': '@sveltejs/kit',
  tailwindcss: '@tailwindcss/cli',
  'run-s': 'npm-run-all',
  'run-p': 'npm-run-all',
};

/** The development dependency that a program comes from; `null` if it is none, or also a dependency. */
export function developmentPackage(manifest: PackageManifest, program: string): string | null {
  const name = PACKAGE_OF[program] ?? program;
  return manifest.devDependencies.has(name) && !manifest.dependencies.has(name) ? name : null;
}
