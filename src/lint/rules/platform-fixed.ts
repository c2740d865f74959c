import { at, type Rule } from '../rule.ts';

export const platformFixed: Rule = {
  id: 'platform-fixed',
  concern: 'build',
  severity: 'info',
  aliases: ['DL3029', 'FromPlatformFlagConstDisallowed'],
  message: ({ platform = '' }) =>
    `The stage is ${platform} on every machine: elsewhere it runs emulated, and slowly, or not at all.`,
  advice: () =>
    'Leave --platform out and say it to docker build, or write $BUILDPLATFORM for a stage that only builds.',
  find: (view) =>
    view.stages.flatMap(({ stage }) => {
      const platform = stage.from.flags.find(({ name }) => name === 'platform')?.value ?? '';
      return platform === '' || platform.includes('$') ? [] : [{ ...at(stage.from), args: { platform } }];
    }),
};
