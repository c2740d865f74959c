import { expect } from 'vitest';
import { node } from '../../../src/languages/node/index.ts';
import type { Fact } from '../../../src/model/fact.ts';
import type { Json } from '../../../src/model/json.ts';
import type { ImagePlan } from '../../../src/model/plan.ts';
import type { Project } from '../../../src/model/project.ts';
import type { Answers } from '../../../src/model/question.ts';
import { makePlan } from '../../../src/plan/plan.ts';
import { projectFromObject } from '../../../src/project/object.ts';
import { render } from '../../../src/render/render.ts';
import { completeAnswers } from '../../../src/wizard/answers.ts';
import { questionsAbout } from '../../../src/wizard/questions.ts';

const CONTEXT = { today: '2026-11-23' };

export type NodeFacts = ReturnType<typeof node.facts>;
type Files = Readonly<Record<string, string>>;

/** A package.json as text, one value a line. */
export function manifest(value: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ name: 'app', ...value }, null, 2);
}

/** An Express service that listens on `process.env.PORT || 3000`, with whatever a test adds or replaces. */
export function express(more: Readonly<Record<string, unknown>> = {}, files: Files = {}): Files {
  return {
    'package.json': manifest({ scripts: { start: 'node index.js' }, dependencies: { express: '^4.18.0' }, ...more }),
    'index.js': "const express = require('express');\nexpress().listen(process.env.PORT || 3000);\n",
    ...files,
  };
}

export function factsOf(files: Files, directory = '.'): NodeFacts {
  const project = projectFromObject(files);
  const facts = node.facts(project, directory, CONTEXT);
  expect(JSON.parse(JSON.stringify(facts)), 'facts are plain data').toEqual(facts);
  for (const fact of placedFacts(facts)) expect(contradiction(project, fact)).toBeNull();
  for (const note of facts.notes) {
    const sentence = node.messages[note.code]?.(note.args);
    expect(sentence, note.code).toMatch(/\.$/);
    expect(sentence).not.toContain('undefined');
  }
  return facts;
}

export function planOf(files: Files, given: Answers = {}, directory = '.'): ImagePlan {
  const project = projectFromObject(files);
  const facts = factsOf(files, directory);
  const answers = completeAnswers(questionsAbout(node, facts, node.images(facts, CONTEXT)), given);
  return makePlan(project, node, facts, answers, CONTEXT);
}

export function dockerfileOf(files: Files, given: Answers = {}, directory = '.'): string {
  return render(planOf(files, given, directory))[0]?.contents ?? '';
}

export function ignoreFileOf(files: Files, directory = '.'): string {
  return render(planOf(files, {}, directory))[1]?.contents ?? '';
}

export function codesOf(facts: { readonly notes: readonly { readonly code: string }[] }): readonly string[] {
  return facts.notes.map((note) => note.code);
}

function placedFacts(facts: NodeFacts): readonly Fact<Json>[] {
  const named: readonly (Fact<Json> | null | undefined)[] = [
    facts.name,
    facts.version,
    facts.port,
    facts.healthPath,
    facts.command,
    facts.server?.loopback,
  ];
  return [...named.filter((fact) => fact !== null && fact !== undefined), ...facts.summary.map((row) => row.fact)];
}

/** What is wrong with a fact's place, or `null` when the line says what the fact claims. */
function contradiction(project: Project, fact: Fact<Json>): string | null {
  const [, path = '', line] = /^(.*?)(?::(\d+))?$/.exec(fact.from) ?? [];
  if (!project.isFile(path) && !project.isDirectory(path)) return `${fact.from} does not exist`;
  if (line === undefined) return null;
  const text = project.text(path)?.split('\n')[Number(line) - 1] ?? '';
  const claimed = fact.holds ?? String(fact.value);
  const plain = (value: string): string => value.replaceAll('\\', '').replaceAll(/\s+/g, ' ');
  return plain(text).includes(plain(claimed)) ? null : `${fact.from} is ${JSON.stringify(text)}, not ${claimed}`;
}
