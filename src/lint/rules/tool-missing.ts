import { type Call, callsOf, isCertain } from '../commands.ts';
import { mayCallInstall } from '../installs.ts';
import { mountsOf } from '../mounts.ts';
import { toolPresence } from '../presence.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { StageView, Step, View } from '../view.ts';

export const toolMissing: Rule = {
  id: 'tool-missing',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ tool = '', image = '' }) =>
    tool === 'source'
      ? `The shell of ${image} has no source: that is bash's name for a dot.`
      : `${image} has no ${tool}, and nothing above installs it.`,
  advice: ({ tool = '', system }) => {
    if (tool === 'source') return 'Write a dot: . /path/to/file.';
    const other = OTHER_MANAGER[system ?? '']?.[tool];
    return other === undefined
      ? `Install ${tool} before, or take a base image that has it.`
      : `Use ${other} on this image.`;
  },
  find: (view) =>
    view.stages.flatMap((stage) =>
      stage.facts?.shell === true
        ? stage.steps.flatMap((step) => [...missing(view, stage, step), ...otherShell(view, stage, step)])
        : [],
    ),
};

const OTHER_MANAGER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  alpine: { 'apt-get': 'apk add --no-cache', apt: 'apk add --no-cache', useradd: 'adduser -D', groupadd: 'addgroup' },
  debian: { apk: 'apt-get', yum: 'apt-get', dnf: 'apt-get', adduser: 'useradd', addgroup: 'groupadd' },
  ubuntu: { apk: 'apt-get', yum: 'apt-get', dnf: 'apt-get' },
};

/** SHELL names a program that must be there for every RUN below. */
function otherShell(view: View, stage: StageView, { instruction }: Step): Catch[] {
  const shell = instruction.keyword === 'SHELL' ? (instruction.json?.[0] ?? '') : '';
  const tool = shell.replace(/^.*\//, '');
  if (tool === '' || toolPresence(view, stage, tool, instruction.index) !== false) return [];
  const { facts } = stage;
  return [{ ...at(instruction), args: { tool, image: facts?.reference ?? '', system: facts?.system ?? '' } }];
}

/** `source` is no word of dash, which is sh on Debian and Ubuntu. */
function isBashism(stage: StageView, step: Step, { program }: Call): boolean {
  const isDash = stage.facts?.system === 'debian' || stage.facts?.system === 'ubuntu';
  return program === 'source' && isDash && step.run?.form === 'shell' && step.instruction.heredocs.length === 0;
}

/** `sudo a`: what is looked for first is sudo. */
function firstProgram({ program, command }: Call): string {
  const word = command.name?.value ?? program;
  return word === 'sudo' ? word : program;
}

/** Only the first missing one: what follows it is not reached. */
function missing(view: View, stage: StageView, step: Step): Catch[] {
  if (step.run === null || step.run.script.isBroken || !usesPlainShell(stage, step)) return [];
  for (const call of callsOf(step)) {
    if (!isCertain(call) || isGuarded(step, call) || call.path.includes('/')) continue;
    const tool = firstProgram(call);
    const isAbsent =
      toolPresence(view, stage, tool, step.instruction.index) === false && !installedHere(step, call, tool);
    if (!isAbsent && !isBashism(stage, step, call)) continue;
    const { facts } = stage;
    return [
      {
        ...at(step.instruction),
        args: { tool, image: facts?.reference ?? '', system: facts?.system ?? '' },
      },
    ];
  }
  return [];
}

/** In the same RUN, what stands before may install it. */
function installedHere(step: Step, call: Call, tool: string): boolean {
  const calls = callsOf(step);
  const before = calls.slice(
    0,
    calls.findIndex((other) => other.command === call.command),
  );
  return before.some((other) => mayCallInstall(other, tool)) || definesFunction(step, tool);
}

function definesFunction(step: Step, name: string): boolean {
  return step.run?.script.text.includes(`${name}()`) === true;
}

/** `a || b` and `if` may try what is not there. */
function isGuarded(step: Step, call: Call): boolean {
  const unit = step.run?.script.units.find((one) => one.start <= call.command.start && call.command.end <= one.end);
  return unit !== undefined && unit.kind !== 'simple';
}

/** Another shell, or a mount that brings programs, changes what can be said. */
function usesPlainShell(stage: StageView, step: Step): boolean {
  const hasShell = stage.allSteps.some((one) => one.instruction.keyword === 'SHELL');
  const bringsPrograms = mountsOf(step.instruction).some(
    ({ type, options }) => type === 'bind' && /\/s?bin/.test(options),
  );
  return !hasShell && !bringsPrograms;
}
