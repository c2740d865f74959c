import { endOfLife, isEndOfLife } from '../../images/lifecycle.ts';
import type { Fact, Messages, Note } from '../../model/fact.ts';

/** Notes that any language may give. `checkVersions` makes the first two. */
export const COMMON_MESSAGES: Messages = {
  'version-conflict': ({ product, chosen, other }) =>
    `The project names two versions of ${product}: ${chosen} is used, ${other} is not. Make them agree.`,
  'end-of-life': ({ product, version, end }) =>
    `${product} ${version} gets no security fixes since ${end}. Move the project to a supported version.`,
  'version-assumed': ({ product, version }) =>
    `The project does not say which ${product} it needs; ${version} is used. Say so in the project to keep it.`,
};

/**
 * What is to be said about a chosen version: the places that declare another one, and its end of life.
 * `declared` are all declarations found; `agrees` tells whether one of them allows the chosen version.
 */
export function checkVersions(
  product: { readonly id: string; readonly name: string },
  chosen: Fact,
  declared: readonly Fact[],
  agrees: (declaration: string) => boolean,
  today: string,
): readonly Note[] {
  const notes: Note[] = [];
  const other = declared.find((fact) => fact.from !== chosen.from && !agrees(fact.holds ?? fact.value));
  if (other) {
    notes.push({
      code: 'version-conflict',
      severity: 'warning',
      places: [chosen.from, other.from],
      args: { product: product.name, chosen: chosen.holds ?? chosen.value, other: other.holds ?? other.value },
    });
  }
  if (isEndOfLife(product.id, chosen.value, today)) {
    const end = endOfLife(product.id, chosen.value) ?? '';
    notes.push({
      code: 'end-of-life',
      severity: 'warning',
      places: [chosen.from],
      args: { product: product.name, version: chosen.value, end },
    });
  }
  return notes;
}
