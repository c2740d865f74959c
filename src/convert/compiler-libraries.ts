import type { Carry } from './carry.ts';
import type { RuntimeBase } from './runtime-base.ts';
import type { Survey } from './survey.ts';

/** Version of GCC whose C++ library a suite has. */
const GCC_OF: Readonly<Record<string, number>> = { buster: 8, bullseye: 10, bookworm: 12, trixie: 14 };

const SOURCES = ['.cpp', '.cc', '.cxx', '.hpp', '.hh', '.C'];

/**
 * The image `gcc` brings libraries of its own: a C++ program that was compiled with a newer GCC than the distribution's
 * finds symbols missing there and does not start.
 */
export function compilerLibraries(survey: Survey, runtime: RuntimeBase): Carry[] {
  const { base, context } = survey;
  if (base.family?.id !== 'gcc' || runtime.hasRuntime || runtime.base.manager !== 'apt') return [];
  if (Number.parseInt(base.version ?? '', 10) <= (GCC_OF[runtime.base.suite ?? ''] ?? 0)) return [];
  const { project, directory } = context;
  if (project.find({ under: directory, endings: SOURCES, limit: 1 }).length === 0) return [];
  const names = ['libstdc++.so.6', 'libgcc_s.so.1', ...(survey.usesOpenMp ? ['libgomp.so.1'] : [])];
  return [
    {
      sources: names.map((name) => `/usr/local/lib64/${name}`),
      target: '/usr/local/lib/',
      chown: null,
      why: { code: 'compiler-libraries', args: {} },
    },
  ];
}
