import { hasPackage } from './dependencies.ts';
import type { Pyproject } from './pyproject.ts';
import { normalName, type Requirement } from './requirement.ts';
import type { Source } from './sources.ts';
import { distributionOf, thirdPartyImports } from './third-party.ts';

const FOR_DEVELOPMENT =
  /^(?:dev|develop|development|tests?|testing|lint|linting|docs?|typing|types|type|check|ci|format|notebooks?|jupyter|examples?|bench\w*|release|build|debug)/;
const FOR_PRODUCTION = /^(?:prod|production|deploy|deployment)$/;

/**
 * Optional dependencies and groups that production needs: those named so, and those that bring a package which the program
 * imports as soon as it is loaded and which nothing else brings.
 */
export function usedGroups(
  pyproject: Pyproject | null,
  reached: readonly Source[],
): { readonly extras: readonly string[]; readonly groups: readonly string[] } {
  if (!pyproject) return { extras: [], groups: [] };
  const direct = { requirements: pyproject.requirements, locked: [] };
  const missing = thirdPartyImports(reached)
    .map((fact) => normalName(distributionOf(fact.value) ?? fact.value))
    .filter((name) => !hasPackage(direct, name));
  return { extras: chosen(pyproject.extras, missing), groups: chosen(pyproject.groups, missing) };
}

function chosen(
  groups: Readonly<Record<string, readonly Requirement[]>>,
  missing: readonly string[],
): readonly string[] {
  return Object.entries(groups)
    .filter(([name, requirements]) => {
      if (FOR_PRODUCTION.test(name)) return true;
      return !FOR_DEVELOPMENT.test(name) && requirements.some((one) => missing.includes(one.name));
    })
    .map(([name]) => name);
}
