import type { Dockerfile, Instruction, Stage } from '../dockerfile/file.ts';
import { expand, globalScope, lineage } from '../dockerfile/variables.ts';
import type { BuildStep, Check } from '../model/report.ts';

type Line = Check['lines'][number];

/** Instructions that BuildKit counts as steps; the older builders count all. */
const STEPS = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/** Gives steps the line of their instruction, where it can be told. */
export function placeSteps(steps: readonly BuildStep[], file: Dockerfile): BuildStep[] {
  return steps.map((step) => ({ ...step, line: findInstruction(step, file)?.line ?? null }));
}

function findInstruction(step: BuildStep, file: Dockerfile): Instruction | null {
  const stage = findStage(step.stage, file);
  if (stage === null || step.number === null) return null;
  if (step.kind === 'base') return stage.from;
  const keyword = /^\w+/.exec(step.name)?.[0]?.toUpperCase();
  const steps = stage.instructions.filter(({ keyword: own }) => STEPS.has(own));
  const counted = [steps[step.number - (isBaseAStep(file, stage) ? 2 : 1)], stage.instructions[step.number - 2]];
  return counted.find((instruction) => instruction !== undefined && instruction.keyword === keyword) ?? null;
}

/** BuildKit counts the base image as the first step, but neither another stage nor scratch. */
function isBaseAStep(file: Dockerfile, stage: Stage): boolean {
  return lineage(file, stage).length === 1 && stage.image.toLowerCase() !== 'scratch';
}

function findStage(name: string | null, file: Dockerfile): Stage | null {
  if (name === null) return null;
  const named = file.stages.find((stage) => stage.name === name.toLowerCase());
  const index = /^stage-(\d+)$/.exec(name)?.[1];
  return named ?? (index === undefined ? null : (file.stages[Number(index)] ?? null));
}

/** The stage that is built when none is asked for, or the one that is. */
export function finalStage(file: Dockerfile, target: string | null): Stage | null {
  if (target === null) return file.stages.at(-1) ?? null;
  return file.stages.find((stage) => stage.name === target.toLowerCase()) ?? null;
}

/** A Dockerfile that makes nothing but the base image of a stage; `null` for one that starts from scratch. */
export function baseDockerfile(file: Dockerfile, stage: Stage): { text: string; reference: string } | null {
  const [root = stage] = lineage(file, stage);
  const reference = expand(root.image, globalScope(file), file.escape) ?? root.image;
  if (reference.toLowerCase() === 'scratch') return null;
  const globals = file.globals
    .filter(({ keyword }) => keyword === 'ARG')
    .map((arg) => file.text.slice(arg.start, arg.end));
  const platform = root.platform === null ? '' : `--platform=${root.platform} `;
  return { text: [...globals, `FROM ${platform}${root.image}`, ''].join('\n'), reference };
}

/** The FROM that names the base image of a stage. */
export function baseLine(file: Dockerfile, stage: Stage): Line {
  const [root = stage] = lineage(file, stage);
  return toLine(file, root.from);
}

/**
 * The instruction that made a layer: `layer` counts those over the base image, `layers` is how many there are. BuildKit makes one
 * for each WORKDIR too, buildah does not. Nothing where there are more or fewer layers than instructions that make one.
 */
export function layerLine(file: Dockerfile, stage: Stage, layer: number, layers: number): Line[] {
  const makers = finalInstructions(file, stage).filter(({ keyword }) => STEPS.has(keyword));
  const withoutFolders = makers.filter(({ keyword }) => keyword !== 'WORKDIR');
  const instruction = [makers, withoutFolders].find(({ length }) => length === layers)?.[layer];
  return instruction === undefined ? [] : [toLine(file, instruction)];
}

/** The last instruction with one of these keywords in the final stage or those it is made from. */
export function lastLine(file: Dockerfile, stage: Stage, keywords: readonly string[]): Line[] {
  const found = finalInstructions(file, stage).findLast(({ keyword }) => keywords.includes(keyword));
  return found === undefined ? [] : [toLine(file, found)];
}

/** The instruction that has most to do with a path in the image: it names the path or a folder above it, the longest wins. */
export function pathLine(file: Dockerfile, stage: Stage, path: string): Line[] {
  let best: { instruction: Instruction; length: number } | null = null;
  for (const { instruction, folders } of withTargets(file, stage)) {
    for (const folder of folders) {
      const isAbove = path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
      if (isAbove && folder.length >= (best?.length ?? 0)) best = { instruction, length: folder.length };
    }
  }
  return best === null ? [] : [toLine(file, best.instruction)];
}

function withTargets(file: Dockerfile, stage: Stage): { instruction: Instruction; folders: string[] }[] {
  let workdir = '/';
  return finalInstructions(file, stage).map((instruction) => {
    const written = instruction.json ?? instruction.words.map(({ text }) => text);
    const words = written.map((word) => word.replaceAll(/["';&|]/g, ''));
    if (instruction.keyword === 'WORKDIR') workdir = join(workdir, words[0] ?? '');
    return { instruction, folders: targetsOf(instruction.keyword, words, workdir) };
  });
}

function targetsOf(keyword: string, words: readonly string[], workdir: string): string[] {
  if (keyword === 'WORKDIR') return [workdir];
  if (keyword === 'VOLUME') return words.map((word) => join(workdir, word));
  if (keyword === 'COPY' || keyword === 'ADD') {
    const target = join(workdir, words.at(-1) ?? '');
    return [target, ...words.slice(0, -1).map((source) => join(target, source.split('/').at(-1) ?? ''))];
  }
  if (keyword !== 'RUN') return [];
  const named = words.filter((word) => word.startsWith('/') || /^\.?\/?[\w.-]+(\/[\w.-]+)*$/.test(word));
  return named.map((word) => join(workdir, word)).filter((path) => path !== '/' && path !== workdir);
}

function finalInstructions(file: Dockerfile, stage: Stage): Instruction[] {
  return lineage(file, stage).flatMap((part) => part.instructions);
}

function join(folder: string, path: string): string {
  const parts = path.startsWith('/') ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `/${parts.filter((part) => part !== '').join('/')}`;
}

function toLine(file: Dockerfile, instruction: Instruction): Line {
  return {
    line: instruction.line,
    text: file.text.slice(instruction.start, instruction.end).split(/\r?\n/)[0]?.trim() ?? '',
  };
}
