import type { Place } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { joinPath, relativePath } from '../../project/search.ts';
import { lineAt } from '../../project/text.ts';
import { insideBrackets, maskPython, type PythonString } from './python-text.ts';

/** A Python file of the service. */
export interface Source {
  /** relative to the service */
  readonly path: string;
  /** relative to the project */
  readonly full: string;
  readonly text: string;
  /** without comments and texts, offsets as in `text` */
  readonly code: string;
  readonly strings: readonly PythonString[];
  readonly imports: readonly Import[];
}

/** `from package.module import name as alias`; an import of a whole module has no name. */
export interface Import {
  readonly module: string;
  readonly name: string | null;
  /** under which it is known in the file */
  readonly local: string;
  /** leading dots */
  readonly level: number;
  readonly offset: number;
  /** at the left margin, so it is needed as soon as the module is loaded */
  readonly isTopLevel: boolean;
}

/** Files that show, test or document something; what they import is not what the service needs. */
const SIDE_FILES =
  /(?:^|\/)(?:tests?|testing|docs?|examples?|samples?|benchmarks?|migrations|alembic|versions|notebooks?|node_modules|site-packages|build|dist)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|tests|conftest|setup|noxfile|fabfile|dodo|gunicorn[\w.]*conf[^/]*)\.py$/;

const MOST_FILES = 400;
const LONGEST = 400_000;

/** The service's Python files, shallow ones first, without tests and examples. */
export function readSources(project: Project, directory: string): readonly Source[] {
  const sources: Source[] = [];
  for (const full of project.find({ under: directory, endings: ['.py'], depth: 6, limit: MOST_FILES })) {
    const path = relativePath(directory, full);
    if (isSideFile(project, directory, path)) continue;
    const source = readSource(project, directory, path);
    if (source) sources.push(source);
  }
  return sources;
}

/** A package of a `src` layout is what the project is about, even one that is called `sample`. */
function isSideFile(project: Project, directory: string, path: string): boolean {
  if (!SIDE_FILES.test(path)) return false;
  const [, name = '', rest = ''] = /^src\/((?:samples?|examples?|demo)\w*)\/(.+)$/.exec(path) ?? [];
  return name === '' || SIDE_FILES.test(rest) || !project.isFile(joinPath(directory, 'src', name, '__init__.py'));
}

/** One file, whatever its name; `null` where it is missing or too large to be code. */
export function readSource(project: Project, directory: string, path: string): Source | null {
  const full = joinPath(directory, path);
  const text = project.source(full);
  if (text === null || text.length > LONGEST) return null;
  const { code, strings } = maskPython(text);
  return { path, full, text, code, strings, imports: importsIn(code) };
}

function importsIn(code: string): readonly Import[] {
  const imports: Import[] = [];
  for (const match of code.matchAll(/^([ \t]*)from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n;]+)/gm)) {
    const [, indent = '', dots = '', module = '', names = ''] = match;
    for (const part of names.replaceAll(/[()\\]/g, ' ').split(',')) {
      const [name, , alias] = part.trim().split(/\s+/);
      if (!name) continue;
      const base = { module, level: dots.length, offset: match.index + indent.length, isTopLevel: indent === '' };
      imports.push({ ...base, name, local: alias ?? name });
    }
  }
  for (const match of code.matchAll(/^([ \t]*)import[ \t]+([^\n;]+)/gm)) {
    for (const part of (match[2] ?? '').split(',')) {
      const [module, , alias] = part.trim().split(/\s+/);
      if (!module || !/^[\w.]+$/.test(module)) continue;
      const base = { module, level: 0, offset: match.index + (match[1]?.length ?? 0), isTopLevel: match[1] === '' };
      imports.push({ ...base, name: null, local: alias ?? module.split('.')[0] ?? module });
    }
  }
  return imports.sort((a, b) => a.offset - b.offset);
}

export function placeIn(source: Source, offset: number): Place {
  return `${source.full}:${lineAt(source.text, offset + 1)}`;
}

/**
 * The full names that a name in a file may stand for: `Flask` after `from flask import Flask` is `flask.Flask`; after
 * `from fasthtml.common import *` anything may be `fasthtml.common.…`.
 */
export function fullNames(source: Source, name: string): readonly string[] {
  const [first = '', ...rest] = name.split('.');
  const found = source.imports.filter((one) => one.local === first && one.level === 0);
  if (found.length > 0) {
    return found.map((one) => {
      const parts = one.name === null ? [localModule(one, first), ...rest] : [one.module, one.name, ...rest];
      return parts.join('.');
    });
  }
  return source.imports.filter((one) => one.name === '*' && one.level === 0).map((one) => `${one.module}.${name}`);
}

/** `import a.b` makes `a` known, `import a.b as c` makes `c` stand for `a.b`. */
function localModule(found: Import, local: string): string {
  return found.module.split('.')[0] === local ? local : found.module;
}

/** Whether an offset lies in a comment or a text of several lines: what is only talked about. */
export function isTalk(source: Source, offset: number): boolean {
  if (source.code[offset] !== ' ' || source.text[offset] === ' ') return false;
  const inside = source.strings.find((one) => one.start < offset && offset < one.end);
  return inside === undefined || inside.value.includes('\n');
}

/** A call whose result gets a name: `app = Flask(…)`, `app, rt = fast_app(…)`. */
export interface Call {
  /** first name on the left */
  readonly name: string;
  /** as written */
  readonly callee: string;
  readonly offset: number;
  /** blanks before it: 0 at the left margin */
  readonly indent: number;
  /** offset of the opening bracket */
  readonly bracket: number;
}

const NAMED_CALL =
  /^([ \t]*)([A-Za-z_]\w*)(?:[ \t]*[,=][ \t]*[A-Za-z_]\w*)*[ \t]*(?::[^=\n]+)?=[ \t]*(?:await[ \t]+)?([A-Za-z_][\w.]*)[ \t]*\(/gm;

export function namedCalls(source: Source): readonly Call[] {
  return [...source.code.matchAll(NAMED_CALL)].map((match) => ({
    name: match[2] ?? '',
    callee: match[3] ?? '',
    offset: match.index + (match[1]?.length ?? 0),
    indent: match[1]?.length ?? 0,
    bracket: match.index + match[0].length - 1,
  }));
}

/** A function at the left margin, with its body as code. */
export interface Definition {
  readonly name: string;
  readonly parameters: string;
  readonly body: string;
  readonly offset: number;
  readonly isAsync: boolean;
}

export function definitions(source: Source): readonly Definition[] {
  return [...source.code.matchAll(/^(async[ \t]+)?def[ \t]+(\w+)[ \t]*\(/gm)].map((match) => {
    const open = match.index + match[0].length - 1;
    const parameters = insideBrackets(source.code, open);
    const rest = source.code.slice(open + parameters.length + 2);
    const end = rest.search(/\n(?=[^\s#)])/);
    return {
      name: match[2] ?? '',
      parameters,
      body: end === -1 ? rest : rest.slice(0, end),
      offset: match.index,
      isAsync: match[1] !== undefined,
    };
  });
}

/** Whether the file can be run as a program: `if __name__ == '__main__'`. The texts are blanked, so the name alone is looked for. */
export function isProgram(source: Source): boolean {
  return /^if\s*\(?\s*(?:__name__\s*==|["'] *["']\s*==\s*__name__)/m.test(source.code);
}

/** Whether the file starts something as soon as it is run, without asking for its name: `asyncio.run(main())`, `bot.run(TOKEN)`. */
export function startsAtMargin(source: Source): boolean {
  return /^(?:while[ \t]+(?:True|1)\b|(?:asyncio\.run|main|start|\w+\.(?:run|start|polling|infinity_polling|run_polling|start_polling|run_forever|run_until_complete|run_until_disconnected|serve_forever|loop_forever|mainloop|idle))\s*\()/m.test(
    source.code,
  );
}
