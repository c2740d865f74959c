import { callsOf, folderOf, isCertain } from '../commands.ts';
import { matchesInContext, textInContext } from '../context.ts';
import { contextManifest } from '../manifest.ts';
import { mountsOf } from '../mounts.ts';
import { absolutePath } from '../paths.ts';
import { pathPresence } from '../presence.ts';
import { at, type Rule } from '../rule.ts';
import type { StageView, Step, View } from '../view.ts';

export const workspaceManifestsMissing: Rule = {
  id: 'workspace-manifests-missing',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ manager = '', member = '' }) =>
    `${manager} installs nothing for the workspace's members: ${member}/package.json is not copied yet.`,
  advice: ({ member = '' }) => `Copy the members' manifests before the install: COPY ${member}/package.json ${member}/`,
  find: (view) =>
    view.stages.flatMap((stage) => {
      const installs = stage.steps.flatMap((step) => installIn(step));
      const [first] = installs;
      if (first === undefined || installs.length > 1) return [];
      const member = missingMember(view, stage, first.step, first.folder);
      return member === null ? [] : [{ ...at(first.step.instruction), args: { manager: first.manager, member } }];
    }),
};

function installIn(step: Step): { step: Step; manager: string; folder: string }[] {
  const isMounted = mountsOf(step.instruction).some(({ type }) => type !== 'cache');
  return callsOf(step).flatMap((call) => {
    const isInstall =
      /^(?:npm|pnpm|yarn)$/.test(call.program) &&
      /^(?:ci|install|i)$/.test(call.operands[0] ?? (call.program === 'yarn' ? 'install' : ''));
    const folder = isInstall && call.operands.length <= 1 && isCertain(call) ? folderOf(step, call) : null;
    const isGlobal = call.args.some((arg) => arg === '-g' || arg === '--global');
    return folder === null || isMounted || isGlobal
      ? []
      : [{ step, manager: `${call.program} ${call.operands[0] ?? 'install'}`, folder }];
  });
}

/** The first member of the workspace, if not one of them has its manifest in the stage. */
function missingMember(view: View, stage: StageView, step: Step, folder: string): string | null {
  const { index } = step.instruction;
  const members = workspaceMembers(view);
  const isRoot = pathPresence(view, stage, absolutePath(folder, 'package.json'), index) === true;
  if (!isRoot || members.length === 0) return null;
  const areAbsent = members.every(
    (member) => pathPresence(view, stage, absolutePath(folder, `${member}/package.json`), index) === false,
  );
  return areAbsent ? (members[0] ?? null) : null;
}

function workspaceMembers(view: View): string[] {
  const { context } = view;
  if (context === null) return [];
  const pnpm = textInContext(context, 'pnpm-workspace.yaml') ?? '';
  const listed = Array.from(pnpm.matchAll(/^\s*-\s*["']?([^"'\s#]+)/gm), (match) => match[1] ?? '');
  const patterns = [
    ...(contextManifest(view, 'package.json')?.workspaces ?? []),
    ...(/^packages:/m.test(pnpm) ? listed : []),
  ];
  const positive = patterns.filter((pattern) => !pattern.startsWith('!') && pattern !== '.');
  return positive
    .flatMap((pattern) => matchesInContext(context, `${pattern.replace(/\/+$/, '')}/package.json`))
    .map((path) => path.replace(/\/package\.json$/, ''))
    .filter((path) => path !== '.' && !path.includes('node_modules'));
}
