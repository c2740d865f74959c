import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { openContext } from '../../src/lint/context.ts';
import { predictRebuild } from '../../src/lint/rebuild.ts';
import { viewOf } from '../../src/lint/view.ts';
import type { Report } from '../../src/model/report.ts';
import { openDirectory } from '../../src/project/directory.ts';

/**
 * Where the steps that `check` expects to run again after the change differ from those that the engine did run again:
 * one sentence a line of the Dockerfile, none where they agree.
 */
export function predictionFailures(folder: string, dockerfile: string, context: string, report: Report): string[] {
  const { rebuild } = report;
  if (rebuild === null || rebuild.failure !== null) return [];
  const project = openDirectory(folder);
  const file = parseDockerfile(project.text(dockerfile) ?? '');
  const view = viewOf(file, { path: dockerfile, context: openContext(project, dockerfile, context), today: '' });
  const expected = predictRebuild(view, rebuild.file).rerun;
  const seen = rebuild.again.flatMap((step) => (step.line === null ? [] : [step.line]));
  // A build that drops comments makes the same files as before, and a copy of the same files comes from the cache.
  const copied = file.instructions.filter(
    (one) => one.keyword === 'COPY' && one.flags.some((flag) => flag.name === 'from'),
  );
  const mayBeTheSame = new Set(copied.map((one) => one.line));
  return [
    ...expected
      .filter((line) => !seen.includes(line) && !mayBeTheSame.has(line))
      .map((line) => `line ${line} should run again and came from the cache`),
    ...seen
      .filter((line) => !expected.includes(line))
      .map((line) => `line ${line} ran again and should come from the cache`),
  ];
}
