import type { Base } from './base.ts';
import { HEAVY_WHEELS } from './data/heavy-packages.ts';
import { BASE_SIZES, DOTNET_RUNTIME_SIZE, JRE_SIZE, LEFTOVER_SIZES, PACKAGE_SIZES } from './data/sizes.ts';
import type { Decision } from './decide.ts';
import { readManifest } from './manifest.ts';
import { isWithin } from './paths.ts';

/** Megabytes, rough: sizes of base images and packages from a table, nothing measured. */
export interface Estimate {
  readonly before: number;
  readonly after: number;
  /** what stays behind, largest first */
  readonly savings: readonly { readonly what: string; readonly megabytes: number }[];
}

/** The RUN removes the cache that it fills. */
const CLEANED = /cache (clean|purge|prune)|rm -\w+ [^&;|]*(\.npm|\.cache|\.m2|\.yarn)/;

/** What is left behind and is no cache. */
const LEFTOVERS: Readonly<Record<string, string>> = { objects: 'object files', tool: 'tools' };

/** Folders of a base image that are copied whole, over themselves. */
const DOUBLED = new Set(['/usr/local/lib', '/usr/local']);

/** A gain below this is not worth a second stage. */
const LEAST_MEGABYTES = 5;

export function estimate(decision: Decision): Estimate {
  const { survey, runtime } = decision;
  const savings: { what: string; megabytes: number }[] = [];
  const old = baseSize(survey.base);
  const next = runtime.isSame ? old : baseSize(runtime.base);
  if (next < old) savings.push({ what: `${survey.base.reference} → ${runtime.base.reference}`, megabytes: old - next });
  const seen = new Set<string>();
  for (const placement of decision.placements) {
    if (!placement.inBuild) continue;
    const text =
      placement.step.instruction.body.text +
      placement.step.instruction.heredocs.map((heredoc) => heredoc.text).join('');
    for (const part of survey.runs.get(placement.step.instruction.index) ?? []) {
      const isTaken = part.verdict.writes.every((path) =>
        decision.carries.some(({ target }) => isWithin(path, target)),
      );
      for (const { kind, name } of part.verdict.leaves) {
        // objects lie among what is copied
        if (kind === 'objects' && isTaken) continue;
        if (seen.has(`${kind} ${name}`) || isMounted(placement.step.instruction.flags) || CLEANED.test(text)) continue;
        seen.add(`${kind} ${name}`);
        savings.push({ what: LEFTOVERS[kind] ?? `cache of ${name}`, megabytes: leftoverSize(decision, kind) });
      }
    }
    savings.push(...droppedPackages(decision, placement));
  }
  if (decision.pruning.kind === 'prune')
    savings.push({ what: 'development dependencies', megabytes: 8 * decision.pruning.packages });
  const saved = savings.reduce((sum, one) => sum + one.megabytes, 0);
  const added = decision.added.reduce((sum, one) => sum + (PACKAGE_SIZES[one.name] ?? 4), 0);
  const doubled = decision.carries.filter(({ target }) => runtime.isSame && DOUBLED.has(target)).length * 60;
  const application = 40;
  const before = Math.max(old, next) + saved - Math.max(0, old - next) + application;
  return {
    before,
    after: Math.max(before - saved + added + doubled, next),
    savings: savings.sort((one, other) => other.megabytes - one.megabytes),
  };
}

export function paysOff({ before, after }: Estimate): boolean {
  return before - after >= LEAST_MEGABYTES;
}

/** What a package manager keeps grows with what it fetched. */
function leftoverSize({ survey }: Decision, kind: string): number {
  const { project } = survey.context;
  if (kind === 'npm-cache') {
    const locked = (project.source('package-lock.json') ?? '').match(/"node_modules\//g)?.length;
    const named = readManifest(project, 'package.json');
    const direct = (named?.dependencies.length ?? 0) + (named?.devDependencies.length ?? 0);
    return Math.round(Math.min(200, Math.max(5, (locked ?? direct * 25) * 0.08)));
  }
  if (kind !== 'pip-cache') return LEFTOVER_SIZES[kind] ?? 0;
  const lines = project
    .find({ endings: ['requirements.txt', 'pyproject.toml', 'Pipfile'], depth: 2 })
    .flatMap((path) => (project.source(path) ?? '').split('\n'));
  const names = lines
    .map((line) => /^\s*["']?([A-Za-z0-9][\w.-]*)/.exec(line)?.[1]?.toLowerCase())
    .filter((name) => name !== undefined);
  return Math.round(names.reduce((sum, name) => sum + (HEAVY_WHEELS[name] ?? 0.7), 2));
}

function isMounted(flags: readonly { readonly name: string; readonly value: string | null }[]): boolean {
  return flags.some((flag) => flag.name === 'mount' && flag.value?.includes('type=cache'));
}

function droppedPackages(
  decision: Decision,
  { step, kept }: Decision['placements'][number],
): { what: string; megabytes: number }[] {
  const parts = decision.survey.runs.get(step.instruction.index) ?? [];
  const isRemovedAgain = parts.some(
    (part) => part.verdict.why.code === 'packages-removed' && /autoremove|purge|remove|apk del/.test(part.unit.text),
  );
  if (isRemovedAgain) return [];
  return parts
    .filter((part) => part.verdict.why.code === 'packages')
    .flatMap((part) => {
      const words = kept?.find((one) => one.part === part)?.words;
      const dropped =
        words === undefined
          ? part.verdict.packages
          : words.flatMap(({ names, fates }) => names.filter((_, index) => fates[index]?.kind !== 'keep'));
      return withRecommended(dropped, part.unit.text).map((name) => ({
        what: name,
        megabytes: PACKAGE_SIZES[name] ?? PACKAGE_SIZES['other'] ?? 0,
      }));
    });
}

/** What apt installs along with a package unless it is told not to. */
function withRecommended(names: readonly string[], command: string): readonly string[] {
  const brings = names.includes('python3-pip') && !command.includes('--no-install-recommends');
  return brings ? [...new Set([...names, 'build-essential'])] : names;
}

function baseSize(base: Base): number {
  const id = base.family?.id ?? 'debian';
  if (id === 'java' && /jre/.test(base.reference)) return JRE_SIZE[base.flavour];
  if (id === 'dotnet' || /dotnet\/(core\/)?(aspnet|runtime)/.test(base.repository))
    return /sdk/.test(base.repository) ? 850 : DOTNET_RUNTIME_SIZE;
  return BASE_SIZES[id]?.[base.flavour] ?? 120;
}
