import type { Invocation } from '../commands.ts';
import { at, type Rule } from '../rule.ts';
import { startedPrograms } from '../servers.ts';
import { readStart, type Start } from '../start.ts';

export const runtimeOption: Rule = {
  id: 'runtime-option',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ option = '', program = '', case: kind, since = '' }) => {
    if (kind === 'joined') return `"${option}" is one argument with a blank in it, which ${program} does not know.`;
    if (kind === 'gone') return `Java ${since} has no ${option} any more: it ends with "Unrecognized VM option".`;
    return `${option} stands behind the program, which gets it as an argument; ${program} itself never sees it.`;
  },
  advice: ({ option = '', case: kind, before = '' }) => {
    if (kind === 'joined')
      return `Write two arguments: ${option
        .split(' ')
        .map((word) => `"${word}"`)
        .join(', ')}.`;
    return kind === 'gone' ? 'Leave it out.' : `Write it before ${before}.`;
  },
  find: (view) => {
    const start = readStart(view);
    if (start === null) return [];
    for (const invocation of startedPrograms(view, start)) {
      const found = problem(start, invocation);
      if (found !== null)
        return [
          {
            ...at(start.command ?? start.instruction),
            severity: found['case'] === 'late' ? 'warning' : 'error',
            args: { program: invocation.program, ...found },
          },
        ];
    }
    return [];
  },
};

function problem(start: Start, { program, args }: Invocation): Record<string, string> | null {
  if (!/^(?:java|node|python[\d.]*)$/.test(program)) return null;
  const joined = start.form === 'exec' ? args[0] : undefined;
  if (joined !== undefined && /^--?[a-z][\w-]* \S+$/i.test(joined)) return { case: 'joined', option: joined };
  return program === 'java' ? (late(args) ?? gone(start, args)) : null;
}

/** Options of the virtual machine behind `-jar FILE` go to the program. Spring's `--name=value` belongs there. */
function late(args: readonly string[]): Record<string, string> | null {
  const jar = args.indexOf('-jar');
  const option =
    jar < 0
      ? undefined
      : args.slice(jar + 2).find((arg) => /^-(?:X(?:m[sx]|ss|X:)|D[\w.]+=|javaagent:|agentlib:)/.test(arg));
  return option === undefined ? null : { case: 'late', option, before: '-jar' };
}

/** Option → first version that ends with an error. Tried on 8, 11, 17 and 25 on 2026-11-29. */
const GONE: readonly (readonly [RegExp, number])[] = [
  [/^-XX:[+-]UseCGroupMemoryLimitForHeap$/, 11],
  [/^-XX:[+-](?:PrintGCDateStamps|PrintGCTimeStamps|UseGCLogFileRotation|PrintTenuringDistribution|PrintHeapAtGC)$/, 9],
  [/^-XX:[+-]UseParNewGC$/, 10],
  [/^-XX:(?:NumberOfGCLogFiles|GCLogFileSize)=/, 9],
  [/^-XX:[+-](?:UseConcMarkSweepGC|CMS\w+)$/, 15],
  [/^-XX:[+-]AggressiveOpts$/, 13],
  [/^-XX:(?:Max)?PermSize=/, 17],
  [/^-XX:(?:[+-]UseBiasedLocking$|MaxRAMFraction=)/, 25],
];

function gone({ stage }: Start, args: readonly string[]): Record<string, string> | null {
  const { facts } = stage;
  const version = facts?.family.product === 'java' ? Number(facts.version) : Number.NaN;
  const set = [
    'JAVA_TOOL_OPTIONS',
    'JDK_JAVA_OPTIONS',
    ...args.flatMap((arg) => /^\$\{?(\w+)\}?$/.exec(arg)?.[1] ?? []),
  ];
  const options = [...args, ...set.flatMap((name) => (stage.scope.get(name)?.value ?? '').split(/\s+/))];
  if (options.includes('-XX:+IgnoreUnrecognizedVMOptions')) return null;
  for (const option of options) {
    const since = GONE.find(([pattern]) => pattern.test(option))?.[1];
    if (since !== undefined && version >= since) return { case: 'gone', option, since: String(version) };
  }
  return null;
}
