import type { Base } from './base.ts';
import type { Reason } from './conversion.ts';
import { RUN_PACKAGES } from './data/packages.ts';
import type { KeptPart } from './final-run.ts';
import type { Part } from './judge.ts';
import { type PackageFate, packageFate, packageWords } from './packages.ts';
import { isWithin, ownRoot } from './paths.ts';
import type { Survey } from './survey.ts';
import type { Step } from './trace.ts';
import type { Made, Tree } from './trees.ts';

/** Where an instruction stands in the new file. */
export interface Placement {
  readonly step: Step;
  readonly inBuild: boolean;
  /** `early`: before what is copied from the build stage; `late`: after it; `tail`: it follows the last build step */
  readonly inFinal: 'no' | 'early' | 'late' | 'tail';
  /** units of a RUN that stay in the final stage; `null`: all of it, as it stands */
  readonly kept: readonly KeptPart[] | null;
  readonly role: 'build' | 'run' | 'both';
  readonly why: Reason;
}

export interface Placing {
  readonly survey: Survey;
  /** position of the last build step in the trace */
  readonly boundary: number;
  readonly made: Made;
  readonly runtime: Base;
  /** programs that run in the final stage */
  readonly needed: ReadonlySet<string>;
}

const METADATA = new Set(['CMD', 'ENTRYPOINT', 'EXPOSE', 'VOLUME', 'STOPSIGNAL', 'HEALTHCHECK']);
const NAMING = new Set(['LABEL', 'MAINTAINER']);
const STATE = new Set(['ENV', 'ARG', 'SHELL', 'USER', 'WORKDIR']);

/** Places every instruction after FROM. */
export function placeSteps(placing: Placing): Placement[] {
  return placing.survey.trace.steps.map((step, position) => placeStep(placing, step, position));
}

function placeStep(placing: Placing, step: Step, position: number): Placement {
  const { keyword } = step.instruction;
  if (position > placing.boundary) return place(step, false, 'tail', 'run', 'after-build');
  if (METADATA.has(keyword)) return place(step, false, 'late', 'run', 'describes-container');
  if (NAMING.has(keyword)) return place(step, false, 'early', 'run', 'describes-container');
  if (STATE.has(keyword)) return place(step, true, 'early', 'both', stateReason(keyword));
  if (keyword === 'COPY' || keyword === 'ADD') return placeCopy(placing, step);
  if (keyword === 'RUN') return placeRun(placing, step);
  return place(step, true, 'early', 'both', 'unknown-kept');
}

function stateReason(keyword: string): string {
  if (keyword === 'ENV') return 'env-both';
  return keyword === 'ARG' ? 'arg-both' : 'state-both';
}

function placeCopy(placing: Placing, step: Step): Placement {
  const copy = placing.survey.copies.find((one) => one.step === step);
  if (copy === undefined) return place(step, true, 'early', 'both', 'unknown-kept');
  if (ownRoot(copy.target, placing.survey.homes) !== null) return place(step, true, 'no', 'build', 'copied-over');
  if (copy.from !== null && isBuildTool(placing, copy.sources, copy.target))
    return place(step, true, 'no', 'build', 'tool-left');
  const isTemporary = isWithin(copy.target, '/tmp') || isWithin(copy.target, '/var/tmp');
  const isUsed = placing.survey.start.words.some((word) => isWithin(word, copy.target));
  if (isTemporary && !isUsed) return place(step, true, 'no', 'build', 'temporary');
  return place(step, true, 'early', 'both', 'system-file');
}

/** A program from another image that nothing starts in the final stage: composer, uv, a compiler. */
function isBuildTool(placing: Placing, sources: readonly string[], target: string): boolean {
  const names = [...sources, target].map((path) => path.split('/').at(-1) ?? '');
  const known = names.some((name) =>
    /^(composer(\.phar)?|uv|uvx|poetry|cargo-chef|pnpm|yarn|node|npm|tini-static|install-php-extensions|mvn)$/.test(
      name,
    ),
  );
  return known && !names.some((name) => placing.needed.has(name));
}

function placeRun(placing: Placing, step: Step): Placement {
  const parts = placing.survey.runs.get(step.instruction.index) ?? [];
  const kept = keptParts(placing, step, parts);
  if (kept.length === 0) return place(step, true, 'no', 'build', buildReason(parts));
  const isLate = kept.some(({ part }) => mentionsTree(placing, step, part));
  const builds = parts.some((part) => part.verdict.role === 'build' || part.verdict.role === 'program');
  if (isRunOnly(placing, step, parts)) return place(step, false, 'early', 'run', 'packages-run');
  const why: Reason = { code: builds ? 'run-split' : 'system-both', args: {} };
  return { step, inBuild: true, inFinal: isLate ? 'late' : 'early', kept, role: 'both', why };
}

/** Installs only what runs, and no program of the project runs in the build that could use it. */
function isRunOnly(placing: Placing, step: Step, parts: readonly Part[]): boolean {
  const installs = parts.filter((part) => part.verdict.why.code === 'packages');
  const isPlain = parts.every(({ verdict }) => /^(packages|cleanup|neutral)$/.test(verdict.role));
  if (!isPlain || installs.length === 0) return false;
  if (!installs.every((part) => part.verdict.packages.every((name) => RUN_PACKAGES.test(name.replace(/=.*$/, '')))))
    return false;
  const { steps } = placing.survey.trace;
  const later = steps.slice(steps.indexOf(step) + 1, placing.boundary + 1);
  return later.every((one) =>
    (placing.survey.runs.get(one.instruction.index) ?? []).every(
      ({ verdict }) =>
        verdict.role !== 'program' && !/^(javascript-build|ruby-build|project-tool)$/.test(verdict.why.code),
    ),
  );
}

function buildReason(parts: readonly Part[]): string {
  const main =
    parts.find((part) => part.verdict.role === 'build') ?? parts.find((part) => part.verdict.role !== 'neutral');
  return main?.verdict.why.code ?? 'nothing-changed';
}

/** Units that the final stage needs too, with the neutral ones that prepare them. */
function keptParts(placing: Placing, step: Step, parts: readonly Part[]): KeptPart[] {
  const wanted = parts.map((part) => wantedPart(placing, step, part));
  if (!wanted.some((one) => one !== null && one.isReason)) return [];
  const installs = wanted.some((one) => one?.words !== undefined && one.words.length > 0);
  const lastReason = wanted.findLastIndex((one) => one?.isReason === true);
  return parts.flatMap((part, index) => {
    const one = wanted[index];
    if (one?.isReason) return [{ part, words: one.words }];
    const { role, why } = part.verdict;
    if (why.code === 'packages-list' && laterInstall(wanted, index)) return [{ part, words: [] }];
    if (role === 'neutral' && index < lastReason) return [{ part, words: [] }];
    const isListCleanup =
      role === 'cleanup' && installs && (why.code === 'cleanup' || part.verdict.packages.length === 0);
    return isListCleanup && /apt|apk|yum|dnf|\/var\/(lib|cache)/.test(part.unit.text) ? [{ part, words: [] }] : [];
  });
}

interface Wanted {
  readonly isReason: boolean;
  readonly words: KeptPart['words'];
}

function laterInstall(wanted: readonly (Wanted | null)[], index: number): boolean {
  return wanted.slice(index).some((one) => one?.isReason === true);
}

function wantedPart(placing: Placing, step: Step, part: Part): Wanted | null {
  const { role, why } = part.verdict;
  if (role === 'packages' && why.code === 'packages') return wantedPackages(placing, part);
  if (why.code === 'packages-list') return hasLaterInstall(placing, step) ? { isReason: true, words: [] } : null;
  if (role === 'system') return isSystemWanted(placing, part) ? { isReason: true, words: [] } : null;
  if (why.code === 'javascript-global') return isGlobalWanted(placing, part) ? { isReason: true, words: [] } : null;
  if (role === 'files') return isFilesWanted(placing, step, part) ? { isReason: true, words: [] } : null;
  return null;
}

function wantedPackages(placing: Placing, part: Part): Wanted | null {
  const [command] = part.unit.commands;
  const [call] = part.invocations;
  const manager = call === undefined ? null : managerOf(call.name);
  if (command === undefined || call === undefined || manager === null || part.unit.kind !== 'simple')
    return { isReason: true, words: [] };
  const resolve = (word: { value: string; isLiteral: boolean; text: string }): string[] => {
    if (word.isLiteral) return [word.value];
    const names = word.value.replaceAll(
      /\$\{?(\w+)\}?/g,
      (written, name: string) => call.scope.get(name)?.value ?? written,
    );
    return names.split(/\s+/).filter((name) => name !== '');
  };
  const words = packageWords(command, resolve, (name) => fateOf(placing, name, manager));
  const isEmpty = words.every(({ fates }) => fates.every((fate) => fate.kind === 'drop'));
  return isEmpty ? null : { isReason: true, words };
}

function managerOf(program: string): 'apt' | 'apk' | 'dnf' | null {
  if (/^(apt|aptitude|apt-get|apt-fast)$/.test(program)) return 'apt';
  if (program === 'apk') return 'apk';
  return /^(yum|dnf|microdnf|tdnf)$/.test(program) ? 'dnf' : null;
}

function fateOf(placing: Placing, name: string, manager: 'apt' | 'apk' | 'dnf'): PackageFate {
  if (name.includes('$')) return { kind: 'keep' };
  return packageFate(name, manager, placing.runtime.suite ?? placing.survey.base.suite, placing.needed);
}

/** `apt-get update` in a RUN of its own serves the installs of the RUNs after it. */
function hasLaterInstall(placing: Placing, step: Step): boolean {
  const steps = placing.survey.trace.steps.slice(0, placing.boundary + 1);
  const own = placing.survey.runs.get(step.instruction.index) ?? [];
  if (own.some((part) => part.verdict.why.code === 'packages')) return false;
  const later = steps.slice(steps.indexOf(step) + 1);
  return later.some((one) =>
    (placing.survey.runs.get(one.instruction.index) ?? []).some(
      (part) => part.verdict.why.code === 'packages' && wantedPackages(placing, part) !== null,
    ),
  );
}

function isSystemWanted(placing: Placing, part: Part): boolean {
  const { text } = part.unit;
  const { why } = part.verdict;
  if (why.code === 'corepack') return placing.needed.has('yarn') || placing.needed.has('pnpm');
  if (/nodesource|yarnpkg|dl\.yarn/.test(text))
    return (
      ['node', 'npm', 'yarn'].some((name) => placing.needed.has(name)) && placing.survey.base.family?.id !== 'node'
    );
  if (why.code === 'package-source' || /apt-key|add-apt-repository|keyrings|sources\.list/.test(text))
    return keepsAnyPackage(placing);
  if (/apt-mark|apt-utils/.test(text)) return false;
  return true;
}

function keepsAnyPackage(placing: Placing): boolean {
  return [...placing.survey.runs.values()].some((parts) =>
    parts.some((part) => part.verdict.why.code === 'packages' && wantedPackages(placing, part) !== null),
  );
}

/** Tools that are installed globally only to build; another one stays, since it may be started. */
const GLOBAL_BUILD_TOOLS =
  /^(typescript|@angular\/cli|@vue\/cli|webpack(-cli)?|gulp(-cli)?|grunt(-cli)?|bower|rollup|parcel(-bundler)?|vite|node-gyp|lerna|nx|turbo|eslint|prettier|jest|mocha|rimraf|npm-run-all|@nestjs\/cli|create-react-app|expo-cli|babel-cli|browserify|less|sass|node-sass|yarn|pnpm|npm|node-pre-gyp|@babel\/cli|tsc|ember-cli|react-scripts)(@.*)?$/;

function isGlobalWanted(placing: Placing, part: Part): boolean {
  const names = part.verdict.packages.filter((name) => !name.startsWith('-'));
  return names.some((name) => {
    const plain = name.replace(/(.)@.*$/, '$1');
    const isNeeded = placing.needed.has(plain.split('/').at(-1) ?? plain);
    return isNeeded || !GLOBAL_BUILD_TOOLS.test(plain);
  });
}

/**
 * File operations on what is not copied over from the build stage are done again, and so are those that make a directory
 * before anything lies in it: a copy of its contents does not keep its owner and mode.
 */
function isFilesWanted(placing: Placing, step: Step, part: Part): boolean {
  const { writes } = part.verdict;
  const { trees, products } = placing.made;
  const isCarried = (path: string) =>
    trees.some((tree) => isWithin(path, tree.root) && !isBefore(tree, step)) ||
    products.some((product) => product.path === path) ||
    isWithin(path, '/tmp');
  return writes.length > 0 && !writes.every(isCarried);
}

function isBefore(tree: Tree, step: Step): boolean {
  return step.instruction.index < tree.firstContent;
}

/** A path of the application in what is done again: it must be there first. */
function mentionsTree(placing: Placing, step: Step, part: Part): boolean {
  const trees = placing.made.trees.filter((tree) => !isBefore(tree, step));
  const paths = [...part.verdict.writes, ...part.verdict.reads];
  if (paths.some((path) => trees.some((tree) => isWithin(path, tree.root)))) return true;
  return part.verdict.role === 'system' && trees.some((tree) => part.unit.text.includes(`${tree.root}/`));
}

function place(
  step: Step,
  inBuild: boolean,
  inFinal: Placement['inFinal'],
  role: Placement['role'],
  code: string,
): Placement {
  return { step, inBuild, inFinal, kept: null, role, why: { code, args: {} } };
}
