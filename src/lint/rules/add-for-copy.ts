import { kindInContext } from '../context.ts';
import { contextPath, hasWildcard } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import type { View } from '../view.ts';

const ARCHIVE = /\.(?:tar|tgz|tbz2?|txz|tzst|taz|tlz|gz|bz2|xz|zst|lzma)$|\.tar\.\w+$/i;

export const addForCopy: Rule = {
  id: 'add-for-copy',
  concern: 'safety',
  severity: 'info',
  aliases: ['DL3020'],
  message: () => 'ADD also fetches and unpacks; for files of the context COPY says what is meant.',
  advice: () => 'Write COPY.',
  find: (view) =>
    view.stages
      .flatMap((stage) => stage.steps)
      .flatMap((step) => {
        const { instruction, copy } = step;
        if (instruction.keyword !== 'ADD' || copy === null) return [];
        const isPlain = copy.sources.every(
          (source) => source.kind === 'path' && source.path !== null && isNoArchive(view, source.path),
        );
        const isKnown = instruction.flags.every((flag) => ['chown', 'chmod', 'link', 'exclude'].includes(flag.name));
        if (!isPlain || !isKnown) return [];
        const fix = { start: instruction.start, end: instruction.start + instruction.written.length, text: 'COPY' };
        return [{ ...at(instruction), args: {}, fix }];
      }),
};

/** ADD unpacks a local archive by its contents, so a name without an ending is not sure. */
function isNoArchive(view: View, path: string): boolean {
  const clean = contextPath(path);
  if (ARCHIVE.test(clean) || hasWildcard(clean)) return false;
  if (view.context !== null && kindInContext(view.context, clean) === 'directory') return true;
  return clean === '.' || /\.[a-z]{1,10}$/i.test(clean);
}
