import { UserError } from '../errors.ts';
import { readIgnoreGroups } from '../languages/shared/ignore.ts';
import type { ImagePlan } from '../model/plan.ts';
import type { Project } from '../model/project.ts';
import { directoryOf, joinPath } from '../project/search.ts';

/**
 * Every file that a bind mount or a COPY takes from the build context must be there and must not be left out by the plan's
 * own .dockerignore. A miss is a mistake of the plan, not of the user, and never reaches a file.
 */
export function checkContext(project: Project, plan: ImagePlan): void {
  const ignored = readIgnoreGroups(plan.ignore);
  for (const source of contextSources(plan)) {
    const path = joinPath(source);
    const there = project.isFile(joinPath(plan.context, path)) || project.isDirectory(joinPath(plan.context, path));
    if (!there) throw missing(project, joinPath(plan.context, path));
    if (path !== '.' && ignored.excludes(path))
      throw new Error(`the plan copies ${path}, which its .dockerignore leaves out`);
  }
}

/** The settings of a mount are a list with commas, so a name with a comma in it was cut there. */
function missing(project: Project, path: string): Error {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const whole = project.entries(directoryOf(path)).find((entry) => entry.name.startsWith(`${name},`));
  if (whole) return unmountable(whole.name, 'comma');
  return new Error(`the plan copies ${path}, which is not in the build context`);
}

function unmountable(name: string, character: string): UserError {
  return new UserError(
    'value-unsafe',
    `${JSON.stringify(name)} has a ${character} in its name, and a build cannot mount such a path.`,
    'Rename it and run again.',
  );
}

/** Paths in the build context that the plan names, wildcards left out. */
function contextSources(plan: ImagePlan): readonly string[] {
  const sources = new Set<string>();
  visit(plan.parts, sources);
  visit(plan.runtime, sources);
  return [...sources].filter((source) => !/[*?[]/.test(source));
}

function visit(value: unknown, sources: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) visit(item, sources);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  if (
    'sources' in value &&
    'target' in value &&
    'from' in value &&
    value.from === null &&
    Array.isArray(value.sources)
  ) {
    for (const source of value.sources) if (typeof source === 'string') sources.add(source);
  }
  if ('mounts' in value && Array.isArray(value.mounts)) {
    for (const mount of value.mounts) {
      const source = /^type=bind,(?!.*from=).*source=([^,]+)/.exec(String(mount))?.[1];
      if (source && /["\\]/.test(source)) throw unmountable(source, 'quote or a backslash');
      if (source) sources.add(source);
    }
  }
  for (const item of Object.values(value)) visit(item, sources);
}
