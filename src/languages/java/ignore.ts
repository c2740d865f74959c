import type { IgnoreGroup } from '../../model/plan.ts';
import { COMMON_IGNORES } from '../shared/ignore.ts';
import type { JavaFacts } from './facts.ts';

/** Folders of sources: a package may be called `target`, `build` or `coverage`, and a class `DockerfileReader`. */
const SOURCES = ['java', 'kotlin', 'scala', 'groovy', 'proto'].map((name) => `!**/src/main/${name}`);

export function ignoreGroups(facts: JavaFacts): readonly IgnoreGroup[] {
  const isMaven = facts.build.tool === 'maven';
  const outputs = isMaven ? ['**/target', '**/.flattened-pom.xml'] : ['**/build', '**/.gradle', '**/.kotlin'];
  const skipsTests = facts.build.tool === 'maven' && facts.build.testFlag === '-Dmaven.test.skip=true';
  return [
    ...COMMON_IGNORES,
    {
      title: 'Java',
      patterns: [
        ...outputs,
        '**/*.class',
        '**/*.iml',
        '**/.settings',
        '**/.classpath',
        '**/.project',
        '**/hs_err_pid*',
        '**/node_modules',
      ],
    },
    ...(skipsTests ? [{ title: 'Tests are not built into the image', patterns: ['**/src/test'] }] : []),
    {
      title: 'Sources, whatever their names',
      patterns: [
        ...SOURCES,
        `!**/src/main/**/${isMaven ? 'target' : 'build'}`,
        ...facts.keys.map((path) => `!${path}`),
      ],
    },
  ];
}
