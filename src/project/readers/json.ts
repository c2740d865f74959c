import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { Project } from '../../model/project.ts';
import { lineAt } from '../text.ts';
import { type Document, type Key, malformed } from './document.ts';

/**
 * Reads a JSON file; `null` where there is none. `lenient` allows comments and trailing commas (tsconfig.json and the like).
 * Throws UserError `file-malformed` with the line.
 */
export function readJson(project: Project, path: string, mode: 'strict' | 'lenient' = 'strict'): Document | null {
  const text = project.text(path);
  return text === null ? null : parseJson(path, text, mode);
}

export function parseJson(path: string, text: string, mode: 'strict' | 'lenient' = 'strict'): Document {
  const errors: ParseError[] = [];
  const lenient = mode === 'lenient';
  const root = parseTree(text, errors, { disallowComments: !lenient, allowTrailingComma: lenient });
  const error = errors[0];
  if (error) throw malformed(path, 'JSON', lineAt(text, error.offset), words(printParseErrorCode(error.error)));
  if (root === undefined) throw malformed(path, 'JSON', 1, 'the file is empty');
  return {
    path,
    at: (...keys) => {
      const node = findNodeAtLocation(root, [...keys]);
      return node === undefined ? undefined : getNodeValue(node);
    },
    line: (...keys) => lineAt(text, offsetOf(root, keys)),
  };
}

function offsetOf(root: Node, keys: readonly Key[]): number {
  for (let count = keys.length; count > 0; count -= 1) {
    const node = findNodeAtLocation(root, keys.slice(0, count));
    if (node) return node.offset;
  }
  return root.offset;
}

/** `PropertyNameExpected` → `property name expected` */
function words(code: string): string {
  return code.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
