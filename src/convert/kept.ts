import type { KeptPart } from './final-run.ts';
import type { Part } from './judge.ts';
import { type PackageFate, packageFate, packageFiles, packageWords } from './packages.ts';
import { isPackageSource, isWithin } from './paths.ts';
import type { Placing } from './placement.ts';
import type { Step } from './trace.ts';
import type { Tree } from './trees.ts';

/** Units that the final stage needs too, with the neutral ones that prepare them. */
export function keptParts(placing: Placing, step: Step, parts: readonly Part[]): KeptPart[] {
  const wanted = parts.map((part) => wantedPart(placing, step, part));
  if (!wanted.some((one) => one?.isReason)) return [];
  const installs = wanted.some((one) => one?.isInstall === true);
  const lastReason = wanted.findLastIndex((one) => one?.isReason === true);
  return parts.flatMap((part, index) => {
    const one = wanted[index];
    if (one?.isReason) return [{ part, words: one.words }];
    const { role, why } = part.verdict;
    if (why.code === 'packages-list' && laterInstall(wanted, index)) return [{ part, words: [] }];
    if (role === 'neutral' && index < lastReason) return [{ part, words: [] }];
    if (
      role === 'cleanup' &&
      installs &&
      packageFiles(placing.survey).some((path) => mentionsFile(part.unit.text, path))
    )
      return [{ part, words: [] }];
    const isListCleanup =
      role === 'cleanup' && installs && (why.code === 'cleanup' || part.verdict.packages.length === 0);
    return isListCleanup && /apt|apk|yum|dnf|\/var\/(lib|cache)/.test(part.unit.text) ? [{ part, words: [] }] : [];
  });
}

interface Wanted {
  readonly isReason: boolean;
  readonly isInstall?: boolean;
  readonly words: KeptPart['words'];
}

function laterInstall(wanted: readonly (Wanted | null)[], index: number): boolean {
  return wanted.slice(index).some((one) => one?.isReason === true);
}

function wantedPart(placing: Placing, step: Step, part: Part): Wanted | null {
  const { role, why } = part.verdict;
  if (role === 'packages' && why.code === 'packages') return wantedPackages(placing, step, part);
  if (why.code === 'packages-list') return hasLaterInstall(placing, step) ? { isReason: true, words: [] } : null;
  if (isFetchedToInstall(placing, part)) return { isReason: true, words: [] };
  if (why.code === 'system-package') return { isReason: true, isInstall: true, words: [] };
  if (role === 'system') return isSystemWanted(placing, part) ? { isReason: true, words: [] } : null;
  if (why.code === 'javascript-global') return isGlobalWanted(placing, part) ? { isReason: true, words: [] } : null;
  if (role === 'files') return isFilesWanted(placing, step, part) ? { isReason: true, words: [] } : null;
  return null;
}

function wantedPackages(placing: Placing, step: Step, part: Part): Wanted | null {
  const [command] = part.unit.commands;
  const [call] = part.invocations;
  const manager = call === undefined ? null : managerOf(call.name);
  // the words of an exec form have no places of their own
  const isExec = step.instruction.json !== null;
  if (command === undefined || call === undefined || manager === null || part.unit.kind !== 'simple' || isExec)
    return { isReason: true, words: [] };
  const resolve = (word: { value: string; isLiteral: boolean; text: string }): string[] => {
    if (word.isLiteral) return [word.value];
    const names = word.value.replaceAll(
      /\$\{?(\w+)\}?/g,
      (written, name: string) => call.scope.get(name)?.value ?? written,
    );
    return names.split(/\s+/).filter((name) => name !== '');
  };
  const words = packageWords(command, resolve, (name) => fateOf(placing, step, name, manager));
  // with no name it repairs what dpkg left unfinished
  const repairs = words.length === 0 && call.args.some((word) => /^(-\w*f\w*|--fix-broken)$/.test(word));
  const isEmpty = !repairs && words.every(({ fates }) => fates.every((fate) => fate.kind === 'drop'));
  return isEmpty ? null : { isReason: true, isInstall: true, words };
}

function mentionsFile(text: string, path: string): boolean {
  return text.includes(path.split('/').at(-1) ?? path);
}

/** A download without which an installation of the final stage cannot run: the package itself, or a source of packages. */
function isFetchedToInstall(placing: Placing, part: Part): boolean {
  const { why, writes, role } = part.verdict;
  const files = packageFiles(placing.survey);
  if (role === 'files' && writes.some((path) => files.includes(path))) return true;
  if (why.code !== 'download') return false;
  if (writes.some((path) => files.includes(path))) return true;
  const sources = [...placing.survey.runs.values()]
    .flat()
    .filter(({ verdict }) => verdict.writes.some(isPackageSource))
    .flatMap(({ verdict }) => verdict.reads);
  return writes.some((path) => isPackageSource(path) || sources.includes(path)) && keepsAnyPackage(placing);
}

function managerOf(program: string): 'apt' | 'apk' | 'dnf' | null {
  if (/^(apt|aptitude|apt-get|apt-fast)$/.test(program)) return 'apt';
  if (program === 'apk') return 'apk';
  return /^(yum|dnf|microdnf|tdnf)$/.test(program) ? 'dnf' : null;
}

function fateOf(placing: Placing, step: Step, name: string, manager: 'apt' | 'apk' | 'dnf'): PackageFate {
  if (name.includes('$')) return { kind: 'keep' };
  if (isRemovedLater(placing, step, name)) return { kind: 'drop' };
  const { base } = placing.survey;
  return packageFate(name, {
    manager,
    suite: placing.runtime.suite ?? base.suite,
    needed: placing.needed,
    // images of Node bring libstdc++ on Alpine, those of Python and PHP do not
    usesOpenMp: placing.survey.usesOpenMp,
    runtime: placing.runtime.family?.id ?? null,
    servesGyp: placing.survey.servesGyp,
    isBare: base.family === null || base.family.id === 'debian' || (manager === 'apk' && base.family.id !== 'node'),
  });
}

/** The file removes it again: what runs never had it. */
function isRemovedLater({ survey }: Placing, step: Step, name: string): boolean {
  return survey.trace.steps
    .slice(survey.trace.steps.indexOf(step))
    .flatMap((one) => survey.runs.get(one.instruction.index) ?? [])
    .some(
      ({ verdict }) =>
        verdict.why.code === 'packages-removed' && verdict.packages.some((one) => one === name.replace(/[=~].*$/, '')),
    );
}

/** `apt-get update` in a RUN of its own serves the installs of the RUNs after it. */
function hasLaterInstall(placing: Placing, step: Step): boolean {
  const steps = placing.survey.trace.steps.slice(0, placing.boundary + 1);
  const own = placing.survey.runs.get(step.instruction.index) ?? [];
  if (own.some((part) => part.verdict.why.code === 'packages')) return false;
  const later = steps.slice(steps.indexOf(step) + 1);
  return later.some((one) =>
    (placing.survey.runs.get(one.instruction.index) ?? []).some(
      (part) => part.verdict.why.code === 'packages' && wantedPackages(placing, one, part) !== null,
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
  return placing.survey.trace.steps.some((step) =>
    (placing.survey.runs.get(step.instruction.index) ?? []).some(
      (part) => part.verdict.why.code === 'packages' && wantedPackages(placing, step, part) !== null,
    ),
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
  // what is moved away is needed where it goes to
  const writes = part.verdict.writes.filter((path) => !part.verdict.reads.includes(path));
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
export function mentionsTree(placing: Placing, step: Step, part: Part): boolean {
  // it lists the libraries that are there when it runs
  if (part.verdict.role === 'system' && part.invocations.some(({ name }) => name === 'ldconfig')) return true;
  const trees = placing.made.trees.filter((tree) => !isBefore(tree, step));
  const paths = [...part.verdict.writes, ...part.verdict.reads];
  if (paths.some((path) => trees.some((tree) => isWithin(path, tree.root)))) return true;
  return part.verdict.role === 'system' && trees.some((tree) => part.unit.text.includes(`${tree.root}/`));
}
