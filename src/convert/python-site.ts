import type { Base } from './base.ts';

/** Python's minor version in a distribution. */
const SYSTEM_PYTHON: Readonly<Record<string, string>> = {
  buster: '3.7',
  bullseye: '3.9',
  bookworm: '3.11',
  trixie: '3.13',
  bionic: '3.6',
  focal: '3.8',
  jammy: '3.10',
  noble: '3.12',
};

/**
 * Where packages and their programs are installed: a virtual environment, or the interpreter's own folders. Where the
 * minor version is not known, the folder above it.
 */
export function pythonPackages(call: { readonly venv: string | null; readonly base: Base }): string[] {
  if (call.venv !== null) return [call.venv];
  const isOwn = call.base.family?.id === 'python';
  const minor = isOwn ? /^\d\.\d+/.exec(call.base.version ?? '')?.[0] : SYSTEM_PYTHON[call.base.suite ?? ''];
  const folder = isOwn ? 'site-packages' : 'dist-packages';
  return [minor === undefined ? '/usr/local/lib' : `/usr/local/lib/python${minor}/${folder}`, '/usr/local/bin'];
}
