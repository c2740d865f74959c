import type { Fact, Note } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { readLines } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import type { Manifest } from './manifest.ts';
import type { Shape } from './shape.ts';

/** Variables that are compiled into what a browser loads. JSON. */
export type SiteEnvironment = {
  /** files with nothing but such variables, which the build may read, relative to the project */
  readonly files: readonly string[];
  /** variables that the sources read, by name, where no such file sets them */
  readonly names: readonly Fact[];
};

const PREFIX =
  '(?:VITE|REACT_APP|NEXT_PUBLIC|VUE_APP|PUBLIC|GATSBY|NUXT_PUBLIC|EXPO_PUBLIC|STORYBOOK|NG_APP|PARCEL_PUBLIC)';
const READ = new RegExp(String.raw`(?:import\.meta\.env|process\.env)(?:\.|\[["'])(${PREFIX}_\w+)`, 'g');
const FILES = ['.env', '.env.production'];

/**
 * Variables with a public prefix belong to the build of whatever runs in a browser. A settings file that holds nothing else
 * is no secret, and comes into the build context; any other stays out.
 */
export function siteEnvironment(project: Project, manifest: Manifest, shape: Shape | null): SiteEnvironment {
  if (!shape || (shape.kind === 'server' && shape.layout === 'source')) return { files: [], names: [] };
  const files = FILES.map((name) => joinPath(manifest.directory, name)).filter((path) =>
    holdsOnlyPublic(project, path),
  );
  const set = new Set(files.flatMap((path) => namesIn(project, path)));
  const names = new Map<string, Fact>();
  for (const path of project.find({
    under: manifest.directory,
    endings: ['.ts', '.tsx', '.js', '.jsx', '.vue', '.svelte', '.astro', '.mjs'],
    limit: 600,
  })) {
    const text = project.source(path) ?? '';
    if (!/_/.test(text) || !/env/.test(text)) continue;
    for (const match of text.matchAll(READ)) {
      const name = match[1] ?? '';
      if (set.has(name) || names.has(name)) continue;
      names.set(name, { value: name, from: `${path}:${text.slice(0, match.index).split('\n').length}` });
    }
  }
  return { files, names: [...names.values()].sort((a, b) => (a.value < b.value ? -1 : 1)).slice(0, 40) };
}

function holdsOnlyPublic(project: Project, path: string): boolean {
  const names = namesIn(project, path);
  return (
    names.length > 0 &&
    names.every((name) =>
      new RegExp(
        `^(?:${PREFIX}_\\w+|NODE_ENV|PORT|GENERATE_SOURCEMAP|SKIP_PREFLIGHT_CHECK|CI|BROWSER|ESLINT_NO_DEV_ERRORS|DISABLE_ESLINT_PLUGIN|INLINE_RUNTIME_CHUNK|PUBLIC_URL|BASE_URL)$`,
      ).test(name),
    )
  );
}

function namesIn(project: Project, path: string): readonly string[] {
  if (project.source(path) === null) return [];
  return (readLines(project, path) ?? [])
    .map(({ text }) => /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(text)?.[1])
    .filter((name) => name !== undefined);
}

export function siteNotes(environment: SiteEnvironment): readonly Note[] {
  const first = environment.names[0];
  if (!first) return [];
  return [
    {
      code: 'build-variables',
      severity: 'info',
      places: environment.names.slice(0, 3).map(({ from }) => from),
      args: { names: environment.names.map(({ value }) => value).join(', ') },
    },
  ];
}
