import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Project } from '../../model/project.ts';
import { type Document, follow, malformed } from './document.ts';

/** Reads the first document of a YAML file; `null` where there is none. Throws UserError `file-malformed`. */
export function readYaml(project: Project, path: string): Document | null {
  const text = project.text(path);
  if (text === null) return null;
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, strict: false, uniqueKeys: false, logLevel: 'silent' });
  const error = parsed.errors.find((one) => one.code !== 'MULTIPLE_DOCS');
  if (error)
    throw malformed(
      path,
      'YAML',
      lines.linePos(error.pos[0]).line,
      error.message.split('\n')[0]?.replace(/ at line .*$/, '') ?? 'unreadable',
    );
  // Aliases may expand to far more than the file holds ("billion laughs"): the library refuses beyond this count.
  const data: unknown = parsed.toJS({ maxAliasCount: 100 });
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
