import { directoryOf, joinPath, relativePath } from '../../project/search.ts';
import { type Application, EMPTY, type Search } from './application.ts';
import { placeIn, type Source } from './sources.ts';

interface Spider {
  readonly name: string;
  readonly source: Source;
  readonly offset: number;
}

/**
 * A project of Scrapy runs a spider by its name, from the folder of scrapy.cfg. One that starts its crawls by itself is a plain program; of
 * several spiders the first is run, with a note.
 */
export function scrapyApplication(search: Search): Application | null {
  const { project, directory, sources } = search;
  const config = project.find({ under: directory, names: ['scrapy.cfg'], depth: 2, limit: 1 })[0];
  if (config === undefined || sources.some((source) => /\bCrawler(?:Process|Runner)\s*\(/.test(source.code)))
    return null;
  const spiders = sources.flatMap(spidersIn);
  const first = spiders[0];
  if (!first) return null;
  const folder = relativePath(joinPath(directory), directoryOf(config));
  const names = spiders.map((spider) => spider.name);
  return {
    ...EMPTY,
    framework: 'Scrapy',
    words: ['scrapy', 'crawl', first.name],
    file: first.source.path,
    workdir: folder === '' ? '.' : folder,
    from: placeIn(first.source, first.offset),
    holds: first.name,
    needs: ['scrapy'],
    notes:
      names.length === 1
        ? []
        : [
            {
              code: 'spiders-several',
              severity: 'info',
              places: spiders.slice(0, 4).map((spider) => placeIn(spider.source, spider.offset)),
              args: { names: names.slice(0, 8).join(', '), first: first.name },
            },
          ],
  };
}

/** `name = "quotes"` in a class that is a spider. */
function spidersIn(source: Source): readonly Spider[] {
  return [...source.code.matchAll(/^class\s+\w+\s*\([^)]*Spider\w*[^)]*\)\s*:/gm)].flatMap((match) => {
    const start = match.index + match[0].length;
    const named = /^[ \t]+name\s*(?::[^=\n]+)?=\s*(?=["'])/m.exec(source.code.slice(start));
    const next = source.code.slice(start).search(/^class\s/m);
    if (!named || (next !== -1 && next < named.index)) return [];
    const offset = start + named.index + named[0].length;
    const text = source.strings.find((one) => one.start === offset);
    return text && /^[\w.-]+$/.test(text.value) ? [{ name: text.value, source, offset }] : [];
  });
}
