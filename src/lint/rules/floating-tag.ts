import { declaredArgs } from '../../dockerfile/words.ts';
import { imageFacts } from '../images/facts.ts';
import { mayBePulled } from '../images/official.ts';
import { parseReference } from '../images/reference.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { stageNamed, usedStages, type View } from '../view.ts';

/** Registries whose images carry their version in the name, or that give everyone only `latest`. */
const VERSIONED_BY_NAME = /^(?:gcr\.io\/distroless|cgr\.dev)\//;

export const floatingTag: Rule = {
  id: 'floating-tag',
  concern: 'safety',
  severity: 'warning',
  aliases: ['DL3006', 'DL3007'],
  message: ({ image = '', tag = '' }) =>
    tag === ''
      ? `${image} has no tag, which means latest: another image tomorrow.`
      : `${image}: the tag ${tag} names no version, so it is another image tomorrow.`,
  advice: () => 'Name a version and the distribution, node:24-trixie-slim for example.',
  find: (view) => {
    const used = usedStages(view);
    const stages = view.stages.filter((stage) => used.has(stage.stage.index));
    return stages.flatMap((stage) => {
      const base =
        stage.parent === null && stage.image !== null && !isOpen(view, stage.stage.image)
          ? floating(stage.image, stage.stage.from)
          : [];
      const copied = stage.steps.flatMap((step) => {
        const from = step.copy?.from ?? null;
        return from === null || stageNamed(view, from, stage.stage.index) !== null || !mayBePulled(from)
          ? []
          : floating(from, step.instruction);
      });
      return [...base, ...copied];
    });
  },
};

/** An ARG without a default decides: nobody knows. */
function isOpen(view: View, image: string): boolean {
  const variables = Array.from(image.matchAll(/\$\{?(\w+)/g), (match) => match[1] ?? '');
  const args = view.file.globals.flatMap((instruction) =>
    instruction.keyword === 'ARG' ? declaredArgs(instruction.body) : [],
  );
  return variables.some((name) => args.find((arg) => arg.name === name)?.value === null);
}

function floating(image: string, node: { line: number; endLine: number }): Catch[] {
  const parsed = parseReference(image);
  if (parsed === null || image === 'scratch' || parsed.digest !== null || VERSIONED_BY_NAME.test(parsed.repository))
    return [];
  if (parsed.tag === null) return [{ ...at(node), args: { image, tag: '' } }];
  if (parsed.tag === 'latest') return [{ ...at(node), args: { image, tag: parsed.tag } }];
  const facts = imageFacts(image);
  const isVersionless =
    facts !== null && facts.family.product !== null && facts.version === null && !/\d/.test(parsed.tag);
  const isSystem = facts !== null && /^(?:debian|ubuntu)$/.test(facts.family.id);
  return isVersionless && !isSystem ? [{ ...at(node), severity: 'info', args: { image, tag: parsed.tag } }] : [];
}
