import { type IgnoreFile, readIgnoreFile } from '../../dockerfile/ignore.ts';
import type { IgnoreGroup } from '../../model/plan.ts';

/** What these groups leave out of the build context. */
export function readIgnoreGroups(groups: readonly IgnoreGroup[]): IgnoreFile {
  return readIgnoreFile(groups.flatMap((group) => group.patterns).join('\n'));
}

/**
 * What no image needs, whatever the language. Patterns are anchored at the context, so `**` stands before each. The
 * Dockerfile and this file travel to the builder on their own way and may be left out.
 */
export const COMMON_IGNORES: readonly IgnoreGroup[] = [
  {
    title: 'Version control and its hosts',
    patterns: [
      '**/.git',
      '**/.gitignore',
      '**/.gitattributes',
      '**/.gitmodules',
      '**/.github',
      '**/.gitlab',
      '**/.gitlab-ci.yml',
      '**/.circleci',
      '**/.hg',
      '**/.svn',
    ],
  },
  {
    title: 'Secrets and local settings',
    patterns: [
      '**/.env',
      '**/.env.*',
      '!**/.env.example',
      '**/*.pem',
      '**/*.key',
      '**/*.p12',
      '**/*.pfx',
      '**/id_rsa*',
      '**/id_ed25519*',
      '**/.aws',
      '**/.ssh',
      '**/.netrc',
      '**/.pypirc',
      '**/.kube',
      '**/*.tfstate*',
    ],
  },
  {
    title: 'Container files',
    patterns: [
      '**/Dockerfile*',
      '**/*.Dockerfile',
      '**/.dockerignore',
      '**/*.dockerignore',
      '**/Containerfile*',
      '**/compose*.y*ml',
      '**/docker-compose*.y*ml',
    ],
  },
  {
    title: 'Editors and operating systems',
    patterns: ['**/.idea', '**/.vscode', '**/.vs', '**/*.swp', '**/.DS_Store', '**/Thumbs.db'],
  },
  { title: 'Logs and reports', patterns: ['**/*.log', '**/logs/*.gz', '**/coverage', '**/.nyc_output'] },
];
