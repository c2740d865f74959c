import templates from 'virtual:templates';
import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import type { JsonObject } from '../model/json.ts';
import { execForm, pathList, quotedValue } from './forms.ts';

/** The only place that knows the template engine. Helpers format; they never decide. */
// The package's types for its runtime build leave out that it is the same object without the compiler.
const engine = (runtime as unknown as typeof Handlebars).create();
engine.registerHelper('exec', (words: readonly string[]) => execForm(words));
engine.registerHelper('quoted', (value: string) => quotedValue(value));
engine.registerHelper('paths', (sources: readonly string[], target: string) => pathList([...sources, target]));

for (const [id, specification] of Object.entries(templates)) {
  const partial = /^(?:.*\/)?_partials\/(.+)$/.exec(id)?.[1];
  if (partial) engine.registerPartial(partial, engine.template(specification));
}

/** Fills in a template (`node/service`). A value that the template reads and the data lack is an error, not an empty text. */
export function fillTemplate(id: string, data: JsonObject): string {
  const specification = templates[id];
  if (!specification) throw new Error(`no template ${id}`);
  return engine.template(specification)(data);
}
