import type { IgnoreGroup } from '../../model/plan.ts';
import { COMMON_IGNORES } from '../shared/ignore.ts';
import type { PythonFacts } from './facts.ts';

/** What Python's tools leave behind, and tests as far as no other code loads them. */
export function ignoreGroups(facts: Pick<PythonFacts, 'unneeded'>): readonly IgnoreGroup[] {
  return [
    ...COMMON_IGNORES,
    {
      title: 'Python: environments, caches and what builds leave behind',
      patterns: [
        '**/__pycache__',
        '**/*.py[cod]',
        '**/.venv',
        '**/venv',
        '**/.tox',
        '**/.nox',
        '**/.pytest_cache',
        '**/.mypy_cache',
        '**/.ruff_cache',
        '**/.hypothesis',
        '**/.ipynb_checkpoints',
        '**/.coverage*',
        '**/htmlcov',
        '**/*.egg-info',
        '**/.pdm-build',
        '**/.pdm-python',
        '**/node_modules',
      ],
    },
    ...(facts.unneeded.length > 0 ? [{ title: 'Tests and local data', patterns: facts.unneeded }] : []),
  ];
}
