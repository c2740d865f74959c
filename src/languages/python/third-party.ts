import type { Fact } from '../../model/fact.ts';
import { own } from '../../project/own.ts';
import { BRINGS } from './brought-data.ts';
import type { Dependencies } from './dependencies.ts';
import { importedFrom } from './import-roots.ts';
import { normalName, type Requirement } from './requirement.ts';
import { placeIn, type Source } from './sources.ts';
import { DISTRIBUTIONS, SAME_MODULE, STANDARD_LIBRARY } from './third-party-data.ts';

/** Modules of neither the standard library nor the service that the files need as soon as they are loaded, each once. */
export function thirdPartyImports(sources: readonly Source[]): readonly Fact[] {
  const found = new Map<string, Fact>();
  for (const source of sources) {
    for (const one of source.imports) {
      const [top = ''] = one.module.split('.');
      if (one.level > 0 || !one.isTopLevel || top === '' || found.has(top)) continue;
      if (STANDARD_LIBRARY.has(top) || importedFrom(sources, source, { ...one, module: top, name: null }).length > 0)
        continue;
      if (isLocalFolder(sources, top)) continue;
      found.set(top, { value: top, from: placeIn(source, one.offset) });
    }
  }
  return [...found.values()];
}

/** A folder of the service, wherever it stands: better one import not reported than a wrong report. */
function isLocalFolder(sources: readonly Source[], top: string): boolean {
  return sources.some((source) => source.path.split('/').some((part) => part === top || part === `${top}.py`));
}

/** The distribution that brings a module: `yaml` is PyYAML; `null` where only the same name could be guessed. */
export function distributionOf(module: string): string | null {
  return own(DISTRIBUTIONS, module) ?? null;
}

/**
 * Imports that no declared dependency brings; only of distributions that are known, so that none is reported wrongly. `optional`: what
 * is installed besides, as an extra or a group.
 */
export function undeclaredImports(
  reached: readonly Source[],
  dependencies: Dependencies,
  optional: readonly Requirement[],
): readonly Fact[] {
  // A lock file and a conda list hold what is needed; so does the package's own metadata, where only running it would tell.
  if (dependencies.locked.length > 0 || dependencies.manager === 'listed') return [];
  if (dependencies.manager === 'project' && dependencies.requirements.length === 0) return [];
  const declared = [...dependencies.requirements, ...optional];
  const all = declared.map((one) => one.name);
  // `passlib[bcrypt]`: an extra is mostly called like the distribution that it brings.
  const brought = new Set([...all.flatMap((name) => broughtBy(name)), ...declared.flatMap((one) => one.extras)]);
  return thirdPartyImports(reached).filter((fact) => {
    const distribution = distributionOf(fact.value);
    if (distribution === null) return false;
    const wanted = [normalName(distribution.replace(/\[.*$/, '')), normalName(fact.value)];
    return !wanted.some((name) => brought.has(name) || all.some((one) => related(one, name)));
  });
}

/** An extension of Flask brings Flask, and so what Flask brings. */
function broughtBy(name: string): readonly string[] {
  const direct = own(BRINGS, name)?.split(' ') ?? [];
  return name.startsWith('flask-') ? [...direct, ...(own(BRINGS, 'flask')?.split(' ') ?? [])] : direct;
}

/** Another distribution brings the same module, or builds upon the one that does: `flask-cors` brings Flask along. */
function related(declared: string, wanted: string): boolean {
  if (declared === wanted || declared.startsWith(`${wanted}-`)) return true;
  return SAME_MODULE.some((names) => names.test(declared) && names.test(wanted));
}
