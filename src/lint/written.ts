import { type Call, callsOf } from './commands.ts';
import { textInContext } from './context.ts';
import { isHarmlessCall } from './installs.ts';
import { scriptName, stageManifest } from './manifest.ts';
import { absolutePath, below } from './paths.ts';
import type { Step, View } from './view.ts';

/** Scripts that npm runs by itself with an install. */
const HOOKS = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare'];

/**
 * Whether a RUN may have written a file below its folder, where all its commands are known for what they write: an install fills
 * node_modules, `tsc` the folder that its settings name. `null`: nobody can say.
 */
export function mayWrite(view: View, step: Step, path: string): boolean | null {
  const { workdir } = step;
  const calls = callsOf(step).filter((call) => !isHarmlessCall(call));
  if (workdir === null || calls.length === 0 || step.run?.script.isBroken !== false) return null;
  const folders = calls.map((call) => foldersOf(view, step, workdir, call));
  if (folders.includes(null)) return null;
  if (below(workdir, path) === null) return null;
  return folders.flatMap((list) => list ?? []).some((folder) => below(absolutePath(workdir, folder), path) !== null);
}

/** Folders, relative to the working one, that a command writes to; `null`: not known. */
function foldersOf(view: View, step: Step, workdir: string, call: Call): readonly string[] | null {
  const { program, operands } = call;
  if (!/^(?:npm|pnpm|yarn)$/.test(program) || call.command.isNested) return null;
  const stage = view.stages[step.stage];
  const manifest = stage === undefined ? null : stageManifest(view, stage, workdir, step.instruction.index);
  if (manifest === null || manifest.workspaces.length > 0) return null;
  const [first = '', ...more] = operands;
  const isInstall =
    (program === 'npm' && /^(?:ci|install|i|prune)$/.test(first) && more.length === 0) ||
    (/^(?:pnpm|yarn)$/.test(program) && first === 'install' && more.length === 0);
  if (isInstall) return HOOKS.some((name) => name in manifest.scripts) ? null : ['node_modules'];
  const script = scriptName(call);
  const text = script === null ? undefined : manifest.scripts[script];
  const hasHooks = script !== null && [`pre${script}`, `post${script}`].some((name) => name in manifest.scripts);
  return text?.trim() === 'tsc' && !hasHooks ? compiledFolder(view, manifest.path) : null;
}

function compiledFolder(view: View, manifest: string): readonly string[] | null {
  const path = manifest.replace(/[^/]+$/, 'tsconfig.json');
  const settings = view.context === null ? null : textInContext(view.context, path);
  if (settings === null || /"(?:references|declarationDir|extends|outFile)"\s*:/.test(settings)) return null;
  const folder = /"outDir"\s*:\s*"([^"$]+)"/.exec(settings.replaceAll(/(?:^|\s)\/\/.*$|\/\*[\s\S]*?\*\//gm, ''))?.[1];
  return folder === undefined ? null : [folder];
}
