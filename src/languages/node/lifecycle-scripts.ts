import type { Fact } from '../../model/fact.ts';
import type { Build, BuildStep } from './build.ts';
import { type Manifest, scriptFact } from './manifest.ts';
import { type Program, programsOf } from './scripts.ts';
import { baseName } from './wrappers.ts';

/** Scripts of the project itself that an installation runs, in that order. */
const NAMES = [
  'preinstall',
  'install',
  'postinstall',
  'preprepare',
  'prepublish',
  'prepare',
  'postprepare',
  'pnpm:devPreinstall',
];

/** Programs that have no meaning in an image, or that only check or tell something. */
const POINTLESS =
  /^(?:husky|husky-init|simple-git-hooks|lefthook|pre-commit|yorkie|ghooks|git|is-ci|ci-info|only-allow|npm-force-resolutions|force-resolutions|check-engine|check-engines|check-node-version|check-dependencies|opencollective|opencollective-postinstall|echo|true|:|exit|test|\[|ngcc|playwright|cypress|electron-builder|electron-rebuild|lerna|bower-away|lint-staged|skip-ci|is-docker|ignore-dependency-scripts|npx|npm|yarn|pnpm|bun|node_modules|allow-scripts|syncpack|manypkg|patch-package|shx|pinst|snyk)$/;

export interface LifecycleScripts {
  /** present ones: they are taken out of the manifest before the installation, so that it needs no sources and no Git */
  readonly names: readonly string[];
  readonly facts: readonly Fact[];
  /** what they did for the project, to be run once the sources are there */
  readonly steps: readonly BuildStep[];
  readonly programs: readonly Program[];
  /** `patch-package` changes what was installed, so it belongs to the installation */
  readonly patches: boolean;
}

/** What the project's own install scripts do, and what of it an image needs. `build` is not run twice. */
export function lifecycleScripts(manifest: Manifest, build: Build | null): LifecycleScripts {
  const facts = NAMES.map((name) => ({ name, fact: scriptFact(manifest, name) })).filter(
    (one): one is { name: string; fact: Fact } => one.fact !== null,
  );
  const builds = new Set((build?.programs ?? []).map(({ words }) => words.join(' ')));
  const steps: BuildStep[] = [];
  const programs: Program[] = [];
  let patches = false;
  for (const { name } of facts) {
    const run = programsOf(manifest, name);
    if (run.some(({ words }) => words.some((word) => /^patch-package$/.test(baseName(word))))) patches = true;
    const needed = run.filter((program) => !isPointless(program) && !builds.has(program.words.join(' ')));
    // npm runs `prepublish` before it publishes, and has not run it on an installation since its version 7
    if (needed.length === 0 || name === 'preinstall' || (name === 'prepublish' && build !== null)) continue;
    steps.push({ kind: 'script', name });
    programs.push(...run);
  }
  return { names: facts.map(({ name }) => name), facts: facts.map(({ fact }) => fact), steps, programs, patches };
}

function isPointless({ words }: Program): boolean {
  const name = baseName(words[0] ?? '');
  if (name === 'node')
    return /^-(?:e|p)$/.test(words[1] ?? '') || words.slice(1).some((word) => /husky|hooks/.test(word));
  if (/^(?:npm|yarn|pnpm)$/.test(name))
    return (
      !words.some((word) => /build|generate|compile/.test(word)) ||
      words.some((word) => /^(?:install|i|ci)$/.test(word))
    );
  return POINTLESS.test(name);
}
