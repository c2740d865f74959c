import semver from 'semver';
import type { Fact } from '../../model/fact.ts';

/**
 * Packages that do not work with newer versions of Node, by their own version. A range of Node versions is narrowed by
 * them; an exact declaration is not. Sources: the packages' own tables of supported versions and their release notes.
 */
const LIMITS: readonly { readonly name: string; readonly versions: string; readonly newest: number }[] = [
  { name: 'node-sass', versions: '<4.13', newest: 12 },
  { name: 'node-sass', versions: '4.13 - 4.14', newest: 14 },
  { name: 'node-sass', versions: '5', newest: 15 },
  { name: 'node-sass', versions: '6', newest: 16 },
  { name: 'node-sass', versions: '7', newest: 16 },
  { name: 'node-sass', versions: '8', newest: 18 },
  { name: 'node-sass', versions: '9', newest: 20 },
  { name: 'gulp', versions: '<4', newest: 10 },
  { name: 'fibers', versions: '*', newest: 14 },
  { name: 'grpc', versions: '*', newest: 14 },
  { name: 'sqlite3', versions: '<5', newest: 14 },
  { name: 'bcrypt', versions: '<4', newest: 12 },
  { name: 'bcrypt', versions: '<5', newest: 14 },
  { name: 'better-sqlite3', versions: '<7.4', newest: 14 },
  { name: 'better-sqlite3', versions: '<8', newest: 18 },
  { name: 'better-sqlite3', versions: '<9', newest: 20 },
  { name: 'better-sqlite3', versions: '<12', newest: 22 },
  { name: 'better-sqlite3', versions: '<12.8', newest: 24 },
  { name: 'canvas', versions: '<2.8', newest: 14 },
  { name: 'canvas', versions: '<3', newest: 22 },
  { name: 'argon2', versions: '<0.26', newest: 14 },
  { name: 'libxmljs', versions: '<0.19.9', newest: 14 },
  { name: 'leveldown', versions: '<5', newest: 10 },
  { name: 'node-pty', versions: '<0.10', newest: 14 },
  { name: 'zeromq', versions: '<6', newest: 14 },
  { name: '@nestjs/cli', versions: '<7', newest: 20 },
  // Node 25 has a global localStorage; server rendering of these takes it for a browser's
  { name: 'next', versions: '<16', newest: 24 },
  { name: 'nuxt', versions: '<4', newest: 24 },
  { name: 'gatsby', versions: '*', newest: 24 },
  { name: '@docusaurus/core', versions: '<4', newest: 24 },
  { name: 'vuepress', versions: '*', newest: 24 },
  { name: '@angular/cli', versions: '<21', newest: 24 },
];

/** Build tools that hash with MD4, which OpenSSL 3 (Node 17 and later) only offers as a legacy algorithm. */
const NEEDS_LEGACY_OPENSSL: readonly { readonly name: string; readonly versions: string }[] = [
  { name: 'webpack', versions: '<5.61' },
  { name: 'react-scripts', versions: '<5' },
  { name: '@vue/cli-service', versions: '<5' },
  { name: 'next', versions: '<12' },
  { name: 'nuxt', versions: '<3' },
  { name: '@angular-devkit/build-angular', versions: '<13' },
  { name: '@angular/cli', versions: '<13' },
  { name: 'gatsby', versions: '<4' },
  { name: 'vuepress', versions: '<2' },
  { name: 'laravel-mix', versions: '<6' },
  { name: '@craco/craco', versions: '<6.4' },
  { name: 'umi', versions: '<4' },
  { name: '@quasar/app', versions: '<3.2' },
  { name: 'preact-cli', versions: '<4' },
];

/** Version of a direct dependency, and where it is declared; `null` where the project has no such dependency. */
export type InstalledVersion = (name: string) => Fact | null;

/** The lowest limit on Node's version that a dependency sets. */
export function newestNode(installed: InstalledVersion): { readonly newest: number; readonly because: Fact } | null {
  let lowest: { newest: number; because: Fact } | null = null;
  for (const limit of LIMITS) {
    const version = installed(limit.name);
    if (!version || !includes(limit.versions, version.value)) continue;
    if (lowest && lowest.newest <= limit.newest) continue;
    lowest = { newest: limit.newest, because: { ...version, value: `${limit.name} ${version.value}` } };
  }
  return lowest;
}

/** Tools that build with the webpack which they bring along. */
const ON_WEBPACK = [
  'react-scripts',
  '@vue/cli-service',
  '@angular-devkit/build-angular',
  'nuxt',
  'gatsby',
  'vuepress',
  '@docusaurus/core',
  'laravel-mix',
  'umi',
  '@quasar/app',
  'preact-cli',
];

/** A build script that gives the option itself. On Linux `set NAME=value` sets nothing. */
export function givesLegacyOpenssl(script: string): boolean {
  return script.includes('--openssl-legacy-provider') && !/\bset\s+NODE_OPTIONS/i.test(script);
}

/** The dependency for whose sake `--openssl-legacy-provider` is needed on Node 17 and later; `locked`: versions of webpack. */
export function legacyOpenssl(installed: InstalledVersion, locked: readonly string[]): Fact | null {
  for (const { name, versions } of NEEDS_LEGACY_OPENSSL) {
    const version = installed(name);
    if (version && includes(versions, version.value)) return { ...version, value: name };
  }
  if (!locked.some((version) => includes('<5.61', version))) return null;
  const tool = ON_WEBPACK.find((name) => installed(name) !== null);
  const found = tool === undefined ? null : installed(tool);
  return found && { ...found, value: tool ?? '' };
}

/** Commands that load their modules through `v8-compile-cache`, which knows no ES modules. */
const LOADED_THROUGH_CACHE: readonly { readonly name: string; readonly versions: string }[] = [
  { name: 'webpack-cli', versions: '<4.10' },
  { name: 'parcel-bundler', versions: '*' },
];

/** From Node 22 on `require` is offered ES modules, which such a command then fails on. */
export function breaksOnCompileCache(installed: InstalledVersion, node: string): boolean {
  if (Number(node) < 22) return false;
  return LOADED_THROUGH_CACHE.some(({ name, versions }) => {
    const version = installed(name);
    return version !== null && includes(versions, version.value);
  });
}

function includes(range: string, version: string): boolean {
  const exact = semver.valid(version);
  if (exact !== null) return semver.satisfies(exact, range, { includePrerelease: true });
  // no lock file: the newest version that the project allows is installed
  const declared = semver.validRange(version);
  return declared !== null && (range === '*' || semver.subset(declared, range, { includePrerelease: true }));
}
