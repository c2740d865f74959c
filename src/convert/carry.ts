import type { Reason } from './conversion.ts';
import { at, contextPath, hasPattern } from './copies.ts';
import { MANIFESTS, PYTHON_DATA } from './data/dependencies.ts';
import { absolute, isWithin, outermost } from './paths.ts';
import type { Survey } from './survey.ts';
import type { Made, Tree } from './trees.ts';

/** One `COPY --from` of the final stage. */
export interface Carry {
  /** absolute paths in the build stage */
  readonly sources: readonly string[];
  /** the same path; ends in a slash for several sources */
  readonly target: string;
  /** owner by name, where everything in it belongs to one user */
  readonly chown: string | null;
  readonly why: Reason;
}

/** Everything that the build stage made, for a program that is interpreted. */
export function carryAll(survey: Survey, made: Made, boundary: number, laterText: string): Carry[] {
  const trees = made.trees.filter(
    (tree) => isNeeded(survey, tree, laterText) && !isCopiedAgain(survey, tree, boundary),
  );
  const carries: Carry[] = trees.map((tree) => ({
    sources: [tree.root],
    target: tree.root,
    chown: ownerOf(tree),
    why: { code: 'tree', args: { path: tree.root } },
  }));
  // what changes least comes first: a change of the application then replaces no layer before it
  const holdsProgram = (carry: Carry) => isWithin(survey.trace.end.cwd, carry.target);
  return [
    ...carriedProducts(survey, made),
    ...carries.filter((one) => !holdsProgram(one)),
    ...carries.filter(holdsProgram),
  ];
}

/** Corepack fetches a package manager when it is first used: the running container has what the build fetched. */
function corepackCache(survey: Survey): string | null {
  const starts = survey.start.calls.some(({ name }) => /^(pnpm|yarn)$/.test(name));
  const parts = [...survey.runs.values()].flat();
  const isUsed =
    parts.some((part) => part.verdict.why.code === 'corepack') &&
    parts.some((part) => part.invocations.some(({ name }) => /^(pnpm|yarn)$/.test(name)));
  if (!starts || !isUsed) return null;
  return survey.trace.end.scope.get('COREPACK_HOME')?.value ?? `${survey.trace.end.home}/.cache/node/corepack`;
}

/** What the build put outside the application's own directories. */
function carriedProducts(survey: Survey, made: Made): Carry[] {
  const products = outermost(made.products.map((product) => product.path));
  const carries = products.map((path): Carry => {
    const target = /[*?]/.test(path) ? `${path.slice(0, path.lastIndexOf('/'))}/` : path;
    return {
      sources: [path],
      target,
      chown: productOwner(made, path),
      why: { code: productReason(path), args: { path } },
    };
  });
  const cache = corepackCache(survey);
  const browser = browserCache(survey);
  const isPython = products.some((path) => /site-packages$/.test(path)) && hasPythonData(survey);
  const more = [cache, browser, ...(isPython ? ['/usr/local/share', '/usr/local/etc'] : [])].filter(
    (path) => path !== null,
  );
  return [
    ...carries,
    ...more.map((path) => ({ sources: [path], target: path, chown: null, why: { code: 'product', args: { path } } })),
  ];
}

/** Puppeteer fetches its browser into the home when it is installed, since version 19; before, into its own folder. */
function browserCache(survey: Survey): string | null {
  const { project, directory } = survey.context;
  const version = /"puppeteer":\s*"[^"\d]*(\d+)/.exec(project.source(at(survey.context, 'package.json')) ?? '')?.[1];
  const isElsewhere = project.entries(directory).some(({ name }) => name.startsWith('.puppeteerrc'));
  if (version === undefined || Number(version) < 19 || isElsewhere || survey.file.text.includes('PUPPETEER_SKIP'))
    return null;
  const installed = survey.trace.steps.find(({ instruction }) =>
    survey.runs.get(instruction.index)?.some((part) => part.verdict.why.code === 'javascript-install'),
  );
  if (installed === undefined) return null;
  return installed.scope.get('PUPPETEER_CACHE_DIR')?.value ?? `${installed.home}/.cache/puppeteer`;
}

function hasPythonData(survey: Survey): boolean {
  const { project } = survey.context;
  return project
    .find({ depth: 3, limit: 3000 })
    .some((path) => MANIFESTS.python.test(path) && PYTHON_DATA.test(project.source(path) ?? ''));
}

/** Packages in a home belong to its user. */
function productOwner(made: Made, path: string): string | null {
  const users = new Set(made.products.filter((product) => product.path === path).map((product) => product.step.user));
  const [user] = users;
  return users.size === 1 && user !== undefined && user !== 'root' && path.startsWith('/home/') ? user : null;
}

function productReason(path: string): string {
  if (/site-packages|dist-packages|\/usr\/local\/lib$/.test(path)) return 'python-packages';
  if (path === '/usr/local/bin') return 'installed-programs';
  if (path === '/usr/local/bundle') return 'gems';
  return 'product';
}

/** Everything in it is copied again from the context, at the same place, by a COPY of the final stage. */
function isCopiedAgain(survey: Survey, tree: Tree, boundary: number): boolean {
  if (tree.writers.length > 0) return false;
  const later = survey.copies.filter(
    (copy) => survey.trace.steps.indexOf(copy.step) > boundary && copy.from === null && !copy.isRemote,
  );
  return tree.copies.every((copy) => {
    if (copy.from !== null || copy.isRemote || copy.hasHeredoc) return false;
    return copy.sources.every((source) => {
      if (hasPattern(source)) return later.some((other) => other.target === copy.target && other.sources.includes('.'));
      const path = copy.intoDirectory ? absolute(copy.target, source.split('/').at(-1) ?? '') : copy.target;
      return (
        !survey.context.project.isDirectory(at(survey.context, source)) &&
        contextPath(survey.context, later, path) === at(survey.context, source)
      );
    });
  });
}

/** Sources that were only fetched to be compiled and installed elsewhere stay behind. */
function isNeeded(survey: Survey, tree: Tree, laterText: string): boolean {
  if (tree.copies.length > 0) return true;
  if (isWithin(survey.trace.end.cwd, tree.root)) return true;
  const isFetched = tree.writers.every(({ part }) =>
    ['download', 'unpacked', 'compile', 'files-changed', 'cleanup'].includes(part.verdict.why.code),
  );
  const isCompiled = tree.writers.some(({ part }) => part.verdict.why.code === 'compile');
  if (!isFetched || !isCompiled) return true;
  return laterText.includes(tree.root) || survey.start.words.some((word) => isWithin(word, tree.root));
}

/** The one user to whom everything in a tree belongs; `null`: several, or root. */
function ownerOf(tree: Tree): string | null {
  const changed = tree.writers.findLast(
    ({ part, path }) =>
      path === tree.root && /^(sudo )?chown\b.*\s-\w*R|^(sudo )?chown\s+--recursive/.test(part.unit.text),
  );
  if (changed !== undefined) {
    const later = tree.writers.some(
      (writer) =>
        writer.step.instruction.index > changed.step.instruction.index &&
        writer.part.verdict.role === 'build' &&
        writer.step.user === 'root',
    );
    const owner = changed.part.invocations[0]?.args.find((word) => !word.startsWith('-'));
    return later || owner === undefined || owner.includes('$') ? null : owner;
  }
  const owners = new Set<string>();
  for (const copy of tree.copies) {
    const flag = copy.step.instruction.flags.find((one) => one.name === 'chown')?.value;
    owners.add(flag ?? 'root');
  }
  for (const { part, step } of tree.writers) {
    if (part.verdict.role === 'build' || part.verdict.role === 'program' || part.verdict.role === 'files')
      owners.add(step.user);
  }
  const plain = new Set([...owners].map((owner) => owner.split(':')[0] ?? owner));
  if (plain.size !== 1 || plain.has('root') || plain.has('0')) return null;
  return [...owners].find((owner) => owner.includes(':')) ?? [...owners][0] ?? null;
}

/** Modes and owners of the directories themselves, which a copy of their contents does not keep. */
export function directoryFixes(made: Made, carries: readonly Carry[]): string[] {
  const fixes: string[] = [];
  for (const tree of made.trees) {
    const carry = carries.find((one) => one.target === tree.root);
    if (carry === undefined) continue;
    for (const { part, path, step } of tree.writers) {
      if (path !== tree.root || step.instruction.index < tree.firstContent) continue;
      for (const call of part.invocations.filter(({ name }) => /^(chmod|chgrp|chown)$/.test(name))) {
        const [mode = ''] = call.args.filter((word) => !/^-[Rvcf]+$|^--recursive$/.test(word));
        if (call.name === 'chown' && carry.chown !== null) continue;
        if (call.name === 'chmod' && /^[ugoa]*[+=]X$|^[ugoa]*\+x$/.test(mode)) continue;
        fixes.push(`${call.name} ${mode} ${tree.root}`);
      }
    }
  }
  return [...new Set(fixes)];
}
