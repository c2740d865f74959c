import { baseName } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import { stageStart } from '../start.ts';

/** Programs that take a file or a command next: their own name is neither. */
const STARTERS = /^(?:node|python[\d.]*|java|npm|npx|yarn|pnpm|bun|deno|ruby|php|dotnet|gunicorn|uvicorn|nginx)$/;

export const entrypointDoubled: Rule = {
  id: 'entrypoint-doubled',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ program = '', image = '', entrypoint = '', case: kind }) =>
    kind === 'shell'
      ? `CMD is in shell form, so this runs ${entrypoint} /bin/sh -c …`
      : image === ''
        ? `ENTRYPOINT already is ${entrypoint}, so this runs ${entrypoint} ${program} …`
        : `The entry point of ${image} already is ${entrypoint}, so this runs ${entrypoint} ${program} …`,
  advice: ({ program = '', case: kind }) =>
    kind === 'shell' ? 'Write the arguments of CMD as JSON: ["argument"].' : `Leave ${program} out of CMD.`,
  find: (view) => {
    const stage = view.final;
    const start = stage === null ? null : stageStart(stage);
    const words = start?.command?.json;
    const own = start?.entrypoint?.json ?? null;
    if (stage === null || start === null || start.command === null) return [];
    if (words == null)
      return own !== null && STARTERS.test(baseName(own[0] ?? ''))
        ? [{ ...at(start.command), args: { case: 'shell', entrypoint: own.join(' ') } }]
        : [];
    const inherited = start.entrypoint === null ? (stage.facts?.family.entrypoint ?? []) : [];
    const entrypoint = own ?? inherited;
    const first = baseName(entrypoint[0] ?? '');
    const program = words[0] ?? '';
    const rest = entrypoint.slice(1).filter((word) => word !== '-jar');
    const isRepeated = entrypoint.length > 1 && entrypoint.every((word, index) => word === words[index]);
    if (!STARTERS.test(first) || (rest.length > 0 && !isRepeated)) return [];
    const isSame =
      isRepeated || sameProgram(first, baseName(program)) || (entrypoint.at(-1) === '-jar' && program === '-jar');
    if (!isSame) return [];
    const image = own === null ? (stage.facts?.reference ?? '') : '';
    return [
      {
        ...at(start.command),
        args: { program: isRepeated ? entrypoint.join(' ') : program, image, entrypoint: entrypoint.join(' ') },
      },
    ];
  },
};

function sameProgram(one: string, other: string): boolean {
  const plain = (name: string): string => name.replace(/^python[\d.]*$/, 'python');
  return plain(one) === plain(other);
}
