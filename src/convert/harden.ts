import type { Instruction } from '../dockerfile/file.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { applyEdits, type Edit } from '../dockerfile/pieces.ts';
import { readRun } from '../dockerfile/shell.ts';
import type { ContractPart } from './contract.ts';
import type { Reason } from './conversion.ts';
import type { Decision } from './decide.ts';
import { isWithin } from './paths.ts';

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
  const place = placeFor(text, stage.instructions, start);
  const improvements = execForms(last('ENTRYPOINT'), last('CMD'), last('SHELL'));
  if (last('USER') === null && needsRoot(decision) === null) improvements.push(nonRoot(decision, place));
  const port = portOf(stage.instructions);
  const probe = port === null || last('HEALTHCHECK') !== null ? null : probeFor(decision, port);
  if (probe !== null && port !== null) improvements.push(healthCheck(place, probe, port));
  return improvements;
}

/** Programs that change users, files or the system by themselves when they start. */
const NEEDS_ROOT =
  /^(supervisord|nginx|apache2|apache2ctl|apachectl|apache2-foreground|httpd|httpd-foreground|php-fpm.*|crond?|sshd|init|s6-svscan|runsvdir|service|systemctl|gosu|su|sudo|su-exec|setpriv|chroot|runuser|chown|chmod|chgrp|useradd|usermod|groupadd|groupmod|adduser|addgroup|mount|sysctl|iptables|ldconfig|apt|apt-get|apk|dockerd|update-ca-certificates)$/;

/** Why the program cannot run as another user without more changes than one line; `null`: nothing speaks against it. */
export function needsRoot({ survey, carries }: Decision): Reason | null {
  const daemon = [...survey.start.calls, ...survey.start.sideCalls].find(({ name }) => NEEDS_ROOT.test(name));
  if (daemon !== undefined) return { code: 'root-daemon', args: { program: daemon.name } };
  const volume = survey.stage.instructions.find(({ keyword }) => keyword === 'VOLUME');
  if (volume !== undefined) return { code: 'root-volume', args: { line: String(volume.line) } };
  const paths = [...carries.map(({ target }) => target), ...survey.start.words, ...survey.trace.end.path];
  const home = [survey.trace.end.cwd, ...paths].find((path) => isWithin(path, '/root'));
  return home === undefined ? null : { code: 'root-home', args: { path: home } };
}

export function applyImprovements(text: string, improvements: readonly Improvement[]): string {
  return applyEdits(
    text,
    improvements.map(({ edit }) => edit),
  );
}

/**
 * Arguments that a shell-form ENTRYPOINT ignores would reach one in exec form, and a shell that is set may do more than run
 * the command: both stay as they are.
 */
function execForms(
  entrypoint: Instruction | null,
  command: Instruction | null,
  shell: Instruction | null,
): Improvement[] {
  if (shell !== null) return [];
  if (entrypoint === null) return command === null ? [] : execForm(command);
  if (entrypoint.json === null) return command === null ? execForm(entrypoint) : [];
  return command === null ? [] : execForm(command);
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
  if (!isPlain || BUILTINS.test(command.name.value) || words.some(({ text }) => text.startsWith('~'))) return [];
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

const BUILTINS = /^(cd|exec|source|\.|eval|set|export|ulimit|umask|trap|wait|command|:)$/;

function nonRoot(decision: Decision, place: Place): Improvement {
  const uid = decision.runtime.base.family?.users.includes('1000') ? '1000:1000' : '10001:10001';
  return {
    id: 'non-root',
    sentence: `The program runs as user ${uid}, which may not write into its own files: try it.`,
    part: 'user',
    edit: place.line(`USER ${uid}`),
  };
}

function healthCheck(place: Place, probe: readonly string[], port: number): Improvement {
  return {
    id: 'health-check',
    sentence: `A health check asks port ${port} for /; any answer below 500 counts.`,
    part: 'health check',
    edit: place.line(`HEALTHCHECK --start-period=30s CMD ${JSON.stringify(probe)}`),
  };
}

/** Where a line of its own goes: before the command, but behind everything that runs in the build. */
interface Place {
  readonly line: (text: string) => Edit;
}

function placeFor(text: string, instructions: readonly Instruction[], start: Instruction): Place {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const last = instructions.findLast(({ keyword }) => /^(RUN|COPY|ADD|WORKDIR)$/.test(keyword));
  if (last === undefined || last.start < start.start)
    return { line: (line) => ({ start: start.start, end: start.start, text: `${line}${eol}` }) };
  return { line: (line) => ({ start: last.end, end: last.end, text: `${eol}${line}` }) };
}

/** Ports that do not speak HTTP. */
const OTHER_PROTOCOLS = new Set([
  21, 22, 25, 53, 110, 143, 389, 465, 587, 993, 995, 1433, 1521, 1883, 2181, 3306, 4222, 5060, 5222, 5432, 5672, 6379,
  8883, 9042, 9092, 11211, 25565, 27017, 50051,
]);

function portOf(instructions: readonly Instruction[]): number | null {
  const ports = instructions
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ words }) => words.map(({ text }) => text));
  const [only, ...others] = ports;
  if (only === undefined || others.length > 0 || !/^\d+(\/tcp)?$/.test(only)) return null;
  const port = Number.parseInt(only, 10);
  return OTHER_PROTOCOLS.has(port) ? null : port;
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
