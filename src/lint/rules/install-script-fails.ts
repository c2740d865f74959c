import { readScript } from '../../dockerfile/shell.ts';
import { developmentPackage } from '../binaries.ts';
import { callOf, callsOf, folderOf, isCertain } from '../commands.ts';
import { kindInContext } from '../context.ts';
import { scriptOf } from '../interpreters.ts';
import { type PackageManifest, stageManifest } from '../manifest.ts';
import { installedIn } from '../node-modules.ts';
import { absolutePath, contextPath } from '../paths.ts';
import { pathPresence } from '../presence.ts';
import { at, type Rule } from '../rule.ts';
import type { StageView, Step, View } from '../view.ts';

const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepare'];

export const installScriptFails: Rule = {
  id: 'install-script-fails',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ script = '', what = '', case: kind }) =>
    kind === 'file'
      ? `npm runs the script ${script} after the install, and its file ${what} is not copied yet.`
      : `npm runs the script ${script} after the install, and its program ${what} is a development dependency, which is left out.`,
  advice: ({ what = '', case: kind }) =>
    kind === 'file'
      ? `Copy ${what} before the install, or add --ignore-scripts.`
      : 'Install everything and use npm prune --omit=dev afterwards, or add --ignore-scripts.',
  find: (view) =>
    view.stages.flatMap((stage) =>
      stage.steps.flatMap((step) => {
        const found = failingScript(view, stage, step);
        return found === null ? [] : [{ ...at(step.instruction), args: found }];
      }),
    ),
};

function failingScript(view: View, stage: StageView, step: Step): Record<string, string> | null {
  for (const call of callsOf(step)) {
    const isInstall =
      call.program === 'npm' && /^(?:ci|install|i)$/.test(call.operands[0] ?? '') && call.operands.length === 1;
    const folder = isInstall && isCertain(call) ? folderOf(step, call) : null;
    if (folder === null || /ignore-scripts|ignore_scripts/.test(call.args.join(' ') + [...step.scope.keys()].join(' ')))
      continue;
    const manifest = stageManifest(view, stage, folder, step.instruction.index);
    if (manifest === null) continue;
    const omits = installedIn(view, stage, folder, step.instruction.index + 1) === 'production';
    const removed = removedScripts(stage, step);
    for (const script of LIFECYCLE.filter((name) => !removed.has(name))) {
      const failure = scriptFailure(view, stage, step, folder, manifest, script, omits);
      if (failure !== null) return { script, ...failure };
    }
  }
  return null;
}

/** Taken out by `npm pkg delete scripts.NAME` in this step or one before it. */
function removedScripts(stage: StageView, step: Step): ReadonlySet<string> {
  const words = stage.allSteps
    .filter(({ instruction }) => instruction.index <= step.instruction.index)
    .flatMap(callsOf)
    .filter(({ program, operands }) => program === 'npm' && operands[0] === 'pkg' && operands[1] === 'delete')
    .flatMap(({ operands }) => operands.slice(2));
  return new Set(words.map((word) => word.replace(/^scripts\./, '')));
}

function scriptFailure(
  view: View,
  stage: StageView,
  step: Step,
  folder: string,
  manifest: PackageManifest,
  script: string,
  omits: boolean,
): { what: string; case: string } | null {
  const [unit] = readScript(manifest.scripts[script] ?? '').units;
  const [call] = unit?.kind === 'simple' ? unit.commands.flatMap(callOf) : [];
  if (call === undefined) return null;
  const name = omits && !call.path.includes('/') ? developmentPackage(manifest, call.program) : null;
  if (name !== null) return { what: call.program, case: 'program' };
  const file = scriptOf(call);
  if (file === null || view.context === null) return null;
  const { context } = view;
  const isInContext = file.tries.some((path) => kindInContext(context, contextPath(path)) === 'file');
  const isAbsent = file.tries.every(
    (path) => pathPresence(view, stage, absolutePath(folder, path), step.instruction.index) === false,
  );
  return isInContext && isAbsent ? { what: file.path, case: 'file' } : null;
}
