import { parse, TomlError } from 'smol-toml';
import type { Project } from '../../model/project.ts';
import { type Document, follow, type Key, malformed, notTooDeep } from './document.ts';

/** Reads a TOML file; `null` where there is none. Throws UserError `file-malformed`. */
export function readToml(project: Project, path: string): Document | null {
  const text = project.text(path);
  if (text === null) return null;
  const data = parseToml(path, text);
  const lines = text.split('\n');
  return {
    path,
    at: (...keys) => follow(data, keys),
    line: (...keys) => lineOfKeys(lines, keys),
  };
}

function parseToml(path: string, text: string): unknown {
  try {
    return notTooDeep(path, 'TOML', () => parse(text));
  } catch (error) {
    if (error instanceof TomlError)
      throw malformed(path, 'TOML', error.line, error.message.split('\n')[0] ?? 'unreadable');
    throw error;
  }
}

/**
 * The library keeps no positions, so the line is looked up in the text: the longest table header that starts the keys, and
 * in that table the line that sets the next key. Array indices are skipped over: the first element's line stands for all.
 */
function lineOfKeys(lines: readonly string[], keys: readonly Key[]): number {
  const names = keys.filter((key): key is string => typeof key === 'string');
  let best = { depth: 0, line: 1 };
  let table: readonly string[] = [];
  lines.forEach((text, index) => {
    const header = /^\s*\[\[?\s*([^\]]+?)\s*\]\]?/.exec(text)?.[1];
    const key = /^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=/.exec(text)?.[1];
    if (header !== undefined) table = splitKey(header);
    const path = header !== undefined ? table : key !== undefined ? [...table, ...splitKey(key)] : null;
    if (path && path.length > best.depth && path.every((name, at) => name === names[at])) {
      best = { depth: path.length, line: index + 1 };
    }
  });
  return best.line;
}

function splitKey(text: string): readonly string[] {
  return (text.match(/"[^"]*"|'[^']*'|[^.\s]+/g) ?? []).map((name) => name.replace(/^["']|["']$/g, ''));
}
