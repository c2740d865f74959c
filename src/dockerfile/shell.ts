import { forEachChild, parse, type SyntaxNode, type Command as UnbashCommand, type Word as UnbashWord } from 'unbash';
import type { Instruction, Joined } from './file.ts';
import { sourceRange } from './joined.ts';
import type { Redirection, Script, ShellCommand, ShellWord, Unit } from './script.ts';

/** How a RUN (or CMD, ENTRYPOINT) says what it runs. */
export interface RunBody {
  /** `heredoc`: the script is the heredoc's text */
  readonly form: 'shell' | 'exec' | 'heredoc';
  readonly script: Script;
}

const SHELLS = new Set(['', 'sh', 'bash', 'ash', 'dash', '/bin/sh', '/bin/bash', '/bin/ash', '/bin/dash']);

/** What an instruction runs. Offsets are those of the Dockerfile's text. Never throws. */
export function readRun(instruction: Instruction): RunBody {
  if (instruction.json !== null) return { form: 'exec', script: readExec(instruction, instruction.json) };
  const [heredoc] = instruction.heredocs;
  if (heredoc !== undefined && isScriptHeredoc(instruction)) {
    const joined: Joined = { text: heredoc.text, pieces: [{ at: 0, source: heredoc.start }] };
    return { form: 'heredoc', script: readShell(joined) };
  }
  const script = readShell(instruction.body);
  // the body of a heredoc does not stand in the joined text, so the parser misses its end
  return { form: 'shell', script: { ...script, isBroken: script.isBroken && instruction.heredocs.length === 0 } };
}

/** Parses shell text that has no place in a Dockerfile: an entry script, a package script. Offsets are those of `text`. */
export function readScript(text: string): Script {
  const joined: Joined = { text, pieces: [{ at: 0, source: 0 }] };
  return PLAIN.test(text) && !KEYWORDS.test(text) ? readPlain(joined) : readShell(joined);
}

/** One command of words in which a shell sees nothing to do: most package scripts. The parser need not be loaded for them. */
const PLAIN = /^[\w./@-]+(?: +[\w./:@,+=-]+)*$/;
const KEYWORDS =
  /^(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|in|function|select|time|coproc|declare|typeset|local|export|readonly|let)(?: |$)/;

function readPlain(joined: Joined): Script {
  const { text } = joined;
  const [name, ...args] = [...text.matchAll(/[^ ]+/g)].map((match) =>
    plainWord(joined, match[0], match.index, match.index + match[0].length),
  );
  const range = { start: 0, end: text.length };
  const around = { isNested: false, isPiped: false };
  const command = { name: name ?? null, args, assignments: [], redirections: [], ...around, ...range };
  const unit = { kind: 'simple', text, commands: [command], follows: 'list', isBackground: false, ...range } as const;
  return { text, units: [unit], isBroken: false };
}

/** Parses joined text; offsets are mapped back to the source. */
function readShell(joined: Joined): Script {
  const parsed = parse(joined.text);
  const units: Unit[] = [];
  for (const statement of parsed.commands) {
    const isBackground = statement.background === true;
    for (const [index, group] of unitGroups(statement.command).entries()) {
      units.push({ ...readUnit(joined, group), follows: index === 0 ? 'list' : 'and', isBackground });
    }
  }
  return { text: joined.text, units, isBroken: (parsed.errors?.length ?? 0) > 0 };
}

/** `a && b || c && d`: what stands left of the last `||` hangs together, the rest can be taken apart. */
function unitGroups(node: SyntaxNode): SyntaxNode[][] {
  if (node.type !== 'AndOr') return [[node]];
  const last = node.operators.lastIndexOf('||');
  const head = last < 0 ? [] : [node.commands.slice(0, last + 2)];
  return [...head, ...node.commands.slice(last < 0 ? 0 : last + 2).map((command) => [command])];
}

function readUnit(joined: Joined, group: readonly SyntaxNode[]): Omit<Unit, 'follows' | 'isBackground'> {
  const commands: ShellCommand[] = [];
  for (const node of group) collect(joined, node, commands, { isNested: false, isPiped: false });
  const [only] = group;
  const isSimple = group.length === 1 && only?.type === 'Command';
  const start = group[0]?.pos ?? 0;
  const end = group.at(-1)?.end ?? start;
  return {
    kind: isSimple
      ? 'simple'
      : group.some((node) => node.type === 'Pipeline') && group.length === 1
        ? 'pipeline'
        : 'compound',
    text: joined.text.slice(start, end),
    commands,
    ...sourceRange(joined, start, end),
  };
}

interface Surroundings {
  readonly isNested: boolean;
  readonly isPiped: boolean;
}

/** Every command in a tree, in the order of the text; those in substitutions too. */
function collect(joined: Joined, node: SyntaxNode, into: ShellCommand[], around: Surroundings): void {
  if (node.type === 'Command') into.push(readCommand(joined, node, around));
  const inner: Surroundings = {
    isNested: around.isNested || (node.type !== 'Pipeline' && node.type !== 'Command'),
    isPiped: around.isPiped || node.type === 'Pipeline',
  };
  // a backtick script with escapes has a text of its own: its offsets would lead nowhere
  if (node.type === 'Script' && node.source !== undefined) return;
  forEachChild(node, (child) => collect(joined, child, into, inner));
}

function readCommand(joined: Joined, node: UnbashCommand, around: Surroundings): ShellCommand {
  const assignments = node.prefix.flatMap((part) =>
    part.type === 'Assignment' && part.value.type === 'Word'
      ? [{ name: part.name, value: readWord(joined, part.value) }]
      : [],
  );
  return {
    name: node.name === undefined ? null : readWord(joined, node.name),
    args: node.args.map((word) =>
      word.type === 'Word' ? readWord(joined, word) : plainWord(joined, word.text, word.pos, word.end),
    ),
    assignments,
    redirections: node.redirects.map((redirect) => readRedirection(joined, redirect)),
    ...around,
    ...sourceRange(joined, node.pos, node.end),
  };
}

function readRedirection(joined: Joined, redirect: UnbashCommand['redirects'][number]): Redirection {
  const descriptor = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : null;
  const range = sourceRange(joined, redirect.pos, redirect.end);
  if (redirect.type === 'HereDoc') {
    return { operator: redirect.operator, descriptor, target: null, text: redirect.body.text, ...range };
  }
  const target = redirect.target === undefined ? null : readWord(joined, redirect.target);
  return { operator: redirect.operator, descriptor, target, text: null, ...range };
}

function readWord(joined: Joined, word: UnbashWord): ShellWord {
  const variables: string[] = [];
  let isLiteral = true;
  let isGlob = false;
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'SimpleExpansion') variables.push(node.text.slice(1));
    if (node.type === 'ParameterExpansion') variables.push(node.parameter);
    if (node.type.endsWith('Expansion') || node.type === 'ProcessSubstitution') isLiteral = false;
    if (node.type === 'Glob' || node.type === 'ExtendedGlob' || node.type === 'BraceExpansion') isGlob = true;
    if (node.type !== 'Script') forEachChild(node, visit);
  };
  forEachChild(word, visit);
  return {
    text: word.text,
    value: word.value,
    variables,
    isLiteral: isLiteral && !isGlob,
    isGlob,
    ...sourceRange(joined, word.pos, word.end),
  };
}

function plainWord(joined: Joined, text: string, start: number, end: number): ShellWord {
  const isLiteral = !/[$`*?]/.test(text);
  return {
    text,
    value: text.replaceAll(/["']/g, ''),
    variables: [],
    isLiteral,
    isGlob: false,
    ...sourceRange(joined, start, end),
  };
}

function readExec(instruction: Instruction, argv: readonly string[]): Script {
  const { start, end } = instruction;
  const [name, ...args] = argv.map((value) => ({
    text: value,
    value,
    variables: [],
    isLiteral: true,
    isGlob: false,
    start,
    end,
  }));
  const command: ShellCommand = {
    name: name ?? null,
    args,
    assignments: [],
    redirections: [],
    isNested: false,
    isPiped: false,
    start,
    end,
  };
  const unit: Unit = {
    kind: 'simple',
    text: argv.join(' '),
    commands: [command],
    follows: 'list',
    isBackground: false,
    start,
    end,
  };
  return { text: unit.text, units: [unit], isBroken: false };
}

/** `RUN <<EOF` and `RUN bash <<EOF`: the heredoc is what runs, unless its first line names another interpreter. */
function isScriptHeredoc(instruction: Instruction): boolean {
  const before = instruction.body.text
    .replace(/\d*<<-?\S+/g, '')
    .trim()
    .replace(/\s+-\S+$/, '');
  if (!SHELLS.has(before)) return false;
  const shebang = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(instruction.heredocs[0]?.text ?? '');
  if (shebang === null) return true;
  const program = shebang[1]?.endsWith('/env') ? shebang[2] : shebang[1];
  return SHELLS.has(program ?? '') || /\/(?:ba|da|a)?sh$/.test(program ?? '');
}
