import type { Dockerfile, Instruction, Stage } from '../dockerfile/file.ts';
import { expand, globalScope, type Variable } from '../dockerfile/variables.ts';
import { declaredArgs, keyValues } from '../dockerfile/words.ts';
import type { Base } from './base.ts';
import { absolute } from './paths.ts';

/** An instruction and the surroundings in which it runs. */
export interface Step {
  readonly instruction: Instruction;
  readonly cwd: string;
  /** name or number, without the group */
  readonly user: string;
  readonly home: string;
  /** what `$NAME` means here: ENV and ARG of the file, and what the base image brings */
  readonly scope: Scope;
  /** paths in which programs are looked for */
  readonly path: readonly string[];
}

export type Scope = ReadonlyMap<string, Variable>;

/** Every instruction of a stage with its surroundings, and those at the end. */
export interface Trace {
  readonly steps: readonly Step[];
  readonly end: Omit<Step, 'instruction'>;
}

/** Walks through a stage that starts from `base`. */
export function traceStage(file: Dockerfile, stage: Stage, base: Base): Trace {
  const globals = globalScope(file);
  const scope = new Map<string, Variable>(inherited(base));
  let cwd = base.family?.workdir ?? '/';
  let user = base.family?.id === 'nginx' && base.repository.includes('unprivileged') ? '101' : 'root';
  const steps: Step[] = [];
  const surroundings = (): Omit<Step, 'instruction'> => {
    const frozen = new Map(scope);
    return { cwd, user, home: homeOf(user, frozen), scope: frozen, path: searchPath(frozen) };
  };
  for (const instruction of stage.instructions) {
    steps.push({ instruction, ...surroundings() });
    if (instruction.keyword === 'ARG') declareArgs(scope, instruction, globals, file.escape);
    if (instruction.keyword === 'ENV') declareEnv(scope, instruction, file.escape);
    if (instruction.keyword === 'WORKDIR')
      cwd = absolute(cwd, expanded(instruction.body.text.trim(), scope, file.escape));
    if (instruction.keyword === 'USER') {
      const [name = 'root'] = expanded(instruction.body.text.trim(), scope, file.escape).split(':');
      user = name === '0' ? 'root' : name;
    }
  }
  return { steps, end: surroundings() };
}

/** Text with its variables replaced; those that are not known stay as they are written. */
export function expanded(text: string, scope: Scope, mark = '\\'): string {
  const whole = expand(text, scope, mark);
  if (whole !== null) return whole;
  return text
    .replaceAll(/\$\{(\w+)\}|\$(\w+)/g, (written, braced?: string, plain?: string) => {
      return scope.get(braced ?? plain ?? '')?.value ?? written;
    })
    .replaceAll(/["']/g, '');
}

function inherited(base: Base): [string, Variable][] {
  const env: [string, Variable][] = Object.entries(base.family?.env ?? {}).map(([name, value]) => [
    name,
    { value, kind: 'ENV' },
  ]);
  const path = base.family?.path ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return [...env, ['PATH', { value: path, kind: 'ENV' }]];
}

function homeOf(user: string, scope: Scope): string {
  const own = scope.get('HOME')?.value;
  if (own !== undefined && own !== null) return own;
  if (user === 'root') return '/root';
  return `/home/${user === '1000' ? 'node' : user}`;
}

function searchPath(scope: Scope): string[] {
  return (scope.get('PATH')?.value ?? '').split(':').filter((entry) => entry.startsWith('/'));
}

function declareEnv(scope: Map<string, Variable>, instruction: Instruction, mark: string): void {
  const before = new Map(scope);
  for (const { name, value } of keyValues(instruction.body)) {
    scope.set(name, { value: expanded(value ?? '', before, mark), kind: 'ENV' });
  }
}

function declareArgs(scope: Map<string, Variable>, instruction: Instruction, globals: Scope, mark: string): void {
  for (const { name, value } of declaredArgs(instruction.body)) {
    if (scope.get(name)?.kind === 'ENV') continue;
    const given = value === null ? (globals.get(name)?.value ?? null) : expand(value, scope, mark);
    scope.set(name, { value: given, kind: 'ARG' });
  }
}
