import { RULES } from '../../src/lint/rules/index.ts';

const CONCERNS = [
  ['build', 'Would not build'],
  ['start', 'Would not start, be reached or be stopped'],
  ['safety', 'Would leak, or is not safe to depend on'],
  ['size', 'Makes the image larger than it needs to be'],
  ['rebuild', 'Costs time at every rebuild'],
] as const;

/** docs/rules.md: all rules by what they guard against. */
export function rulesPage(): string {
  const sections = CONCERNS.flatMap(([concern, title]) => [
    `## ${title}`,
    '',
    '| rule | severity | also known as |',
    '| --- | --- | --- |',
    ...RULES.filter((rule) => rule.concern === concern).map(
      ({ id, severity, aliases }) => `| [${id}](rules/${id}.md) | ${severity} | ${aliases.join(', ')} |`,
    ),
    '',
  ]);
  const head = [
    '# Rules',
    '',
    `The ${RULES.length} rules of [check](check.md). A single finding may be milder or graver than its rule.`,
    '',
  ];
  return `${[...head, ...sections].join('\n').trimEnd()}\n`;
}
