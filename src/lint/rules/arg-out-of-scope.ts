import { declaredArgs } from '../../dockerfile/words.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { StageView, Step } from '../view.ts';

const EXPANDED = new Set(['ADD', 'COPY', 'ENV', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR', 'RUN']);

export const argOutOfScope: Rule = {
  id: 'arg-out-of-scope',
  concern: 'build',
  severity: 'warning',
  aliases: ['UndefinedVar'],
  message: ({ variable = '', case: kind }) =>
    kind === 'nowhere'
      ? `${variable} is empty here: no ARG or ENV above sets it.`
      : `${variable} is empty here: an ARG above the first FROM is only visible in FROM lines.`,
  advice: ({ variable = '', case: kind }) =>
    kind === 'nowhere'
      ? `Declare it above: ARG ${variable}=value.`
      : `Write ARG ${variable} again in this stage, without a value.`,
  find: (view) => {
    const globals = view.file.globals
      .filter((instruction) => instruction.keyword === 'ARG')
      .flatMap((instruction) => declaredArgs(instruction.body).map((arg) => arg.name));
    return view.stages.flatMap((stage) => [
      ...globals.flatMap((name) => firstUse(stage, name)),
      ...nowhere(stage).filter(({ args }) => !globals.includes(args['variable'] ?? '')),
    ]);
  },
};

/** Set by the engine, by every image, or by the one who builds without being declared. */
const GIVEN = /^(?:PATH|HOME|HOSTNAME|TERM|LANG|TARGET\w+|BUILD\w+|(?:https?|no|ftp|all)_proxy)$/i;

/** A name in a path or a user that nothing declares; a shell may know more names, and ENV may add to what it finds. */
function nowhere(stage: StageView): Catch[] {
  if (stage.facts === null) return [];
  const { env } = stage.facts.family;
  return stage.steps.flatMap(({ instruction, scope }) => {
    if (!/^(?:WORKDIR|COPY|ADD|USER|EXPOSE|VOLUME)$/.test(instruction.keyword)) return [];
    const names = [...instruction.body.text.matchAll(/(?<!\\)\$(?:(\w+)|\{(\w+)\})/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    const variable = names.find(
      (name) => /^[A-Za-z_]/.test(name) && !scope.has(name) && !env.test(name) && !GIVEN.test(name),
    );
    return variable === undefined ? [] : [{ ...at(instruction), args: { variable, case: 'nowhere' } }];
  });
}

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
