import { baseImage, expand, globalScope } from '../../dockerfile/variables.ts';
import { declaredArgs } from '../../dockerfile/words.ts';
import { parseReference } from '../images/reference.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { StageView, View } from '../view.ts';

const PREDEFINED = /^(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT)$/;

export const fromInvalid: Rule = {
  id: 'from-invalid',
  concern: 'build',
  severity: 'error',
  aliases: ['UndefinedArgInFrom', 'InvalidDefaultArgInFrom'],
  message: ({ image = '', variable = '', case: kind }) => {
    if (kind === 'undeclared') return `FROM ${image}: no ARG above the first FROM declares ${variable}.`;
    if (kind === 'form') return `FROM ${image}: behind the image only AS and a name may stand.`;
    return kind === 'empty'
      ? `FROM ${image}: ${variable} has no default, so the build needs --build-arg ${variable}=….`
      : `FROM ${image}: this is no valid image reference.`;
  },
  advice: ({ variable = '', case: kind }) => {
    if (kind === 'undeclared') return `Write ARG ${variable}=… above the first FROM.`;
    return kind === 'empty'
      ? `Give ARG ${variable} a default.`
      : 'Write it as name:tag, without blanks or other signs.';
  },
  find: (view) => view.stages.flatMap((stage) => problem(view, stage)),
};

function problem(view: View, { stage }: StageView): Catch[] {
  const { image, from } = stage;
  const declared = view.file.globals
    .filter((instruction) => instruction.keyword === 'ARG')
    .flatMap((instruction) => declaredArgs(instruction.body).map((arg) => arg.name));
  for (const match of image.matchAll(/\$(?:(\w+)|\{(\w+)([:}][-+]?)?)/g)) {
    const variable = match[1] ?? match[2] ?? '';
    const hasFallback = match[3]?.startsWith(':') === true;
    if (hasFallback || PREDEFINED.test(variable)) continue;
    if (!declared.includes(variable)) return [{ ...at(from), args: { image, variable, case: 'undeclared' } }];
    const value = expand(`$${variable}`, globalScope(view.file), view.file.escape);
    if (value === null && parseReference(image.replaceAll(/\$\{?\w+\}?/g, '')) === null)
      return [{ ...at(from), severity: 'info', args: { image, variable, case: 'empty' } }];
  }
  const [, as, name, ...rest] = from.words;
  const isMalformed = rest.length > 0 || (as !== undefined && (as.text.toUpperCase() !== 'AS' || name === undefined));
  if (isMalformed) return [{ ...at(from), args: { image: from.body.text.trim(), variable: '', case: 'form' } }];
  const resolved = baseImage(view.file, stage);
  const isBad = image === '' || (resolved !== null && resolved !== 'scratch' && parseReference(resolved) === null);
  return isBad ? [{ ...at(from), args: { image: resolved ?? image, variable: '', case: 'invalid' } }] : [];
}
