import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { textsAt } from '../../project/readers/document.ts';
import { readJson } from '../../project/readers/json.ts';
import { readYaml } from '../../project/readers/yaml.ts';
import { directoryOf, joinPath, relativePath } from '../../project/search.ts';
import { type Manifest, readManifest } from './manifest.ts';

/** Packages that are installed together from one root. */
export interface Workspace {
  /** relative to the project */
  readonly root: string;
  readonly manifest: Manifest;
  /** without the root itself, sorted by directory */
  readonly members: readonly Manifest[];
  readonly declared: Fact;
}

/** How deep below the root members are looked for. */
const DEEPEST = 4;

/** The workspace that a directory is the root or a member of; `null` where it stands alone. */
export function workspaceOf(project: Project, directory: string): Workspace | null {
  for (let root = directory; ; root = directoryOf(root)) {
    const workspace = workspaceAt(project, root);
    if (workspace && (root === directory || workspace.members.some((member) => member.directory === directory)))
      return workspace;
    if (root === '.') return null;
  }
}

function workspaceAt(project: Project, root: string): Workspace | null {
  const declared = memberPatterns(project, root);
  if (!declared || declared.patterns.length === 0) return null;
  const manifest = readManifest(project, root);
  if (!manifest) return null;
  const matches = memberMatcher(declared.patterns);
  const members = project
    .find({ under: root, names: ['package.json'], depth: DEEPEST, limit: 300 })
    .map(directoryOf)
    .filter((directory) => directory !== root && matches(relativePath(root, directory)))
    .sort()
    .map((directory) => readManifest(project, directory))
    .filter((member) => member !== null);
  if (members.length === 0) return null;
  return { root, manifest, members, declared: { value: declared.patterns.join(' '), from: declared.from } };
}

function memberPatterns(project: Project, root: string): { patterns: readonly string[]; from: string } | null {
  const pnpm = readYaml(project, joinPath(root, 'pnpm-workspace.yaml'));
  const fromPnpm = pnpm && textsAt(pnpm, 'packages');
  if (pnpm && fromPnpm && fromPnpm.length > 0)
    return { patterns: fromPnpm, from: `${pnpm.path}:${pnpm.line('packages')}` };
  const manifest = readJson(project, joinPath(root, 'package.json'));
  const inManifest = manifest && [...textsAt(manifest, 'workspaces'), ...textsAt(manifest, 'workspaces', 'packages')];
  if (manifest && inManifest && inManifest.length > 0)
    return { patterns: inManifest, from: `${manifest.path}:${manifest.line('workspaces')}` };
  return null;
}

/** Patterns as package managers read them: `*` within a folder, `**` across, `{a,b}`, `!` takes away. */
function memberMatcher(patterns: readonly string[]): (directory: string) => boolean {
  const rules = patterns.map((pattern) => ({
    takesAway: pattern.startsWith('!'),
    expression: toExpression(pattern.replace(/^!/, '')),
  }));
  return (directory) => {
    let isMember = false;
    for (const rule of rules) if (rule.expression.test(directory)) isMember = !rule.takesAway;
    return isMember;
  };
}

function toExpression(pattern: string): RegExp {
  const body = joinPath(pattern)
    .replaceAll(/[.+^$()|[\]\\]/g, '\\$&')
    .replaceAll(/\{([^}]*)\}/g, (_all, list: string) => `(?:${list.split(',').join('|')})`)
    .replaceAll('?', '[^/]')
    .replaceAll(/\*\*\/?|\*/g, (stars) => (stars === '*' ? '[^/]*' : stars === '**' ? '.*' : '(?:.*/)?'));
  return new RegExp(`^${body}$`);
}

/**
 * Members that a package needs, directly or through others, those that others need first. The package itself is left out;
 * `production` leaves those out that only help to build.
 */
export function neededMembers(
  workspace: Workspace,
  manifest: Manifest,
  kind: 'all' | 'production' = 'all',
): readonly Manifest[] {
  const byName = new Map(workspace.members.map((member) => [member.name, member]));
  const ordered: Manifest[] = [];
  const seen = new Set<Manifest>([manifest]);
  const visit = (one: Manifest): void => {
    for (const name of Object.keys({ ...one.production, ...(kind === 'all' ? one.development : {}) })) {
      const member = byName.get(name);
      if (!member || seen.has(member)) continue;
      seen.add(member);
      visit(member);
      ordered.push(member);
    }
  };
  visit(manifest);
  return ordered;
}
