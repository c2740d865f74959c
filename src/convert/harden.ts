import type { Dockerfile, Instruction } from '../dockerfile/file.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { applyEdits, type Edit } from '../dockerfile/pieces.ts';
import { readRun } from '../dockerfile/shell.ts';
import type { ContractPart } from './contract.ts';
import type { Decision } from './decide.ts';

/** A change of behaviour that is only made where it was asked for. */
export interface Improvement {
  readonly id: 'exec-form' | 'non-root' | 'health-check';
  readonly sentence: string;
  /** the part of the contract that it changes on purpose */
  readonly part: ContractPart;
  readonly edit: Edit;
}

/** What could be better in the final stage of a converted file, each on its own. */
export function improvementsOf(decision: Decision, text: string): Improvement[] {
  const file = parseDockerfile(text);
  const stage = file.stages.at(-1);
  if (stage === undefined) return [];
  const last = (keyword: string) =>
    stage.instructions.findLast((instruction) => instruction.keyword === keyword) ?? null;
  const start = last('ENTRYPOINT') ?? last('CMD');
  if (start === null) return [];
  const improvements = [last('ENTRYPOINT'), last('CMD')].flatMap((one) => (one === null ? [] : execForm(one)));
  if (last('USER') === null) improvements.push(nonRoot(decision, file, start));
  const port = portOf(stage.instructions);
  const probe = port === null || last('HEALTHCHECK') !== null ? null : probeFor(decision, port);
  if (probe !== null && port !== null) improvements.push(healthCheck(file, start, probe, port));
  return improvements;
}

export function applyImprovements(text: string, improvements: readonly Improvement[]): string {
  return applyEdits(
    text,
    improvements.map(({ edit }) => edit),
  );
}

/** Only where no shell is needed: one command of plain words. */
function execForm(instruction: Instruction): Improvement[] {
  if (instruction.json !== null) return [];
  const { script } = readRun(instruction);
  const [unit, ...others] = script.units;
  const [command] = unit?.commands ?? [];
  if (unit?.kind !== 'simple' || others.length > 0 || unit.isBackground || command?.name == null) return [];
  const words = [command.name, ...command.args];
  const isPlain =
    words.every((word) => word.isLiteral) && command.assignments.length === 0 && command.redirections.length === 0;
  if (!isPlain || /^(cd|exec|source|\.)$/.test(command.name.value)) return [];
  const written = words.map((word) => JSON.stringify(word.value)).join(', ');
  return [
    {
      id: 'exec-form',
      sentence: `${instruction.keyword} in exec form: the program gets the stop signal itself.`,
      part: instruction.keyword === 'CMD' ? 'command' : 'entry point',
      edit: { start: unit.start, end: unit.end, text: `[${written}]` },
    },
  ];
}

function nonRoot(decision: Decision, file: Dockerfile, before: Instruction): Improvement {
  const uid = decision.runtime.base.family?.users.includes('1000') ? '1000:1000' : '10001:10001';
  return {
    id: 'non-root',
    sentence: `The program runs as user ${uid}, which may not write into its own files: try it.`,
    part: 'user',
    edit: insertion(file, before, `USER ${uid}`),
  };
}

function healthCheck(file: Dockerfile, before: Instruction, probe: readonly string[], port: number): Improvement {
  return {
    id: 'health-check',
    sentence: `A health check asks port ${port} for /; any answer below 500 counts.`,
    part: 'health check',
    edit: insertion(file, before, `HEALTHCHECK CMD ${JSON.stringify(probe)}`),
  };
}

/** A line of its own before an instruction. */
function insertion(file: Dockerfile, before: Instruction, line: string): Edit {
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  return { start: before.start, end: before.start, text: `${line}${eol}` };
}

function portOf(instructions: readonly Instruction[]): number | null {
  const ports = instructions
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ words }) => words.map(({ text }) => text));
  const [only, ...others] = ports;
  return only !== undefined && others.length === 0 && /^\d+(\/tcp)?$/.test(only) ? Number.parseInt(only, 10) : null;
}

/** Needs nothing but the runtime that is there already. */
function probeFor(decision: Decision, port: number): readonly string[] | null {
  const address = `http://127.0.0.1:${port}/`;
  if (decision.runtime.base.family?.id === 'node') {
    const end = 'r=>process.exit(r.statusCode<500?0:1)).on("error",()=>process.exit(1))';
    return ['node', '-e', `require("http").get("${address}",${end}`];
  }
  if (decision.runtime.base.family?.id !== 'python') return null;
  const program = `import socket as s;c=s.create_connection(('127.0.0.1',${port}),3);c.sendall(b'GET / HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n');raise SystemExit(c.recv(16).split()[1]>=b'500')`;
  return ['python', '-c', program];
}
