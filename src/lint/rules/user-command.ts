import { type Call, callsOf, isCertain } from '../commands.ts';
import type { System } from '../images/facts.ts';
import { toolPresence } from '../presence.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { StageView, Step, View } from '../view.ts';

export const userCommand: Rule = {
  id: 'user-command',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ program = '', option = '', image = '' }) =>
    `${program} of ${image} has no ${option}, and ends with an error.`,
  advice: ({ system = '', program = '' }) => {
    const isGroup = program.includes('group');
    if (system === 'alpine')
      return isGroup ? 'Use addgroup -S [-g ID] NAME.' : 'Use adduser -S -D -H [-u ID] [-G GROUP] NAME.';
    return isGroup ? 'Use groupadd --system [--gid ID] NAME.' : 'Use useradd --system [--uid ID] [--gid GROUP] NAME.';
  },
  find: (view) => view.stages.flatMap((stage) => stage.steps.flatMap((step) => refused(view, stage, step))),
};

/**
 * Options that fail, by the program that stands behind the name. Debian's adduser knows long ones and `-u`, BusyBox' has a few of
 * both kinds; elsewhere adduser is useradd. Tried in containers of each on 2026-11-29; BusyBox by its source, loginutils/adduser.c.
 */
const DEBIAN = /^-(?!u$)[a-zA-Z]+$/;
const BUSYBOX_USER =
  /^(?:-(?![hgsGuk]$|[SDH]+[hgsGuk]?$)[a-zA-Z]+|--(?!(?:home|gecos|shell|ingroup|uid|empty-password|disabled-password|system|no-create-home)(?:=|$)).+)$/;
const BUSYBOX_GROUP = /^(?:-(?!S?g?$)[a-zA-Z]+|--(?!(?:gid|system)(?:=|$)).+)$/;
const SHADOW_USER = /^(?:-[rmMlNoU]*[SH][rmMlNoU]*|--(?:disabled-(?:password|login)|gecos|ingroup)(?:=.*)?)$/;
const SHADOW_GROUP = /^-[rfo]*S[rfo]*$/;

function refusedOptions(system: System, program: string): RegExp | null {
  if (program === 'useradd') return SHADOW_USER;
  if (program === 'groupadd') return SHADOW_GROUP;
  if (program !== 'adduser' && program !== 'addgroup') return null;
  if (system === 'debian' || system === 'ubuntu') return DEBIAN;
  if (system === 'alpine') return program === 'adduser' ? BUSYBOX_USER : BUSYBOX_GROUP;
  return system === 'rpm' && program === 'adduser' ? SHADOW_USER : null;
}

function refused(view: View, stage: StageView, step: Step): Catch[] {
  const { facts } = stage;
  if (facts === null || step.run?.script.isBroken === true) return [];
  for (const call of callsOf(step)) {
    const isThere = toolPresence(view, stage, call.program, step.instruction.index + 1) !== false;
    const option = isThere && isCertain(call) && !isTried(step, call) ? refusedOption(facts.system, call) : undefined;
    if (option !== undefined)
      return [
        {
          ...at(step.instruction),
          args: { program: call.program, option, image: facts.reference, system: facts.system },
        },
      ];
  }
  return [];
}

function refusedOption(system: System, { program, args }: Call): string | undefined {
  const pattern = refusedOptions(system, program);
  return pattern === null ? undefined : args.find((arg) => pattern.test(arg));
}

/** `a || b` may try what fails. */
function isTried(step: Step, call: Call): boolean {
  const unit = step.run?.script.units.find((one) => one.start <= call.command.start && call.command.end <= one.end);
  return unit !== undefined && unit.kind !== 'simple';
}
