import { declaredArgs } from '../../dockerfile/words.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { StageView, Step } from '../view.ts';

const EXPANDED = new Set(['ADD', 'COPY', 'ENV', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR', 'RUN']);

export const argOutOfScope: Rule = {
  id: 'arg-out-of-scope',
  concern: 'build',
  severity: 'warning',
  aliases: ['UndefinedVar'],
  message: ({ variable = '' }) =>
    `${variable} is empty here: an ARG above the first FROM is only visible in FROM lines.`,
  advice: ({ variable = '' }) => `Write ARG ${variable} again in this stage, without a value.`,
  find: (view) => {
    const globals = view.file.globals
      .filter((instruction) => instruction.keyword === 'ARG')
      .flatMap((instruction) => declaredArgs(instruction.body).map((arg) => arg.name));
    return view.stages.flatMap((stage) => globals.flatMap((name) => firstUse(stage, name)));
  },
};

/** The first use in a stage. A name that the shell text sets, or that the base image may bring, is no mistake. */
function firstUse(stage: StageView, variable: string): Catch[] {
  if (stage.facts === null || stage.facts.family.env.test(variable)) return [];
  const step = stage.steps.find((candidate) => uses(candidate, variable));
  return step === undefined || step.scope.has(variable) ? [] : [{ ...at(step.instruction), args: { variable } }];
}

function uses(step: Step, variable: string): boolean {
  const { keyword, body, json } = step.instruction;
  if (!EXPANDED.has(keyword) || (keyword === 'RUN' && json !== null)) return false;
  const text = body.text.replaceAll(/'[^']*'/g, keyword === 'RUN' ? "''" : '$&');
  const isUsed = new RegExp(`(?<!\\\\)\\$(?:${variable}\\b|\\{${variable}\\})`).test(text);
  const isSet =
    keyword === 'RUN' &&
    new RegExp(`(?:^|[\\s;&|(])(?:export\\s+|read\\s+|for\\s+)?${variable}(?:=|\\s+in\\b)`).test(text);
  return isUsed && !isSet;
}
