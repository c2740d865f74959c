import { type Call, callsOf, folderOf, hasOption, hasShort, isCertain } from '../commands.ts';
import { below } from '../paths.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { StageView, Step } from '../view.ts';

export const rootNeeded: Rule = {
  id: 'root-needed',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ command = '', user = '', folder = '' }) =>
    folder === ''
      ? `${command} needs root, and this step runs as ${user}.`
      : `${command} writes to ${folder}, which belongs to root, and this step runs as ${user}.`,
  advice: ({ folder = '', user = '' }) =>
    folder === ''
      ? 'Move it above USER, or switch to root for it and back.'
      : `Install before USER, or give the folder away first: RUN chown ${user.split(':')[0]} ${folder}.`,
  find: (view) =>
    view.stages.flatMap((stage) => stage.steps.flatMap((step) => (isRoot(step.user) ? [] : refused(stage, step)))),
};

/** Not known counts as root here: a rule speaks only when it is sure. */
function isRoot(user: string | null): boolean {
  return user === null || user === '' || /^(?:root|0+)(?::|$)/.test(user);
}

function refused(stage: StageView, step: Step): Catch[] {
  for (const call of callsOf(step)) {
    if (!isCertain(call) || isPromoted(call)) continue;
    const folder = foreignFolder(stage, step, call);
    if (!needsRoot(call) && !installsGlobally(stage, step, call) && folder === null) continue;
    const command = [call.program, ...call.operands.slice(0, 1), ...(hasShort(call.args, 'g') ? ['-g'] : [])].join(' ');
    return [{ ...at(step.instruction), args: { command, user: step.user ?? '', folder: folder ?? '' } }];
  }
  return [];
}

/** `sudo` and its like, or a user who got more rights. */
function isPromoted({ command }: Call): boolean {
  return /^(?:.*\/)?(?:sudo|su|gosu|su-exec|doas|fakeroot)$/.test(command.name?.value ?? '');
}

function needsRoot({ program, operands }: Call): boolean {
  if (/^(?:apt-get|apt|yum|dnf|microdnf|apk)$/.test(program))
    return operands.some((word) => /^(?:update|install|upgrade|dist-upgrade|remove|purge|add|del)$/.test(word));
  return /^(?:useradd|groupadd|usermod|adduser|addgroup)$/.test(program);
}

/** Node's image keeps global packages in /usr/local, which is root's. */
function installsGlobally(stage: StageView, step: Step, { program, args, operands }: Call): boolean {
  if (stage.facts?.family.id !== 'node') return false;
  if (program === 'corepack')
    return (
      operands[0] === 'enable' &&
      !hasOption(args, '--install-directory') &&
      !before(stage, step).some(({ instruction }) => /chown|chmod/.test(instruction.body.text))
    );
  if (program !== 'npm' || !/^(?:install|i|add)$/.test(operands[0] ?? '')) return false;
  const isMoved =
    hasOption(args, '--prefix') ||
    [...step.scope.keys()].some((name) => /^npm_config_prefix$/i.test(name)) ||
    before(stage, step).some(({ instruction }) => /prefix|chown|chmod/.test(instruction.body.text));
  return !isMoved && (hasShort(args, 'g') || hasOption(args, '--global'));
}

/** The folder that a WORKDIR made while root was the user, and that nobody gave away since. */
function foreignFolder(stage: StageView, step: Step, call: Call): string | null {
  const [first = ''] = call.operands;
  const isInstall =
    (call.program === 'npm' && /^(?:ci|install|i)$/.test(first)) ||
    (call.program === 'yarn' && /^(?:install)?$/.test(first));
  if (!isInstall || hasShort(call.args, 'g') || hasOption(call.args, '--prefix', '--cwd', '--global', '--version'))
    return null;
  const folder = folderOf(step, call);
  if (folder === null || folder === '/') return null;
  const earlier = before(stage, step);
  const made = earlier.findIndex(
    (one, index) => one.instruction.keyword === 'WORKDIR' && earlier[index + 1]?.workdir === folder,
  );
  const maker = earlier[made];
  if (maker === undefined || maker.user === null || !isRoot(maker.user)) return null;
  const isGivenAway = earlier.some(
    ({ instruction, copy }) =>
      (instruction.keyword === 'RUN' &&
        /\b(?:chown|chmod|install|mkdir|useradd|adduser|setfacl|node_modules)\b/.test(instruction.body.text)) ||
      (copy !== null && copy.chown !== null && copy.target !== null && below(copy.target, folder) !== null),
  );
  const isMounted = step.instruction.flags.some(({ value }) => /target=[^,]*node_modules/.test(value ?? ''));
  return isGivenAway || isMounted ? null : folder;
}

function before(stage: StageView, step: Step): readonly Step[] {
  const index = stage.allSteps.indexOf(step);
  // The state behind a WORKDIR is that of the step after it.
  return stage.allSteps.slice(0, index + 1);
}
