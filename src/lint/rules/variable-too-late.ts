import { keyValues } from '../../dockerfile/words.ts';
import { callsOf } from '../commands.ts';
import { at, type Rule } from '../rule.ts';
import { shippedStages } from '../view.ts';

/** Variables that bundlers write into the files that they make. */
const BUILT_IN = /^(?:VITE|NEXT_PUBLIC|REACT_APP|VUE_APP|GATSBY|NUXT_ENV|EXPO_PUBLIC)_\w+$/;

export const variableTooLate: Rule = {
  id: 'variable-too-late',
  concern: 'start',
  severity: 'warning',
  aliases: [],
  message: ({ variable = '' }) =>
    `${variable} is written into the files when they are built; here, behind the build, it changes nothing.`,
  advice: ({ variable = '' }) =>
    `Declare ARG ${variable} in the stage that builds, or read it from a file at run time.`,
  find: (view) => {
    const shipped = shippedStages(view);
    const runs = shipped.flatMap(({ steps }) => steps).flatMap(callsOf);
    const isBuilt = runs.some(({ args, program }) =>
      [program, ...args].some((word) => /build|generate|export|envsubst|sed/.test(word)),
    );
    const text = view.stages.filter((stage) => !shipped.includes(stage)).flatMap(({ stage }) => stage.instructions);
    if (shipped.length === view.stages.length || isBuilt) return [];
    return shipped.flatMap(({ steps }) =>
      steps.flatMap(({ instruction, copy }) => {
        if (copy !== null || instruction.keyword !== 'ENV') return [];
        const variable = keyValues(instruction.body).find(({ name }) => BUILT_IN.test(name))?.name;
        const isKnown = text.some(({ body }) => variable !== undefined && body.text.includes(variable));
        return variable === undefined || isKnown ? [] : [{ ...at(instruction), args: { variable } }];
      }),
    );
  },
};
