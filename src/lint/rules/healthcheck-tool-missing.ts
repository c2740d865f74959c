import type { Instruction } from '../../dockerfile/file.ts';
import { readRun } from '../../dockerfile/shell.ts';
import { callOf, type Invocation, invocationOf } from '../commands.ts';
import { toolPresence } from '../presence.ts';
import { at, type Rule } from '../rule.ts';
import { shellScript } from '../start.ts';
import { shippedStages, type View } from '../view.ts';

export const healthcheckToolMissing: Rule = {
  id: 'healthcheck-tool-missing',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ tool = '', image = '' }) =>
    `The health check uses ${tool}, which ${image} does not have: the container never becomes healthy.`,
  advice: () => 'Let the runtime that is there ask, node -e or python -c for example, or install the program.',
  find: (view) => {
    const stage = view.final;
    const check = healthcheck(view);
    if (stage === null || check === null) return [];
    const probes = invocations(check).filter(
      ({ program }) => !/^(?:exit|test|\[|\[\[|echo|true|false|:|kill)$/.test(program),
    );
    const [first] = probes;
    const areMissing = probes.every(({ path }) => !path.includes('/') && toolPresence(view, stage, path) === false);
    if (first === undefined || !areMissing || stage.facts === null) return [];
    return [{ ...at(check), args: { tool: first.program, image: stage.facts.reference } }];
  },
};

function healthcheck(view: View): Instruction | null {
  const all = shippedStages(view).flatMap((stage) => stage.stage.instructions);
  const last = all.findLast((instruction) => instruction.keyword === 'HEALTHCHECK');
  return last === undefined || !/^CMD\s/i.test(last.body.text) ? null : last;
}

function invocations(check: Instruction): readonly Invocation[] {
  const script = check.json === null ? check.body.text.replace(/^CMD\s+/i, '') : shellScript(check.json);
  if (script === null) {
    const invocation = invocationOf(check.json ?? []);
    return invocation === null ? [] : [invocation];
  }
  const text = { ...check, json: null, heredocs: [], body: { text: script, pieces: [{ at: 0, source: 0 }] } };
  return readRun(text).script.units.flatMap((unit) => unit.commands.flatMap(callOf));
}
