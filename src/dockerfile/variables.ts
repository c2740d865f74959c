import type { Dockerfile, Instruction, Stage } from './file.ts';
import { declaredArgs, keyValues } from './words.ts';

export interface Variable {
  /** `null`: declared, but only known when the image is built */
  readonly value: string | null;
  readonly kind: 'ARG' | 'ENV';
}

export type Scope = ReadonlyMap<string, Variable>;

/** Set by the engine in FROM lines, and in a stage that declares them. */
const PLATFORM_ARGS = ['BUILD', 'TARGET'].flatMap((side) =>
  ['PLATFORM', 'OS', 'ARCH', 'VARIANT'].map((part) => `${side}${part}`),
);

/** ARGs before the first FROM: visible in FROM lines, and in a stage only where it declares them again. */
export function globalScope(file: Dockerfile): Scope {
  const scope = new Map<string, Variable>(PLATFORM_ARGS.map((name) => [name, { value: null, kind: 'ARG' }]));
  for (const instruction of file.globals) {
    if (instruction.keyword === 'ARG') declareArgs(scope, instruction, scope, file.escape);
  }
  return scope;
}

/** What `$NAME` means at an instruction: ENV before ARG, what a parent stage declared, and never a bare global ARG. */
export function scopeAt(file: Dockerfile, instruction: Instruction): Scope {
  const globals = globalScope(file);
  const stage = instruction.stage === null ? undefined : file.stages[instruction.stage];
  if (stage === undefined || instruction.keyword === 'FROM') return globals;
  const scope = new Map<string, Variable>();
  for (const ancestor of lineage(file, stage)) {
    for (const earlier of ancestor.instructions) {
      if (earlier.index >= instruction.index) return scope;
      declare(scope, earlier, globals, file.escape);
    }
  }
  return scope;
}

/** What stands at the end of a stage. */
export function scopeAfter(file: Dockerfile, stage: Stage): Scope {
  const globals = globalScope(file);
  const scope = new Map<string, Variable>();
  for (const ancestor of lineage(file, stage)) {
    for (const instruction of ancestor.instructions) declare(scope, instruction, globals, file.escape);
  }
  return scope;
}

/** The stages that `stage` is made from, the oldest first, itself last. */
export function lineage(file: Dockerfile, stage: Stage): readonly Stage[] {
  const parent = parentStage(file, stage);
  return parent === null ? [stage] : [...lineage(file, parent), stage];
}

/** The earlier stage that FROM names; `null` where the base is an image. */
export function parentStage(file: Dockerfile, stage: Stage): Stage | null {
  const name = expand(stage.image, globalScope(file), file.escape)?.toLowerCase();
  return (
    file.stages.slice(0, stage.index).findLast((earlier) => earlier.name !== null && earlier.name === name) ?? null
  );
}

/** The image that a stage comes from in the end, variables replaced by their defaults; `null` if a variable is open. */
export function baseImage(file: Dockerfile, stage: Stage): string | null {
  const [root = stage] = lineage(file, stage);
  return expand(root.image, globalScope(file), file.escape);
}

/**
 * Replaces variables and removes quotes, as the engine does outside RUN, CMD and ENTRYPOINT.
 * `null` where a variable is not known from the file (it may come from the base image) or uses a pattern form.
 */
export function expand(text: string, scope: Scope, escapeChar = '\\'): string | null {
  let result = '';
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === escapeChar && quote !== "'" && at + 1 < text.length) {
      at += 1;
      result += text.charAt(at);
    } else if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === '$' && quote !== "'") {
      const reference = /^\$(?:(\w+)|\{(\w+)(?:(:?[-+])((?:[^{}]|\$\{[^{}]*\})*))?\})/.exec(text.slice(at));
      const value = reference === null ? null : referenceValue(reference, scope, escapeChar);
      if (reference === null || value === null) return null;
      result += value;
      at += reference[0].length - 1;
    } else result += char;
  }
  return result;
}

function referenceValue(reference: RegExpExecArray, scope: Scope, escapeChar: string): string | null {
  const [, plain, braced, operator, alternative = ''] = reference;
  const variable = scope.get(plain ?? braced ?? '');
  if (operator === undefined) return variable?.value ?? null;
  if (variable !== undefined && variable.value === null && variable.kind === 'ENV') return null;
  const isSet =
    variable !== undefined && variable.value !== null && !(operator.startsWith(':') && variable.value === '');
  if (operator.endsWith('-')) return isSet ? variable.value : expand(alternative, scope, escapeChar);
  return isSet ? expand(alternative, scope, escapeChar) : '';
}

/** The scope behind an instruction; the same one where it declares nothing. */
export function scopeBehind(scope: Scope, instruction: Instruction, globals: Scope, escapeChar: string): Scope {
  if (instruction.keyword !== 'ARG' && instruction.keyword !== 'ENV') return scope;
  const behind = new Map(scope);
  declare(behind, instruction, globals, escapeChar);
  return behind;
}

function declare(scope: Map<string, Variable>, instruction: Instruction, globals: Scope, escapeChar: string): void {
  if (instruction.keyword === 'ARG') declareArgs(scope, instruction, globals, escapeChar);
  if (instruction.keyword !== 'ENV') return;
  const before = new Map(scope);
  for (const { name, value } of keyValues(instruction.body)) {
    scope.set(name, { value: expand(value ?? '', before, escapeChar), kind: 'ENV' });
  }
}

function declareArgs(scope: Map<string, Variable>, instruction: Instruction, globals: Scope, escapeChar: string): void {
  for (const { name, value } of declaredArgs(instruction.body)) {
    if (scope.get(name)?.kind === 'ENV') continue;
    const inherited = globals.get(name)?.value ?? null;
    scope.set(name, { value: value === null ? inherited : expand(value, scope, escapeChar), kind: 'ARG' });
  }
}
