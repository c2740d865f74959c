import { UserError } from '../errors.ts';
import type { Json } from '../model/json.ts';
import type { ImagePlan } from '../model/plan.ts';

/**
 * Control characters, line and paragraph separators (a line break in a value would be an instruction of its own), marks of
 * text direction (a reviewer would not see what is there), and the private-use characters that `explain` marks with.
 */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\uE000-\uE002]/;

/** Throws UserError `value-unsafe` for a text of the plan that may not stand in a Dockerfile. Notes are not rendered. */
export function checkValues(plan: ImagePlan): void {
  const { origins: _origins, notes: _notes, ...rendered } = plan;
  checkValue(JSON.parse(JSON.stringify(rendered)) as Json, '');
}

function checkValue(value: Json, path: string): void {
  if (typeof value === 'string' && UNSAFE.test(value)) {
    throw new UserError(
      'value-unsafe',
      `The value for ${path} has a line break or another control character in it: ${JSON.stringify(value.slice(0, 80))}.`,
      'Change it where the project sets it, or give another one with a flag; such a value could not be written safely.',
    );
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) checkValue(item, path === '' ? key : `${path}.${key}`);
}
