/** Releases of the installers, checked 2026-11-23: the lowest Python that each needs, newest first. */
const RELEASES: Readonly<Record<string, readonly (readonly [python: string, release: string])[]>> = {
  poetry: [
    ['3.10', '2.5.1'],
    ['3.9', '2.2.1'],
    ['3.8', '1.8.5'],
    ['3.7', '1.5.1'],
  ],
  'poetry-core': [
    ['3.10', '2.5.0'],
    ['3.9', '2.2.1'],
    ['3.8', '1.9.1'],
    ['3.7', '1.6.1'],
  ],
  pipenv: [
    ['3.10', '2026.10.3'],
    ['3.9', '2025.0.4'],
    ['3.8', '2024.4.1'],
    ['3.7', '2023.10.3'],
  ],
};

/** uv is one program without Python; it reads the lock files of all its earlier releases. */
export const UV_IMAGE = 'ghcr.io/astral-sh/uv:0.13.9';

/** The release of a tool for a Python version. */
export function toolRelease(tool: 'poetry' | 'poetry-core' | 'pipenv', python: string): string {
  const rows = RELEASES[tool] ?? [];
  const minor = (version: string) => Number(version.split('.')[1]);
  return (rows.find(([lowest]) => minor(python) >= minor(lowest)) ?? rows.at(-1))?.[1] ?? '';
}

/**
 * Poetry of the release that wrote the lock file, since releases disagree about its form and about whether it is up to date; the
 * ones before 1.5 do not say and are read by the last one of their series.
 */
export function poetryRelease(writer: string | null, python: string): string {
  if (writer === null) return toolRelease('poetry', python);
  const [major = 0, minor = 0] = writer.split('.').map(Number);
  if (!/^\d+\.\d+\.\d+$/.test(writer) || (major === 1 && minor < 5)) return '1.8.5';
  return writer;
}

/** `poetry export` is a plugin since Poetry 2; before that it came along. */
export function exportPlugin(poetry: string): string {
  return poetry.startsWith('1.') ? '' : ' poetry-plugin-export==1.9.0';
}
