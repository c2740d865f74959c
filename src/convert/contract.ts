import type { Dockerfile, Instruction, Stage } from '../dockerfile/file.ts';
import { keyValues } from '../dockerfile/words.ts';
import type { Base } from './base.ts';
import { expanded, type Trace, traceStage } from './trace.ts';

/** What the image promises, as far as its Dockerfile and the table of base images tell. Texts are for comparing and for showing. */
export interface StaticContract {
  readonly rows: Readonly<Record<ContractPart, string>>;
  readonly env: ReadonlyMap<string, string | null>;
  readonly labels: ReadonlyMap<string, string>;
}

export type ContractPart =
  | 'entry point'
  | 'command'
  | 'working directory'
  | 'user'
  | 'ports'
  | 'volumes'
  | 'stop signal'
  | 'health check';

/** One line of the table, old against new. `lost` and `changed` come from the base image; nothing else may differ. */
export interface ContractRow {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly verdict: 'same' | 'changed' | 'lost' | 'new';
}

export function contractOf(file: Dockerfile, base: Base): StaticContract {
  const stage = file.stages.at(-1);
  if (stage === undefined) throw new Error('a contract needs a stage');
  const trace = traceStage(file, stage, base);
  const last = (keyword: string) => stage.instructions.findLast((instruction) => instruction.keyword === keyword);
  const entrypoint = last('ENTRYPOINT');
  const command = last('CMD');
  const user = last('USER');
  const values = (keyword: string) =>
    listed(stage, keyword).map((word) => expanded(word, trace.end.scope, file.escape));
  const inherited = (words: readonly string[] | null | undefined) =>
    words === null || words === undefined ? 'none' : JSON.stringify(words);
  const health = last('HEALTHCHECK');
  const env = [...trace.end.scope]
    .filter(([, variable]) => variable.kind === 'ENV')
    .map(([name, variable]) => [name, variable.value] as const);
  return {
    rows: {
      'entry point': entrypoint === undefined ? inherited(base.family?.entrypoint) : commandText(entrypoint),
      command:
        command !== undefined
          ? commandText(command)
          : entrypoint === undefined
            ? inherited(base.family?.command)
            : 'none',
      'working directory': trace.end.cwd,
      user: user === undefined ? 'root' : expanded(user.body.text.trim(), trace.end.scope, file.escape),
      ports: [...new Set([...(base.family?.ports ?? []), ...values('EXPOSE')])].sort().join(', ') || 'none',
      volumes: [...new Set(values('VOLUME'))].sort().join(', ') || 'none',
      'stop signal': last('STOPSIGNAL')?.body.text.trim() ?? base.family?.stopSignal ?? 'SIGTERM',
      'health check':
        health === undefined
          ? 'none'
          : [...health.flags.map((flag) => `--${flag.name}=${flag.value ?? ''}`), health.body.text.trim()].join(' '),
    },
    env: new Map(env),
    labels: labelsOf(file, trace),
  };
}

function listed(stage: Stage, keyword: string): string[] {
  return stage.instructions
    .filter((instruction) => instruction.keyword === keyword)
    .flatMap((instruction) => instruction.json ?? instruction.words.map((word) => word.text));
}

function labelsOf(file: Dockerfile, trace: Trace): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const { instruction, scope } of trace.steps) {
    if (instruction.keyword !== 'LABEL') continue;
    for (const { name, value } of keyValues(instruction.body)) {
      labels.set(name.replaceAll(/["']/g, ''), expanded(value ?? '', scope, file.escape));
    }
  }
  return labels;
}

function commandText(instruction: Instruction): string {
  return JSON.stringify(instruction.json ?? ['/bin/sh', '-c', instruction.body.text.trim()]);
}

/** The table: every part, and of ENV and LABEL what the file sets or what differs. */
export function compareStatic(before: StaticContract, after: StaticContract): ContractRow[] {
  const rows: ContractRow[] = Object.entries(before.rows).map(([what, value]) => {
    const other = after.rows[what as ContractPart];
    return { what, before: value, after: other, verdict: value === other ? 'same' : 'changed' };
  });
  return [...rows, ...compareMaps('ENV', before.env, after.env), ...compareMaps('LABEL', before.labels, after.labels)];
}

function compareMaps(
  what: string,
  before: ReadonlyMap<string, string | null>,
  after: ReadonlyMap<string, string | null>,
): ContractRow[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.map((name) => {
    const [old, next] = [before.get(name), after.get(name)];
    const verdict = !before.has(name) ? 'new' : !after.has(name) ? 'lost' : old === next ? 'same' : 'changed';
    return { what: `${what} ${name}`, before: shown(old), after: shown(next), verdict };
  });
}

function shown(value: string | null | undefined): string {
  if (value === undefined) return 'not set';
  return value ?? 'set by the base image';
}
