import { directoryOf, joinPath } from '../../project/search.ts';
import { importedFrom } from './import-roots.ts';
import { type Enclosing, enclosing, givenAt } from './path-parameters.ts';
import { isKnown, pathValue, UNKNOWN } from './path-value.ts';
import { argumentsIn, insideBrackets } from './python-text.ts';
import { indexOf } from './source-index.ts';
import { type Definition, definitions, type Source } from './sources.ts';

/** Works out what expressions of a program's files stand for; what is worked out already is kept. */
export interface PathReader {
  /** the expression at an offset */
  readonly read: (source: Source, offset: number) => string;
  /** the values of the items that a name runs through: `for folder in (A, B)`; the value of the name where it runs through nothing */
  readonly readEach: (source: Source, offset: number) => readonly string[];
  readonly instancePath: string;
}

/** `a` that is defined by `b` that is defined by `a`, and what is too far away to be meant. */
const DEEPEST = 8;
const MOST_EXPRESSIONS = 5000;

export function pathReader(
  sources: readonly Source[],
  reached: readonly Source[],
  workdir: string,
  home: string,
): PathReader {
  const own = ownFolders(sources, reached);
  const keys = new Map<string, string>();
  const values = new Map<string, string>();
  const functions = new Map<Source, readonly Definition[]>();
  let depth = 0;

  /** The first of several places whose expression is known. */
  function firstKnown(source: Source, offsets: readonly number[]): string {
    if (depth >= DEEPEST) return UNKNOWN;
    depth += 1;
    try {
      for (const offset of offsets) {
        const value = read(source, offset);
        if (isKnown(value)) return value;
      }
      return UNKNOWN;
    } finally {
      depth -= 1;
    }
  }

  function named(source: Source, name: string, offset: number): string {
    const around = enclosing(source, offset);
    const all = assignments(source, name);
    const inside = around ? all.filter((one) => one >= around.start && one < offset) : [];
    if (inside.length > 0) return firstKnown(source, inside.toReversed());
    if (around?.parameters.includes(name)) return passed(around, name);
    const here = firstKnown(source, nearestFirst(all, offset));
    if (isKnown(here)) return here;
    for (const one of source.imports.filter(({ local, name: what }) => local === name || what === '*')) {
      for (const file of importedFrom(sources, source, one)) {
        const value = firstKnown(file, assignments(file, one.name === '*' ? name : (one.name ?? name)));
        if (isKnown(value)) return value;
      }
    }
    return UNKNOWN;
  }

  /** What the calls of a function give its parameter. */
  function passed(around: Enclosing, name: string): string {
    return reached.map((source) => firstKnown(source, givenAt(source, around, name))).find(isKnown) ?? UNKNOWN;
  }

  function keyed(name: string): string {
    const known = keys.get(name);
    if (known !== undefined) return known;
    // Until it is known, so that a key that stands for itself comes to an end.
    keys.set(name, UNKNOWN);
    const value =
      reached.map((source) => firstKnown(source, [...fields(source, name), ...entries(source, name)])).find(isKnown) ??
      UNKNOWN;
    keys.set(name, value);
    return value;
  }

  function returned(source: Source, name: string): string {
    const one = source.imports.find(({ local }) => local === name);
    const files = one ? importedFrom(sources, source, one) : [source];
    for (const file of files) {
      const definition = functionsOf(file).find((each) => each.name === (one?.name ?? name));
      if (!definition) continue;
      const start = file.code.indexOf(definition.body, definition.offset);
      const offsets = [...definition.body.matchAll(/\breturn[ \t]+/g)].map(
        (match) => start + match.index + match[0].length,
      );
      const value = firstKnown(file, offsets);
      if (isKnown(value)) return value;
    }
    return UNKNOWN;
  }

  function read(source: Source, offset: number): string {
    const key = `${source.path}:${offset}`;
    const known = values.get(key);
    if (known !== undefined) return known;
    values.set(key, UNKNOWN);
    if (values.size > MOST_EXPRESSIONS) return UNKNOWN;
    const value = pathValue({ source, named, keyed, returned, ...own, workdir, home }, offset);
    values.set(key, value);
    return value;
  }

  function functionsOf(source: Source): readonly Definition[] {
    const found = functions.get(source) ?? definitions(source);
    functions.set(source, found);
    return found;
  }

  function readEach(source: Source, offset: number): readonly string[] {
    const name = /^\s*([A-Za-z_]\w*)\s*[,).]/.exec(source.code.slice(offset, offset + 100))?.[1];
    const loop = name ? lastLoop(source, name, offset) : null;
    return loop === null ? [read(source, offset)] : argumentsIn(source, loop).map((one) => read(source, one.start));
  }

  return { read, readEach, instancePath: own.instancePath };
}

/** Flask's folders: the one of the file that makes the application, and `instance` beside the package that it is in. */
function ownFolders(
  sources: readonly Source[],
  reached: readonly Source[],
): { readonly rootPath: string; readonly instancePath: string } {
  const maker = reached.find((source) =>
    /\b(?:Flask|Quart|APIFlask|OpenAPI)\s*\(\s*(?:__name__|["'])/.test(source.code),
  );
  const folder = maker ? directoryOf(maker.path) : '.';
  let above = folder;
  while (above !== '.' && sources.some((one) => one.path === `${above}/__init__.py`)) above = directoryOf(above);
  return { rootPath: `/${joinPath('app', folder)}`, instancePath: `/${joinPath('app', above, 'instance')}` };
}

/** Where a name gets its values: `NAME = …`, `NAME: Path = …`, also as a parameter's default or an argument of that name. */
function assignments(source: Source, name: string): readonly number[] {
  return indexOf(source).assignments.get(name) ?? [];
}

/** `NAME = …` as a line of its own, `self.NAME = …`; of a setting in capitals also the argument of that name: `update(NAME="x")`. */
function fields(source: Source, name: string): readonly number[] {
  if (/^[A-Z][A-Z\d_]+$/.test(name)) return assignments(source, name);
  return indexOf(source).fields.get(name) ?? [];
}

/** `config["NAME"] = …`, `{"NAME": …}`. */
function entries(source: Source, name: string): readonly number[] {
  return source.strings
    .filter((text) => text.value === name)
    .flatMap((text) => {
      const after = /^\s*(?:\]\s*=(?!=)|:)\s*/.exec(source.code.slice(text.end, text.end + 60));
      return after ? [text.end + after[0].length] : [];
    });
}

/** The last one before a place says most, then those before it, then those that follow. */
function nearestFirst(offsets: readonly number[], place: number): readonly number[] {
  return [...offsets.filter((one) => one < place).toReversed(), ...offsets.filter((one) => one >= place)];
}

/** The bracket of the list that a name runs through before an offset. */
function lastLoop(source: Source, name: string, offset: number): number | null {
  const before = source.code.slice(0, offset);
  const loop = [...before.matchAll(new RegExp(`\\bfor\\s+${name}\\s+in\\s*(?=[([{])`, 'g'))].at(-1);
  if (!loop) return null;
  const open = loop.index + loop[0].length;
  return insideBrackets(source.code, open).length < 1000 ? open : null;
}
