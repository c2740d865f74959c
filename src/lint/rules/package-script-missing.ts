import { callsOf, folderOf, type Invocation, isCertain } from '../commands.ts';
import { scriptName, stageManifest } from '../manifest.ts';
import { absolutePath } from '../paths.ts';
import { pathPresence } from '../presence.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import type { StageView, View } from '../view.ts';

export const packageScriptMissing: Rule = {
  id: 'package-script-missing',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ script = '', manifest = '' }) => `${manifest} has no script ${script}.`,
  advice: ({ scripts = '' }) => (scripts === '' ? 'Add the script, or run the program itself.' : `It has: ${scripts}.`),
  find: (view) => [...runs(view), ...starts(view)],
};

function runs(view: View): Catch[] {
  return view.stages.flatMap((stage) =>
    stage.steps.flatMap((step) =>
      callsOf(step)
        .filter(isCertain)
        .flatMap((call) => {
          const folder = folderOf(step, call);
          return folder === null ? [] : missing(view, stage, folder, call, step.instruction, step.instruction.index);
        })
        .slice(0, 1),
    ),
  );
}

function starts(view: View): Catch[] {
  const start = readStart(view);
  const folder = start?.stage.end.workdir ?? null;
  if (start === null || folder === null) return [];
  return start.invocations.flatMap((one) => missing(view, start.stage, folder, one, start.instruction)).slice(0, 1);
}

function missing(
  view: View,
  stage: StageView,
  folder: string,
  invocation: Invocation,
  node: { line: number; endLine: number },
  before?: number,
): Catch[] {
  const { program, operands } = invocation;
  const script = scriptName(invocation);
  const runsOnlyScripts = program === 'npm' || (program === 'pnpm' && operands[0] === 'run');
  if (script === null || !runsOnlyScripts || /[$`]/.test(script)) return [];
  const manifest = stageManifest(view, stage, folder, before);
  if (manifest === null || script in manifest.scripts) return [];
  if (
    script === 'restart' ||
    (script === 'start' && pathPresence(view, stage, absolutePath(folder, 'server.js')) !== false)
  )
    return [];
  return [
    {
      ...at(node),
      args: { script, manifest: manifest.path, scripts: Object.keys(manifest.scripts).slice(0, 8).join(', ') },
    },
  ];
}
