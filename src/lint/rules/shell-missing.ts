import { mayCopyTo } from '../presence.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart, shellScript } from '../start.ts';
import type { StageView, View } from '../view.ts';

const SHELLS = ['/bin/sh', '/bin/bash', '/bin/dash', '/usr/bin/sh', '/usr/bin/bash', '/busybox/sh'];

export const shellMissing: Rule = {
  id: 'shell-missing',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ image = '', keyword = '' }) => `${image} has no shell, and this ${keyword} needs one.`,
  advice: ({ keyword }) =>
    keyword === 'RUN'
      ? 'Do it in an earlier stage and copy the result, or take a base image with a shell.'
      : 'Write it in exec form, ["program", "argument"], or take a base image with a shell.',
  find: (view) => [...view.stages.flatMap((stage) => runs(view, stage)), ...starts(view)],
};

function runs(view: View, stage: StageView): Catch[] {
  const step = stage.steps.find(
    ({ run, instruction }) => run !== null && (run.form !== 'exec' || needsShell(instruction.json)),
  );
  return step === undefined ? [] : catchIn(view, stage, step.instruction, 'RUN');
}

function starts(view: View): Catch[] {
  const start = readStart(view);
  const stage = view.final;
  if (start === null || stage === null) return [];
  const health = stage.stage.instructions.findLast((instruction) => instruction.keyword === 'HEALTHCHECK');
  const found: Catch[] = [];
  if (start.form === 'shell') found.push(...catchIn(view, stage, start.instruction, start.instruction.keyword));
  if (health !== undefined && /^CMD\s/i.test(health.body.text) && (health.json === null || needsShell(health.json)))
    found.push(...catchIn(view, stage, health, 'HEALTHCHECK'));
  return found;
}

function needsShell(argv: readonly string[] | null): boolean {
  return argv !== null && shellScript(argv) !== null;
}

function catchIn(view: View, stage: StageView, node: { line: number; endLine: number }, keyword: string): Catch[] {
  const { facts } = stage;
  if (facts === null || facts.shell) return [];
  const isBrought = stage.allSteps.some(
    (step) => step.copy?.target === null || SHELLS.some((path) => mayCopyTo(view, step, path)),
  );
  if (isBrought) return [];
  return [{ ...at(node), args: { image: facts.reference, keyword } }];
}
