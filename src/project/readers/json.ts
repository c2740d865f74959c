import { findNodeAtLocation, type Node, type ParseError, parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { UserError } from '../../errors.ts';
import type { Project } from '../../model/project.ts';
import { lineAt } from '../text.ts';
import { type Document, follow, type Key, malformed, notTooDeep } from './document.ts';

/**
 * Reads a JSON file; `null` where there is none. `lenient` allows comments and trailing commas (tsconfig.json and the like).
 * Throws UserError `file-malformed` with the line.
 */
export function readJson(project: Project, path: string, mode: 'strict' | 'lenient' = 'strict'): Document | null {
  const text = project.text(path);
  return text === null ? null : parseJson(path, text, mode);
}

/** As `readJson`, for a text that is at hand. */
function parseJson(path: string, text: string, mode: 'strict' | 'lenient' = 'strict'): Document {
  const data = notTooDeep(path, 'JSON', () => (mode === 'strict' ? parseStrict(path, text) : parseLenient(path, text)));
  let tree: Node | undefined;
  return {
    path,
    at: (...keys) => follow(data, keys),
    line: (...keys) => {
      // The tree knows places, and costs ten times as much as the values: a lock file is never asked for a line.
      tree ??= notTooDeep(path, 'JSON', () => parseTree(text, [], { allowTrailingComma: true }));
      return tree === undefined ? 1 : lineAt(text, offsetOf(tree, keys));
    },
  };
}

function parseStrict(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const errors: ParseError[] = [];
    parseTree(text, errors, { disallowComments: true });
    throw describe(path, text, errors[0]);
  }
}

function parseLenient(path: string, text: string): unknown {
  const errors: ParseError[] = [];
  const data: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors[0]) throw describe(path, text, errors[0]);
  return data;
}

function describe(path: string, text: string, error: ParseError | undefined): UserError {
  if (text.trim() === '') return malformed(path, 'JSON', 1, 'the file is empty');
  if (error === undefined) return malformed(path, 'JSON', 1, 'a character that is not allowed there');
  return malformed(path, 'JSON', lineAt(text, error.offset), words(printParseErrorCode(error.error)));
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
