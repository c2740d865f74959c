import { expect } from 'vitest';
import { detectServices } from '../../src/detect/detect.ts';
import type { Dockerfile } from '../../src/dockerfile/file.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { readRun } from '../../src/dockerfile/shell.ts';
import { UserError } from '../../src/errors.ts';
import { LANGUAGES, languageOf } from '../../src/languages/index.ts';
import type { Language } from '../../src/languages/language.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import type { ImagePlan } from '../../src/model/plan.ts';
import type { Project } from '../../src/model/project.ts';
import type { Answers } from '../../src/model/question.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { explain, render } from '../../src/render/render.ts';
import { completeAnswers } from '../../src/wizard/answers.ts';
import { questionsAbout } from '../../src/wizard/questions.ts';

const LOADED: readonly Language[] = await Promise.all(LANGUAGES.map((card) => card.load()));
const TODAY = '2026-11-23';
/** Answers to what a mutated project may no longer say. */
const FALLBACKS: Readonly<Record<string, string>> = { command: '["node","x"]', port: '3000', 'health-path': '/' };

export type Outcome = { readonly files: readonly string[] } | { readonly error: UserError };

/** Everything that the wizard does with a project, for each service that it sees; the first one is what is returned. */
export function outcomeOf(project: Project, given: Answers = {}): Outcome {
  const outcomes = attempt(() =>
    detectServices(project, LOADED)
      .slice(0, 3)
      .map(({ directory, language }) => attempt(() => filesOf(project, directory, language, given))),
  );
  if (!Array.isArray(outcomes)) return outcomes;
  return outcomes[0] ?? { error: new UserError('nothing-recognised', 'nothing', 'nothing') };
}

function attempt<T>(action: () => T): T | { readonly error: UserError } {
  try {
    return action();
  } catch (error) {
    // Whatever is no UserError is a stack trace on somebody's screen.
    if (!(error instanceof UserError)) throw error;
    expect(error.message).toMatch(/\S/);
    expect(error.hint).toMatch(/\S/);
    return { error };
  }
}

function filesOf(project: Project, directory: string, id: string, given: Answers): Outcome {
  const language = languageOf(LOADED, id);
  const context = { today: TODAY };
  const facts = language.facts(project, directory, context);
  const questions = questionsAbout(language, facts, language.images(facts, context)).map((question) => ({
    ...question,
    recommended: question.recommended ?? FALLBACKS[question.id] ?? null,
  }));
  const plan = makePlan(project, language, facts, completeAnswers(questions, given), context);
  for (const note of [...facts.notes, ...plan.notes])
    expect(language.messages[note.code]?.(note.args)).toEqual(expect.any(String));
  explain(plan);
  const files = render(plan).map(({ contents }) => contents);
  expectOnlyThePlan(plan, files[0] ?? '');
  return { files };
}

/**
 * The instructions of the file are those of the plan: the same template filled in with harmless texts has the same ones.
 * No value opens or ends a heredoc, and the exec forms hold just the words of the plan.
 */
function expectOnlyThePlan(plan: ImagePlan, dockerfile: string): void {
  const parsed = parseDockerfile(dockerfile);
  const harmless = parseDockerfile(render(harmlessPlan(plan))[0]?.contents ?? '');
  const shape = ({ instructions }: typeof parsed) =>
    instructions.map(({ keyword, known, heredocs }) => [keyword, known, heredocs.length]);
  expect(shape(parsed)).toEqual(shape(harmless));
  expect(parsed.directives.map(({ name }) => name)).toEqual(['syntax']);
  expectMounts(plan, parsed);
  expectNothingInjected(parsed);
  expect(parsed.stages.map(({ image }) => image).at(-1)).toBe(plan.runtime.image);
  for (const [keyword, words] of [
    ['ENTRYPOINT', plan.runtime.entrypoint],
    ['CMD', plan.runtime.command],
    ['HEALTHCHECK', plan.runtime.health?.command ?? null],
  ] as const) {
    const last = parsed.instructions.filter((one) => one.keyword === keyword).at(-1);
    expect(last?.json ?? null, keyword).toEqual(words);
  }
}

/** Mounts with their quotes removed, as the builder sees them; a blank in one must not end it. */
function expectMounts(plan: ImagePlan, parsed: Dockerfile): void {
  const mounts = parsed.instructions.flatMap(({ flags }) => flags.filter(({ name }) => name === 'mount'));
  const planned = JSON.stringify(plan.parts);
  for (const { value } of mounts) expect(planned).toContain(JSON.stringify(value).slice(1, -1));
}

/** `touch injected` stands in many of the nasty texts: no shell may come to run it. */
function expectNothingInjected(parsed: Dockerfile): void {
  for (const instruction of parsed.instructions.filter(({ keyword }) => keyword === 'RUN')) {
    const commands = readRun(instruction).script.units.flatMap((unit) => unit.commands);
    expect(commands.filter(({ name, args }) => name?.value === 'touch' && args[0]?.value === 'injected')).toEqual([]);
  }
}

const KEPT = new Set([
  'template',
  'dockerfile',
  'context',
  'directory',
  'name',
  'kind',
  'language',
  'interval',
  'timeout',
  'startPeriod',
]);

function harmlessPlan(plan: ImagePlan): ImagePlan {
  const { origins, notes, ...rest } = plan;
  return { ...(harmless(JSON.parse(JSON.stringify(rest)) as Json) as unknown as ImagePlan), origins, notes };
}

function harmless(value: Json): Json {
  if (typeof value === 'string') return value === '' ? '' : 'x';
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(harmless);
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, item]) => [key, KEPT.has(key) ? item : harmless(item)]),
  );
}
