import type { IgnoreGroup } from '../../model/plan.ts';
import { relativePath } from '../../project/search.ts';
import { COMMON_IGNORES } from '../shared/ignore.ts';
import type { NodeFacts } from './facts.ts';
import { SCHEMA } from './needed-variables.ts';

/** What tools leave behind, at any depth. Names that people also give to sources (`build`, `dist`) are not among them. */
const LEFT_BEHIND = [
  '**/node_modules',
  '**/.next',
  '**/.nuxt',
  '**/.output',
  '**/.svelte-kit',
  '**/.astro',
  '**/.turbo',
  '**/.nx/cache',
  '**/.nx/workspace-data',
  '**/.parcel-cache',
  '**/.angular',
  '**/.vercel',
  '**/.netlify',
  '**/.serverless',
  '**/.pnpm-store',
  '**/.eslintcache',
  '**/*.tsbuildinfo',
];
const YARN = ['**/.yarn/cache', '**/.yarn/unplugged', '**/.yarn/install-state.gz', '**/.pnp.*'];

/** Tests and what belongs to them; nothing of it runs. */
const TESTS = [
  '**/*.test.*',
  '**/*.spec.*',
  '**/__tests__',
  '**/__mocks__',
  '**/__snapshots__',
  '**/playwright-report',
  '**/test-results',
];

/**
 * The .dockerignore of a project: the common patterns, what Node's tools leave behind, and the folders that the build of this
 * very project makes.
 */
export function ignoreGroups(facts: NodeFacts): readonly IgnoreGroup[] {
  const inContext = (path: string): string => relativePath(facts.context, path);
  const left = new Set(LEFT_BEHIND);
  const made = (facts.steps.length === 0 ? [] : [...new Set(facts.made.map(inContext))]).filter(
    (path) => path !== '.' && !left.has(`**/${path}`),
  );
  const secret =
    facts.install.secretFile === null
      ? []
      : [`**/${facts.install.secretFile.slice(facts.install.secretFile.lastIndexOf('/') + 1)}`];
  const groups: IgnoreGroup[] = [
    ...COMMON_IGNORES,
    {
      title: 'What Node’s tools leave behind',
      patterns: [...LEFT_BEHIND, ...(facts.install.manager === 'berry' ? YARN : []), ...made],
    },
    ...(facts.needsTests ? [] : [testGroup(facts)]),
  ];
  if (secret.length > 0) groups.push({ title: 'Credentials of package registries', patterns: secret });
  if (facts.hasSchema) groups.push({ title: 'Descriptions of settings', patterns: [`!**/${SCHEMA}`] });
  if (facts.environment.files.length > 0)
    groups.push({
      title: 'Settings that are compiled into the site',
      patterns: facts.environment.files.map((path) => `!${inContext(path)}`),
    });
  return groups;
}

function testGroup(facts: NodeFacts): IgnoreGroup {
  const folders = facts.testFolders.map((path) => relativePath(facts.context, path));
  // Nx reads how tests are compiled before it builds anything
  return { title: 'Tests', patterns: [...TESTS, ...folders, ...(facts.isNx ? ['!**/.spec.swcrc'] : [])] };
}
