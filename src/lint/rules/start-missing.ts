import { at, type Rule } from '../rule.ts';
import { readStart, stageStart } from '../start.ts';
import { shippedStages, usedStages } from '../view.ts';

/** Images whose own command is an interpreter or a shell, which ends at once without a terminal. */
const IDLE =
  /^(?:node|python|debian|ubuntu|alpine|ruby|golang|temurin-jdk|openjdk|corretto|rust|bun|dotnet|dotnet-deps)$/;

export const startMissing: Rule = {
  id: 'start-missing',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ image = '', line = '' }) =>
    `The command on line ${line} is of another stage: this one starts what ${image} starts, and ends at once.`,
  advice: () => 'Move CMD and ENTRYPOINT to the last stage.',
  find: (view) => {
    const { final } = view;
    if (final === null || readStart(view) !== null || !IDLE.test(final.facts?.family.id ?? '')) return [];
    const shipped = shippedStages(view);
    const used = usedStages(view);
    const other = view.stages.findLast(
      (stage) => used.has(stage.stage.index) && !shipped.includes(stage) && stageStart(stage) !== null,
    );
    const line = other === undefined ? undefined : stageStart(other)?.instruction.line;
    return line === undefined
      ? []
      : [{ ...at(final.stage.from), args: { image: final.facts?.reference ?? '', line: String(line) } }];
  },
};
