import { callsOf } from '../commands.ts';
import { installedPackages } from '../installs.ts';
import { at, type Rule } from '../rule.ts';

export const sudoUsed: Rule = {
  id: 'sudo-used',
  concern: 'safety',
  severity: 'warning',
  aliases: ['DL3004'],
  message: ({ case: kind }) =>
    kind === 'installed'
      ? 'sudo is installed: whoever breaks into the program may become root with it.'
      : 'sudo is used in a build, where USER says who runs a step.',
  advice: () => 'Do what needs root above USER; a start script that gives its rights up does so with gosu or setpriv.',
  find: (view) =>
    view.stages.flatMap((stage) =>
      stage.steps.flatMap((step) => {
        const calls = callsOf(step);
        const isUsed = calls.some(({ command }) => /^(?:\/usr\/bin\/)?sudo$/.test(command.name?.value ?? ''));
        const isInstalled = calls.some((call) => installedPackages(call)?.includes('sudo'));
        if (!isUsed && !isInstalled) return [];
        return [{ ...at(step.instruction), args: { case: isInstalled ? 'installed' : 'used' } }];
      }),
    ),
};
