import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { readLines } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import type { Source } from './sources.ts';

/** Where a program listens, as a settings file beside it says: `config.yaml`, `server.ini`. */
export interface ListenSettings {
  readonly host: Fact | null;
  readonly port: Fact | null;
}

const FILE = /(?:^|\/)([\w.-]+\.(?:ya?ml|toml|ini|cfg|conf|json))$/;

/** Sections that speak of the program itself; others are about a database, a queue or a mail server. */
const OWN_SECTION =
  /^(?:|server|http|https|web|webserver|app|application|api|main|default|defaults|global|service|site|listen|aiohttp|tornado|flask|uvicorn)$/i;

/** The settings files that the source names, read for `host` and `port`. */
export function listenSettings(project: Project, directory: string, reached: readonly Source[]): ListenSettings {
  const names = reached.flatMap((source) => source.strings.map((text) => FILE.exec(text.value)?.[1] ?? ''));
  const known = [...new Set(names)].filter((name) => name !== '' && !/^(?:pyproject|package|setup|tox)\./.test(name));
  const paths = known.slice(0, 5).flatMap((name) => {
    const beside = joinPath(directory, name);
    if (project.isFile(beside)) return [beside];
    return project.find({ under: directory, names: [name], depth: 3, limit: 1 });
  });
  const found = paths.flatMap((path) => settingsIn(project, path));
  return {
    host: found.find((one) => one.key !== 'port') ?? null,
    port: found.find((one) => one.key === 'port') ?? null,
  };
}

function settingsIn(project: Project, path: string): readonly (Fact & { readonly key: string })[] {
  let section = '';
  const found: (Fact & { readonly key: string })[] = [];
  for (const { text, place } of readLines(project, path) ?? []) {
    section = sectionAt(text) ?? (/^\w/.test(text) && !path.endsWith('.ini') && !text.includes('=') ? '' : section);
    const [, key = '', value = ''] =
      /^\s*["']?(host|hostname|address|bind|listen|port)["']?\s*[:=]\s*["']?([\w.]+)["']?\s*,?\s*(?:#.*)?$/i.exec(
        text,
      ) ?? [];
    if (key !== '' && OWN_SECTION.test(section))
      found.push({ key: key.toLowerCase(), value, from: place, holds: value });
  }
  return found;
}

/** `[server]`, `server:`, `"server": {`; `null` where the line starts none. */
function sectionAt(text: string): string | null {
  return (
    /^\s*\[+\s*([\w-]+)\s*\]+/.exec(text)?.[1] ??
    /^["']?([\w-]+)["']?\s*:\s*(?:#.*)?$/.exec(text)?.[1] ??
    /^\s*"([\w-]+)"\s*:\s*\{/.exec(text)?.[1] ??
    null
  );
}
