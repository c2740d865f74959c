import { callsOf } from '../commands.ts';
import { absolutePath, below } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import { isRootUser } from '../users.ts';
import { type Step, shippedStages } from '../view.ts';

export const volumeNotWritable: Rule = {
  id: 'volume-not-writable',
  concern: 'start',
  severity: 'warning',
  aliases: [],
  message: ({ path = '', user = '' }) =>
    `The volume ${path} belongs to root, and the program runs as ${user}: it cannot write there.`,
  advice: ({ path = '', user = '' }) =>
    `Make the folder and give it away before USER: RUN mkdir -p ${path} && chown ${user.split(':')[0]} ${path}.`,
  find: (view) => {
    const user = view.final?.end.user ?? null;
    const { facts } = view.final ?? { facts: null };
    if (user === null || facts === null || /^(?:root|0|)(?::|$)/.test(user) || facts.family.dropsRights) return [];
    const steps = shippedStages(view).flatMap((stage) => stage.steps);
    return steps.flatMap((step) => {
      const { instruction } = step;
      const words =
        instruction.keyword === 'VOLUME' ? (instruction.json ?? instruction.words.map(({ text }) => text)) : [];
      const path = words.find((word) => /^\/[\w./-]+$/.test(word) && !isGiven(steps, absolutePath('/', word)));
      return path === undefined ? [] : [{ ...at(instruction), args: { path, user } }];
    });
  },
};

/** Somebody but root may own it: a RUN names it or a folder above, a COPY or a WORKDIR of another user makes it, a home folder. */
function isGiven(steps: readonly Step[], path: string): boolean {
  if (/^\/(?:tmp|home|var\/(?:tmp|cache|log|lib|www)|usr|etc|root|run)(?:\/|$)/.test(path)) return true;
  return steps.some((step) => {
    const { instruction, copy, run } = step;
    if (copy?.target != null && below(path, copy.target) !== null) return true;
    if (copy?.target != null && copy.target !== '/' && below(copy.target, path) !== null) return true;
    if (run === null) return instruction.keyword === 'WORKDIR' && !/^(?:root|0)/.test(step.user ?? '');
    const isKnown = callsOf(step).every(({ program }) =>
      /^(?:mkdir|apt-get|apk|npm|pip3?|rm|groupadd|useradd|adduser|addgroup|echo|cd)$/.test(program),
    );
    return !isKnown || !isRootUser(step.user ?? '');
  });
}
