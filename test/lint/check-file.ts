import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { openContext } from '../../src/lint/context.ts';
import { lint } from '../../src/lint/lint.ts';
import { RULES } from '../../src/lint/rules/index.ts';
import { type View, viewOf } from '../../src/lint/view.ts';
import type { Finding } from '../../src/model/finding.ts';
import { type ObjectFile, projectFromObject } from '../../src/project/object.ts';

export const TODAY = '2026-11-23';

export function viewFromText(text: string, files: Readonly<Record<string, ObjectFile>> = {}): View {
  const project = projectFromObject({ ...files, Dockerfile: text });
  return viewOf(parseDockerfile(text), {
    path: 'Dockerfile',
    context: openContext(project, 'Dockerfile', '.'),
    today: TODAY,
  });
}

/** All findings for a Dockerfile among files. */
export function findings(text: string, files: Readonly<Record<string, ObjectFile>> = {}): readonly Finding[] {
  return lint(viewFromText(text, files), RULES).findings;
}
