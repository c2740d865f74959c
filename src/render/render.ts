import type { JsonObject } from '../model/json.ts';
import type { Explanation, OutputFile } from '../model/output.ts';
import type { ImagePlan } from '../model/plan.ts';
import { checkValues } from '../plan/values.ts';
import { joinPath } from '../project/search.ts';
import { fillTemplate } from './handlebars.ts';
import { markedPaths, markTexts, unmarked } from './marks.ts';
import { ruleFor, whyOf } from './rules.ts';

/**
 * Image plan → the Dockerfile and its .dockerignore, paths relative to the project. The same plan gives the same bytes.
 * Throws UserError `value-unsafe` for a value with a line break or another control character.
 */
export function render(plan: ImagePlan): readonly OutputFile[] {
  checkValues(plan);
  return filesOf(plan).map(({ path, template }) => ({ path, contents: tidy(fillTemplate(template, toData(plan))) }));
}

/** One explanation for every line that says something: which rule put it there, and from which facts its values come. */
export function explain(plan: ImagePlan): readonly Explanation[] {
  checkValues(plan);
  const marked = markTexts(toData(plan));
  return filesOf(plan).flatMap(({ path, template }) =>
    tidy(fillTemplate(template, marked as JsonObject))
      .split('\n')
      .map((line, index) => ({ line: index + 1, text: unmarked(line), paths: markedPaths(line) }))
      .filter(({ text }) => text.trim() !== '' && (!text.startsWith('#') || text.startsWith('# syntax')))
      .map(({ line, text, paths }) => {
        const origins = paths.map((one) => originOf(plan, one)).filter((origin) => origin !== null);
        const rule = origins[0]?.rule ?? ruleFor(path, text);
        return {
          path,
          line,
          text,
          rule,
          why: whyOf(rule),
          facts: [...new Set(origins.flatMap((origin) => origin.facts))],
        };
      }),
  );
}

function filesOf(plan: ImagePlan): readonly { readonly path: string; readonly template: string }[] {
  return [
    { path: plan.dockerfile, template: plan.template },
    { path: ignoreFileOf(plan), template: '_partials/dockerignore' },
  ];
}

/** The engine reads `<Dockerfile>.dockerignore` before the context's `.dockerignore`; see moby/buildkit frontend/dockerui. */
function ignoreFileOf(plan: Pick<ImagePlan, 'context' | 'dockerfile'>): string {
  const usual = joinPath(plan.context, 'Dockerfile');
  return plan.dockerfile === usual ? joinPath(plan.context, '.dockerignore') : `${plan.dockerfile}.dockerignore`;
}

function originOf(plan: ImagePlan, path: string): ImagePlan['origins'][string] | null {
  for (let names = path.split('.'); names.length > 0; names = names.slice(0, -1)) {
    const origin = plan.origins[names.join('.')];
    if (origin) return origin;
  }
  return null;
}

function toData(plan: ImagePlan): JsonObject {
  return JSON.parse(JSON.stringify(plan)) as JsonObject;
}

/** Blocks that were left out leave blank lines behind: never two in a row, none at the ends, one line break at the end. */
function tidy(text: string): string {
  return `${text
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
