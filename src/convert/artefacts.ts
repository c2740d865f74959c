import { dataCarries } from './beside.ts';
import type { Carry } from './carry.ts';
import { contextPath, hasPattern } from './copies.ts';
import { installedPrograms, isProduct } from './installed.ts';
import { isSelfContained } from './jars.ts';
import { below, isWithin } from './paths.ts';
import type { Refusal } from './refusals.ts';
import type { Survey } from './survey.ts';
import { isPlainLocal, type Made, sharedOutput, type Tree } from './trees.ts';

/** What a compiled program needs of the build stage; `null`: its parts cannot be told, the whole directory is needed. */
export interface Artefacts {
  readonly carries: readonly Carry[];
  /** directories to be added to PATH, because the program is found there */
  readonly searchPaths: readonly string[];
  readonly refusal: Refusal | null;
}

/** More single copies than this are less clear than one of the whole directory. */
const MOST_COPIES = 7;

export function findArtefacts(survey: Survey, made: Made): Artefacts {
  const carries: Carry[] = [];
  const used = new Set<string>();
  const add = (carry: Carry) => {
    const key = carry.sources.join(' ');
    if (!used.has(key)) carries.push(carry);
    used.add(key);
  };
  for (const path of survey.start.words) {
    const inTree = made.trees.some((tree) => isWithin(path, tree.root));
    const isMade = inTree ? isWritten(made, path) : isProduct(made, path);
    if (!isMade || isSent(survey, path) || isDirectoryOfContext(survey, path)) continue;
    if (made.trees.some((tree) => tree.root === path && tree.copies.length > 0)) continue;
    add({ ...productCarry(survey, path), chown: null, why: { code: 'artefact', args: { path } } });
  }
  const installed = installedPrograms(survey, made);
  for (const carry of installed.carries) add(carry);
  const { searchPaths } = installed;
  const line = survey.start.command?.line ?? survey.start.entrypoint?.line ?? null;
  if (carries.length === 0 && !survey.start.isOpen) {
    return { carries, searchPaths, refusal: { reason: { code: 'artefact-unknown', args: {} }, line } };
  }
  const libraries = builtLibraries(survey, made);
  if (!Array.isArray(libraries)) return { carries, searchPaths, refusal: libraries };
  carries.push(...libraries);
  const data = made.trees.map((tree) => dataCarries(survey, tree));
  const isWhole =
    (survey.start.isOpen && carries.length === 0) || carries.some(({ target }) => isComposed(made, target));
  if (isWhole || made.trees.some((tree) => hasUnknownOutput(tree)))
    return { carries: wholeTrees(made), searchPaths, refusal: null };
  const all = withoutCovered([
    ...carries,
    ...data.flat(),
    ...startedScripts(survey, made, [...carries, ...data.flat()]),
  ]);
  if (all.length > MOST_COPIES && made.trees.every((tree) => !hasHugeOutput(tree)))
    return { carries: wholeTrees(made), searchPaths, refusal: null };
  return { carries: all, searchPaths, refusal: null };
}

/** Libraries of others that the build compiled and installed: the program may be linked to them. */
function builtLibraries(survey: Survey, made: Made): Carry[] | Refusal {
  const writer = made.writers.find(({ part, path }) => {
    const [folder = '/'] = part.verdict.writes;
    const isOwn = made.trees.some((tree) => tree.copies.length > 0 && isWithin(folder, tree.root));
    return path === '/usr/local' && part.verdict.why.code === 'compile' && !isOwn;
  });
  if (writer === undefined) return [];
  if (!isPlainLocal(survey)) return sharedOutput(writer);
  const folder = '/usr/local/lib';
  return [{ sources: [folder], target: folder, chown: null, why: { code: 'built-libraries', args: {} } }];
}

/** Files of the context that the container starts or reads by name, although they lie among the sources. */
function startedScripts(survey: Survey, made: Made, carries: readonly Carry[]): Carry[] {
  return survey.start.words
    .filter((path) => {
      const place = contextPath(survey.context, survey.copies, path);
      const isFile = place !== null && survey.context.project.isFile(place);
      const isThere = carries.some(({ sources }) => sources.some((source) => isWithin(path, source)));
      return isFile && !isThere && made.trees.some((tree) => isWithin(path, tree.root));
    })
    .map((path) => ({ sources: [path], target: path, chown: null, why: { code: 'data', args: {} } }));
}

/** A copy of a file is not needed where its folder is copied too. */
function withoutCovered(carries: readonly Carry[]): Carry[] {
  const unique = [...new Map(carries.map((carry) => [carry.sources.join(' '), carry])).values()];
  const isCovered = (carry: Carry) =>
    unique.some((other) => carry.target !== other.target && isWithin(carry.target.replace(/\/$/, ''), other.target));
  return unique.filter((carry) => !isCovered(carry));
}

function wholeTrees(made: Made): Carry[] {
  return made.trees.map((tree) => ({
    sources: [tree.root],
    target: tree.root,
    chown: null,
    why: { code: 'tree-whole', args: { path: tree.root } },
  }));
}

function isSent(survey: Survey, path: string): boolean {
  return contextPath(survey.context, survey.copies, path) !== null;
}

function isDirectoryOfContext(survey: Survey, path: string): boolean {
  return survey.copies.some((copy) => copy.target === path && copy.from === null && copy.intoDirectory);
}

/** A RUN writes it, or something above or below it; or a module of the build has its output there. */
function isWritten(made: Made, path: string): boolean {
  return made.trees.some((tree) =>
    tree.writers.some((writer) => {
      if (isWithin(path, writer.path) || isWithin(writer.path, path)) return true;
      const root = writer.path.replace(/\/[^/]*$/, '');
      const isModule =
        writer.part.verdict.why.code === 'compile' &&
        isWithin(path, root) &&
        /^(?:[^/]+\/)+(target|build)\//.test(below(root, path));
      return isModule;
    }),
  );
}

/** A file whose text a RUN wrote: what it needs beside itself cannot be seen. */
function isComposed(made: Made, path: string): boolean {
  const writers = made.trees.flatMap((tree) => tree.writers).filter((writer) => writer.path === path);
  return writers.some(
    ({ part }) =>
      part.verdict.role === 'files' &&
      part.verdict.reads.length === 0 &&
      !/^(chmod|chown|mkdir|touch|ln)\b/.test(part.unit.text),
  );
}

/** The file itself, or the directory that belongs to it: a distribution with `bin` and `lib`, an exploded application. */
function productCarry(survey: Survey, path: string): { sources: string[]; target: string } {
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  const distribution =
    /^(.*\/(?:install|stage|appassembler|distributions?|image|dist|release)(?:\/[^/]+)?)\/bin\/[^/]+$/.exec(path)?.[1];
  if (distribution !== undefined) return { sources: [distribution], target: distribution };
  const exploded = /^(.*\/(?:quarkus-app|extracted|classes|lib|libs|dependency|dependencies))(?:\/.*)?$/.exec(
    path,
  )?.[1];
  if (exploded !== undefined && !path.endsWith('.jar')) return { sources: [exploded], target: exploded };
  if (/\/quarkus-app\//.test(path)) return whole(path.replace(/\/quarkus-app\/.*$/, '/quarkus-app'));
  if (path.endsWith('.dll')) return whole(folder);
  if (path.endsWith('.jar') && !isSelfContained(survey, path)) return whole(folder);
  return hasPattern(path) ? { sources: [path], target: `${folder}/` } : { sources: [path], target: path };
}

function whole(path: string): { sources: string[]; target: string } {
  return { sources: [path], target: path };
}

/** A step whose output is only known to lie somewhere in the directory. */
function hasUnknownOutput(tree: Tree): boolean {
  return tree.writers.some(({ part, path }) => {
    const { role, why } = part.verdict;
    if (role !== 'build' && role !== 'program') return false;
    return path === tree.root && why.code !== 'compile' && why.code !== 'tool-settings' && why.code !== 'download';
  });
}

function hasHugeOutput(tree: Tree): boolean {
  return tree.writers.some(({ part }) => part.verdict.leaves.some((leftover) => leftover.kind === 'cargo-cache'));
}
