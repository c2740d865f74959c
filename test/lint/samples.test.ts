import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { openContext } from '../../src/lint/context.ts';
import { lint } from '../../src/lint/lint.ts';
import { RULES } from '../../src/lint/rules/index.ts';
import { viewOf } from '../../src/lint/view.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Project } from '../../src/model/project.ts';
import { openDirectory } from '../../src/project/directory.ts';
import { SAMPLES } from '../support/samples.ts';
import { TODAY } from './check-file.ts';
import { FAULTS } from './faults.ts';
import { overlay } from './overlay.ts';

const ROOT = 'test/samples';

interface Generated {
  readonly name: string;
  readonly dockerfile: string;
  readonly path: string;
  readonly project: Project;
  readonly context: string;
}

/** The samples whose expected files are there, as the project looks once they are written. */
function generatedSamples(): readonly Generated[] {
  return SAMPLES.flatMap((name) => {
    const expected = join(ROOT, name, 'expected');
    if (!existsSync(expected)) return [];
    const entries = readdirSync(expected, { recursive: true, encoding: 'utf8', withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(expected.length + 1), readFileSync(path, 'utf8')] as const);
    const [path, dockerfile] = files.find(([file]) => /(^|\/)Dockerfile$|\.Dockerfile$/.test(file)) ?? ['', ''];
    const run = JSON.parse(readFileSync(join(ROOT, name, 'run.json'), 'utf8')) as { context?: string };
    const project = overlay(openDirectory(join(ROOT, name, 'project')), Object.fromEntries(files));
    return dockerfile === '' ? [] : [{ name, dockerfile, path, project, context: run.context ?? '.' }];
  });
}

function findingsIn(sample: Generated, text = sample.dockerfile): readonly Finding[] {
  const { path, context } = sample;
  const project = overlay(sample.project, { [path]: text });
  const view = viewOf(parseDockerfile(text), { path, context: openContext(project, path, context), today: TODAY });
  return lint(view, RULES).findings;
}

const generated = generatedSamples();

describe.skipIf(generated.length === 0)('a generated file', () => {
  it.each(generated.map((sample) => [sample.name, sample] as const))(
    'of %s has no finding at warning or above',
    (_, sample) => {
      expect(findingsIn(sample).filter((finding) => finding.severity !== 'info')).toEqual([]);
    },
  );

  it.each(generated.map((sample) => [sample.name, sample] as const))(
    'of %s with a planted fault is caught',
    (_, sample) => {
      const missed = FAULTS.filter(({ rule, plant }) => {
        const faulty = plant(sample.dockerfile);
        return faulty !== null && !findingsIn(sample, faulty).some((finding) => finding.rule === rule);
      });
      expect(missed.map((fault) => fault.rule)).toEqual([]);
    },
  );
});

describe('the planted faults', () => {
  it('are of rules that there are', () => {
    expect(FAULTS.map((fault) => fault.rule).filter((id) => !RULES.some((rule) => rule.id === id))).toEqual([]);
  });
});
