import { differenceLines } from '../../ui/difference.ts';
import { styleFor } from '../../ui/style.ts';
import type { Existing } from '../../write/changes.ts';
import type { Decide } from './files.ts';
import type { Session } from './session.ts';

/** What stands left of every line of a prompt. */
const GUIDE_WIDTH = 3;

/** Shows how the new file differs from the one that is there, and asks what shall become of it. */
export function askAboutExisting({ io }: Session): Decide {
  return async (file, before) => {
    const style = styleFor(io.colour);
    const title = style.strong(`${file.path} exists: what changes`);
    const lines = differenceLines(before.toString('utf8'), file.contents, io.columns - GUIDE_WIDTH, style);
    io.asker.note(title, lines);
    const isIgnoreFile = file.path.endsWith('.dockerignore');
    const beside = isIgnoreFile ? 'as <Dockerfile>.dockerignore, which comes first' : `as ${file.path}.multistage`;
    const answer = await io.asker.select({
      message: `What shall become of ${file.path}?`,
      options: [
        { value: 'replace', label: 'Replace it', hint: `the old one stays as ${file.path}.bak` },
        { value: 'beside', label: 'Write the new one beside it', hint: beside },
        { value: 'skip', label: 'Leave it', hint: 'the new one is not written' },
      ],
      initial: 'replace',
    });
    return answer as Existing;
  };
}
