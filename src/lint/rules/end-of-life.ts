import { endsOf } from '../images/ends.ts';
import { imageFacts } from '../images/facts.ts';
import { at, type Rule } from '../rule.ts';
import { usedStages } from '../view.ts';

export const endOfLifeRule: Rule = {
  id: 'end-of-life',
  concern: 'safety',
  severity: 'warning',
  aliases: [],
  message: ({ image = '', name = '', end = '' }) =>
    end === ''
      ? `${image} is no longer published; its last versions get no fixes.`
      : `${image}: ${name} has had no security fixes since ${end}.`,
  advice: ({ end = '' }) =>
    end === '' ? 'Take eclipse-temurin with the same version.' : 'Move to a supported version.',
  find: (view) => {
    const used = usedStages(view);
    return view.stages
      .filter((stage) => used.has(stage.stage.index) && stage.parent === null && stage.image !== null)
      .flatMap((stage) => {
        const image = stage.image ?? '';
        const facts = imageFacts(image);
        if (facts === null) return [];
        if (facts.family.id === 'openjdk')
          return [{ ...at(stage.stage.from), args: { image, name: 'openjdk', end: '' } }];
        const ended = endsOf(facts).find((one) => one.end < view.today);
        if (ended === undefined) return [];
        const end = ended.isExact ? ended.end : `${ended.end} at the latest`;
        return [{ ...at(stage.stage.from), args: { image, name: ended.name, end } }];
      });
  },
};
