import type { Fact } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { directoryOf, joinPath } from '../../../project/search.ts';
import { lineAt } from '../../../project/text.ts';

/** A build script, whose language is a program: what is read from it are the plain statements that people write. */
export interface Script {
  readonly path: string;
  /** comments are blanked out, every character at its old place */
  readonly text: string;
}

export function readScript(project: Project, path: string): Script | null {
  const text = project.text(path);
  if (text === null) return null;
  const files = ['gradle.properties', joinPath(directoryOf(path), 'gradle.properties')];
  const set = files.flatMap((file) => [...(project.source(file) ?? '').matchAll(/^\s*([\w.-]+)\s*[=:]/gm)]);
  return { path, text: withoutInactive(withoutComments(text), new Set(set.map(([, name]) => name ?? ''))) };
}

/** `if (project.hasProperty('prod')) { … } else { … }`: a property that nobody sets with `-P` is not there. */
const GUARD = /\bif\s*\(\s*(!?)\s*(?:project\.)?(?:hasProperty|findProperty)\(\s*["']([\w.-]+)["']\s*\)\s*\)\s*\{/g;

function withoutInactive(text: string, set: ReadonlySet<string>): string {
  let kept = text;
  for (const match of text.matchAll(GUARD)) {
    const start = match.index + match[0].length;
    const end = closing(text, start);
    const isTaken = set.has(match[2] ?? '') !== (match[1] === '!');
    const other = /^\}\s*else\s*\{/.exec(text.slice(end, end + 40))?.[0];
    const [from, to] = isTaken
      ? other
        ? [end + other.length, closing(text, end + other.length)]
        : [0, 0]
      : [start, end];
    kept = kept.slice(0, from) + kept.slice(from, to).replaceAll(/[^\n]/g, ' ') + kept.slice(to);
  }
  return kept;
}

/** `build.gradle` or `build.gradle.kts` and the like of a folder. */
export function scriptIn(project: Project, directory: string, name: string): Script | null {
  const groovy = joinPath(directory, `${name}.gradle`);
  return readScript(project, project.isFile(groovy) ? groovy : joinPath(directory, `${name}.gradle.kts`));
}

/** Comments only where no text stands in quotes before them: `'https://…'` has none. */
function withoutComments(text: string): string {
  const blank = (part: string) => part.replaceAll(/[^\n]/g, ' ');
  const tokens = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return text.replaceAll(tokens, (token) => (token.startsWith('/') ? blank(token) : token));
}

/** The first match of a pattern in any of the scripts; group 1 is the value. */
export function firstInScripts(scripts: readonly Script[], pattern: RegExp): Fact | null {
  return allInScripts(scripts, pattern)[0] ?? null;
}

export function allInScripts(scripts: readonly Script[], pattern: RegExp): readonly Fact[] {
  const global = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`);
  return scripts.flatMap((script) =>
    [...script.text.matchAll(global)].map((match) => {
      const value = match[1] ?? match[0];
      const offset = match.index + Math.max(0, match[0].indexOf(value));
      return { value, from: `${script.path}:${lineAt(script.text, offset)}` };
    }),
  );
}

/** What stands in the braces behind a name, `subprojects { … }`, all of them, as scripts with the rest blanked out. */
export function blocks(script: Script, name: string): Script {
  let kept = script.text.replaceAll(/[^\n]/g, ' ');
  for (const match of script.text.matchAll(new RegExp(`(?:^|[\\s;}])${name}(?:\\([^)]*\\))?\\s*\\{`, 'g'))) {
    const start = match.index + match[0].length;
    const end = closing(script.text, start);
    kept = kept.slice(0, start) + script.text.slice(start, end) + kept.slice(end);
  }
  return { path: script.path, text: kept };
}

/** Offset of the brace that closes the block which starts at `start`; the end of the text where none does. */
function closing(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

/** A script without some of its blocks: a root script without what it says to its subprojects alone. */
export function withoutBlocks(script: Script, name: string): Script {
  const inside = blocks(script, name).text;
  const text = [...script.text].map((character, at) => (/\s/.test(inside[at] ?? ' ') ? character : ' ')).join('');
  return { path: script.path, text };
}

/** A script without what stands in braces, whatever is in front of them. */
export function withoutBraces(script: Script): Script {
  let depth = 0;
  const kept = script.text.replaceAll(/[^\n]/g, (one) => {
    if (one === '}') depth = Math.max(0, depth - 1);
    const shown = depth === 0;
    if (one === '{') depth += 1;
    return shown ? one : ' ';
  });
  return { path: script.path, text: kept };
}
