import { expand } from '../dockerfile/variables.ts';
import { type Call, callsOf, folderOf } from './commands.ts';
import { textInContext } from './context.ts';
import { fileOrigin } from './origin.ts';
import { absolutePath } from './paths.ts';
import type { StageView, Step, View } from './view.ts';

/** A distribution that an installer is told to install, and where that stands. */
export interface Requirement {
  /** as the index spells it: lower case, hyphens */
  readonly name: string;
  readonly extras: readonly string[];
  /** `requirements.txt:3`, or `''` for the command itself */
  readonly from: string;
}

/** What pip or uv is told to install by a RUN: operands, lists, and the dependencies of a pyproject.toml. */
export function requirementsOf(view: View, stage: StageView, step: Step): readonly Requirement[] {
  return callsOf(step).flatMap((call) => ofCall(view, stage, step, call));
}

function ofCall(view: View, stage: StageView, step: Step, call: Call): readonly Requirement[] {
  const words =
    /^python[\d.]*$/.test(call.program) && call.args[0] === '-m' ? call.args.slice(1) : [call.program, ...call.args];
  const [program = '', ...rest] = words[0] === 'uv' && words[1] === 'pip' ? words.slice(1) : words;
  const folder = folderOf(step, call);
  if (folder === null) return [];
  const read = (path: string): readonly Requirement[] => listed(view, stage, step, absolutePath(folder, path));
  const isProject = (program === 'uv' && rest[0] === 'sync') || (program === 'poetry' && rest[0] === 'install');
  if (isProject) return read('pyproject.toml');
  // Ready-made wheels need no compiler.
  if (
    !/^pip[\d.]*$/.test(program) ||
    !rest.includes('install') ||
    rest.some((arg) => /^--(?:no-index|only-binary)/.test(arg))
  )
    return [];
  return rest.slice(rest.indexOf('install') + 1).flatMap((word, index, all) => {
    const before = all[index - 1] ?? '';
    const file = /^(?:-r|--requirement)$/.test(before) ? word : /^(?:-r|--requirement=)(.+)/.exec(word)?.[1];
    if (file !== undefined) return read(expand(file, step.scope, view.file.escape) ?? file);
    if (/^\.(?:\[.*\])?$/.test(word)) return read('pyproject.toml');
    return word.startsWith('-') || before.startsWith('-') ? [] : parsed(word, '');
  });
}

function listed(view: View, stage: StageView, step: Step, path: string): readonly Requirement[] {
  const origin = fileOrigin(view, stage, path, step.instruction.index);
  const mounted = origin === null && /bind/.test(step.instruction.flags.map(({ value }) => value).join());
  const source = origin?.contextPath ?? (mounted ? path.replace(/^.*\//, '') : null);
  const text = source === null || view.context === null ? null : textInContext(view.context, source);
  if (source === null || text === null) return [];
  const isProject = source.endsWith('.toml');
  const lines = (isProject ? declared(text) : text).split('\n');
  return lines.flatMap((line, index) => {
    const word = isProject ? line.trim().replace(/^["']|["'],?$/g, '') : line.replace(/(?:^|\s)#.*$/, '').trim();
    return /;|^-/.test(word) ? [] : parsed(word, `${source}:${index + 1}`);
  });
}

/** Lines of a pyproject.toml outside of its dependencies are left empty, so that numbers stay. */
function declared(text: string): string {
  let isOpen = false;
  let table = '';
  return text
    .split('\n')
    .map((line) => {
      table = /^\[([^\]]+)\]/.exec(line)?.[1] ?? table;
      if (table === 'tool.poetry.dependencies') return line.replace(/\s*=.*$/, '');
      if (table === 'project' && /^dependencies\s*=\s*\[/.test(line)) isOpen = true;
      const kept = isOpen ? line.replace(/^dependencies\s*=\s*\[/, '').replace(/\].*$/, '') : '';
      if (/\]\s*(?:#.*)?$/.test(line)) isOpen = false;
      return kept;
    })
    .join('\n');
}

function parsed(word: string, from: string): readonly Requirement[] {
  const [, name, extras = ''] = /^([A-Za-z][\w.-]*)\s*(?:\[([^\]]*)\])?\s*(?:[=<>~!(@].*)?$/.exec(word) ?? [];
  return name === undefined
    ? []
    : [{ name: name.toLowerCase().replaceAll(/[_.]/g, '-'), extras: extras.split(/\s*,\s*/), from }];
}
