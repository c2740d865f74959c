import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { joinPath } from '../src/project/search.ts';

/** Which rooms a room may import from; itself always. Read → decide → write: no arrow points back. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  errors: [],
  project: ['model', 'errors'],
  images: ['model', 'errors'],
  dockerfile: ['model', 'errors', 'project'],
  languages: ['model', 'errors', 'project', 'images', 'dockerfile', 'wizard'],
  detect: ['model', 'errors', 'project', 'languages'],
  wizard: ['model', 'errors', 'project', 'images', 'languages'],
  plan: ['model', 'errors', 'project', 'images', 'languages', 'dockerfile'],
  render: ['model', 'errors', 'project', 'plan'],
  lint: ['model', 'errors', 'project', 'images', 'dockerfile'],
  convert: ['model', 'errors', 'project', 'images', 'dockerfile', 'languages', 'detect', 'lint'],
  engine: ['model', 'errors'],
  verify: ['model', 'errors', 'project', 'dockerfile', 'engine', 'lint'],
  write: ['model', 'errors', 'project'],
  ui: ['model', 'errors', 'wizard'],
};

/** Libraries that one file alone may know. */
const ONE_FILE = ['@clack/prompts', 'handlebars', 'execa', 'fs-extra', 'unbash', '@balena/dockerignore'];

/** Rooms whose code decides: no disk, clock, network, terminal or environment. */
const DECIDES = ['model', 'images', 'languages', 'detect', 'wizard', 'plan', 'render', 'lint', 'convert', 'dockerfile'];

interface Module {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const modules: readonly Module[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && statSync(`src/${path}`).isFile())
  .map((path) => {
    const text = readFileSync(`src/${path}`, 'utf8');
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
    return { path, room: path.includes('/') ? (path.split('/')[0] ?? '') : path.replace('.ts', ''), text, imports };
  });

function roomOf(module: Module, imported: string): string {
  const target = joinPath(module.path, '..', imported);
  return target.includes('/') ? (target.split('/')[0] ?? '') : target.replace('.ts', '');
}

describe('the rooms', () => {
  test.each(modules.filter((module) => module.room in MAY_IMPORT))(
    '$path imports only from where arrows may come',
    (module) => {
      const allowed = [module.room, ...(MAY_IMPORT[module.room] ?? [])];
      const rooms = module.imports.filter((one) => one.startsWith('.')).map((one) => roomOf(module, one));
      expect(rooms.filter((room) => !allowed.includes(room))).toEqual([]);
    },
  );

  test('every room is known to this test', () => {
    const open = ['commands', 'cli', 'index', 'quick', 'start', 'unpack'];
    expect(
      modules.map((module) => module.room).filter((room) => !(room in MAY_IMPORT) && !open.includes(room)),
    ).toEqual([]);
  });

  test('a language never imports another language', () => {
    const crossing = modules
      .filter((module) => module.path.startsWith('languages/') && module.path.split('/').length > 2)
      .filter((module) => {
        const own = module.path.split('/')[1];
        return module.imports
          .filter((one) => one.startsWith('.'))
          .map((one) => joinPath(module.path, '..', one).split('/'))
          .some((to) => to[0] === 'languages' && to.length > 2 && to[1] !== own && to[1] !== 'shared');
      });
    expect(crossing.map((module) => module.path)).toEqual([]);
  });

  test('nothing of Node is imported late: the compressed bundle knows only require', () => {
    const late = modules.filter(({ text }) => /await import\('node:/.test(text));
    expect(late.map((module) => module.path)).toEqual([]);
  });

  test.each(ONE_FILE)('%s is imported in one file', (name) => {
    const users = modules.filter(
      (module) =>
        module.imports.some((one) => one === name || one.startsWith(`${name}/`)) && !onlyTypes(module.text, name),
    );
    expect(users.length, users.map((module) => module.path).join(', ')).toBeLessThanOrEqual(1);
  });

  test.each(modules.filter((module) => DECIDES.includes(module.room)))('$path touches nothing outside', (module) => {
    const outside = module.imports.filter((one) =>
      /^node:(?:fs|child_process|net|http|https|os|process|tty|readline)/.test(one),
    );
    expect(outside).toEqual([]);
    expect(withoutTexts(module.text).match(/\bprocess\.|new Date\(\)|Date\.now\(|Math\.random\(/g) ?? []).toEqual([]);
  });
});

/** Generated programs stand in texts, and comments speak of processes: only our own code counts. */
function withoutTexts(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replaceAll(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''");
}

/** `import type` leaves nothing behind in the program. */
function onlyTypes(text: string, name: string): boolean {
  return !new RegExp(`import (?!type)[^;]*'${name.replaceAll('/', '\\/')}(?:/[^']*)?'`).test(text);
}
