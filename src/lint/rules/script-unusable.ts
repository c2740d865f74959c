import { readScript } from '../../dockerfile/shell.ts';
import { callOf, callsOf, folderOf, type Invocation, isCertain } from '../commands.ts';
import { textInContext } from '../context.ts';
import { fileOrigin, isTreated } from '../origin.ts';
import { absolutePath, joinPaths } from '../paths.ts';
import { toolPresence } from '../presence.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import type { StageView, View } from '../view.ts';

export const scriptUnusable: Rule = {
  id: 'script-unusable',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ script = '', case: kind, interpreter = '' }) => {
    if (kind === 'mode') return `${script} is not executable, so it cannot be started (exit code 126).`;
    if (kind === 'crlf') return `${script} has Windows line ends: its first line names a program that does not exist.`;
    if (kind === 'shebang') return `${script} does not begin with #!, so the exec form cannot start it.`;
    if (kind === 'calls') return `${script} calls ${interpreter}, which this image does not have.`;
    return `${script} is for ${interpreter}, which this image does not have.`;
  },
  advice: ({ script = '', case: kind, interpreter = '' }) => {
    if (kind === 'mode') return `Run git update-index --chmod=+x ${script}, or copy it with --chmod=755.`;
    if (kind === 'crlf') return `Save it with Unix line ends, and write "${script} text eol=lf" into .gitattributes.`;
    if (kind === 'calls') return `Install ${interpreter} in this stage, or do without it.`;
    return kind === 'shebang' ? 'Write #!/bin/sh on its first line.' : `Write it for sh, or install ${interpreter}.`;
  },
  find: (view) => [...runs(view), ...starts(view)],
};

function runs(view: View): Catch[] {
  return view.stages.flatMap((stage) =>
    stage.steps.flatMap((step) =>
      callsOf(step)
        .filter((call) => isCertain(call) && call.path.includes('/'))
        .flatMap((call) => {
          const folder = folderOf(step, call);
          const { index } = step.instruction;
          const isExec = step.run?.form === 'exec';
          return folder === null
            ? []
            : problem(view, stage, absolutePath(folder, call.path), isExec, step.instruction, index);
        })
        .slice(0, 1),
    ),
  );
}

function starts(view: View): Catch[] {
  const start = readStart(view);
  const [first] = start?.invocations ?? [];
  if (start === null || first === undefined || !first.path.includes('/')) return [];
  if (start.stage.end.workdir === null) return [];
  const path = absolutePath(start.stage.end.workdir, first.path);
  const found = problem(view, start.stage, path, start.form === 'exec' && isPlain(first), start.instruction);
  return found.length > 0 ? found : missingTool(view, start.stage, path, start.instruction);
}

/** What entry scripts wait and prepare with; a script that asks whether it is there copes without. */
const SCRIPT_TOOLS =
  /^(?:nc|curl|wget|psql|pg_isready|mysql|mysqladmin|redis-cli|jq|envsubst|gosu|su-exec|git|bash|node|npm|npx|python3?)$/;

function missingTool(view: View, stage: StageView, path: string, node: { line: number; endLine: number }): Catch[] {
  const origin = fileOrigin(view, stage, path);
  const text = origin === null || view.context === null ? null : textInContext(view.context, origin.contextPath);
  if (origin === null || text === null || !/^#!\s*\S*\b(?:ba|da|a)?sh\b/.test(text)) return [];
  const calls = readScript(text)
    .units.flatMap((unit) => unit.commands)
    .flatMap(callOf);
  const asksFor = (tool: string): boolean => new RegExp(`(?:command -v|which|type|hash) ${tool}\\b`).test(text);
  const missing = calls.find(
    ({ program, path: written }) =>
      written === program &&
      SCRIPT_TOOLS.test(program) &&
      !asksFor(program) &&
      toolPresence(view, stage, program) === false,
  );
  if (missing === undefined) return [];
  return [{ ...at(node), args: { script: origin.contextPath, case: 'calls', interpreter: missing.program } }];
}

function isPlain(invocation: Invocation): boolean {
  return !invocation.path.includes('$');
}

function problem(
  view: View,
  stage: StageView,
  path: string,
  isExec: boolean,
  node: { line: number; endLine: number },
  before?: number,
): Catch[] {
  const origin = fileOrigin(view, stage, path, before);
  if (origin === null || view.context === null) return [];
  const text = textInContext(view.context, origin.contextPath);
  if (text === null || text.includes('\0')) return [];
  const report = (kind: string, interpreter = ''): Catch[] => [
    { ...at(node), args: { script: origin.contextPath, case: kind, interpreter } },
  ];
  if (/^#![^\n]*\r\n/.test(text) && !isTreated(view, path, /^(?:sed|dos2unix|tr|perl)$/)) return report('crlf');
  const mode = view.context.project.isExecutable(joinPaths(view.context.directory, origin.contextPath));
  if (!mode && origin.chmod === null && !isTreated(view, path, /^(?:chmod|install|cp)$/)) return report('mode');
  if (isExec && text !== '' && !text.startsWith('#!')) return report('shebang');
  const interpreter = /^#!\s*(?:\/usr\/bin\/env\s+(?:-S\s+)?|\S*\/)(\w+)/.exec(text)?.[1];
  if (interpreter !== undefined && toolPresence(view, stage, interpreter, before) === false)
    return report('interpreter', interpreter);
  return [];
}
