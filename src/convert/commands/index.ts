import { COMPILERS } from './compilers.ts';
import { DOWNLOADS } from './downloads.ts';
import { FILES } from './files.ts';
import { JAVASCRIPT } from './javascript.ts';
import { OTHERS } from './others.ts';
import { PYTHON } from './python.ts';
import { SYSTEM } from './system.ts';
import type { Judge } from './verdict.ts';

const JUDGES: Readonly<Record<string, Judge>> = {
  ...COMPILERS,
  ...FILES,
  ...JAVASCRIPT,
  ...OTHERS,
  ...PYTHON,
  ...SYSTEM,
  ...DOWNLOADS,
};

/** What is known about a program of that name; versions at its end do not count (`pip3.11`, `python3`, `gcc-12`). */
export function judgeOf(name: string): Judge | null {
  const found = Object.hasOwn(JUDGES, name) ? JUDGES[name] : undefined;
  if (found !== undefined) return found;
  const plain = name.replace(/-?\d+(\.\d+)*$/, '');
  return (Object.hasOwn(JUDGES, plain) ? JUDGES[plain] : undefined) ?? null;
}
