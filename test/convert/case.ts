import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Conversion, convertDockerfile } from '../../src/convert/convert.ts';
import { openDirectory } from '../../src/project/directory.ts';
import { projectFromObject } from '../../src/project/object.ts';

/** Folders of hand-made cases; `test/dockerfiles/README.md` says what lies in one. */
export const CASES = join(import.meta.dirname, '../dockerfiles');

export const caseNames: readonly string[] = readdirSync(CASES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

export function convertCase(name: string): Conversion {
  const folder = join(CASES, name, 'project');
  const text = readFileSync(join(folder, 'Dockerfile'), 'utf8');
  return convertDockerfile({ text, project: openDirectory(folder), context: '.' });
}

/** Converts a text with the files of a project that is only an object. */
export function convertText(text: string, files: Readonly<Record<string, string>> = {}): Conversion {
  const project = projectFromObject({ Dockerfile: text, ...files });
  return convertDockerfile({ text, project, context: '.' });
}

/** The new file; throws where it was not converted. */
export function converted(text: string, files: Readonly<Record<string, string>> = {}): string {
  const conversion = convertText(text, files);
  if (conversion.kind !== 'converted') throw new Error(`not converted: ${JSON.stringify(conversion)}`);
  return conversion.text;
}

/** Code of the refusal; throws where it was not refused. */
export function refusal(text: string, files: Readonly<Record<string, string>> = {}): string {
  const conversion = convertText(text, files);
  if (conversion.kind !== 'refused') throw new Error(`not refused: ${JSON.stringify(conversion)}`);
  return conversion.refusal.reason.code;
}
