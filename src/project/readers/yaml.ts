import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Project } from '../../model/project.ts';
import { type Document, follow, malformed, notTooDeep } from './document.ts';

/** Reads the first document of a YAML file; `null` where there is none. Throws UserError `file-malformed`. */
export function readYaml(project: Project, path: string): Document | null {
  const text = project.text(path);
  if (text === null) return null;
  const lines = new LineCounter();
  const parsed = notTooDeep(path, 'YAML', () =>
    parseDocument(text, { lineCounter: lines, strict: false, uniqueKeys: false, logLevel: 'silent' }),
  );
  const error = parsed.errors.find((one) => one.code !== 'MULTIPLE_DOCS');
  if (error)
    throw malformed(
      path,
      'YAML',
      lines.linePos(error.pos[0]).line,
      error.message.split('\n')[0]?.replace(/ at line .*$/, '') ?? 'unreadable',
    );
  // Aliases may expand to far more than the file holds ("billion laughs"): the library refuses beyond this count.
  const data: unknown = notTooDeep(path, 'YAML', () => expanded(path, parsed));
  return {
    path,
    at: (...keys) => follow(data, keys),
    line: (...keys) => {
      for (let count = keys.length; count > 0; count -= 1) {
        const node: unknown = parsed.getIn(keys.slice(0, count), true);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
      }
      return 1;
    },
  };
}

/** The library refuses with a ReferenceError, also for an alias of a name that nothing has. */
function expanded(path: string, parsed: { toJS(options: { maxAliasCount: number }): unknown }): unknown {
  try {
    return parsed.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof ReferenceError) throw malformed(path, 'YAML', 1, error.message.toLowerCase());
    throw error;
  }
}
