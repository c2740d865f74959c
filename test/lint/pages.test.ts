import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/lint/rules/index.ts';
import { findings } from './check-file.ts';

const FOLDER = 'docs/rules';

interface Example {
  readonly dockerfile: string;
  readonly files: Readonly<Record<string, string>>;
}

function section(page: string, title: string): string {
  return page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
}

/** The Dockerfile of a section and the files that stand beside it: code blocks with a name, and names after "Beside it". */
function example(page: string, title: string): Example {
  const text = section(page, title);
  const blocks = [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)\n```$/gm)];
  const dockerfile = blocks.find(([, language]) => language === 'dockerfile')?.[3] ?? '';
  const named = blocks.flatMap(([, , name, contents]) => (name === undefined ? [] : [[name, contents ?? ''] as const]));
  const beside = /^Beside it: (.*)\.$/m.exec(text)?.[1] ?? '';
  const empty = [...beside.matchAll(/`([^`]+)`/g)].map(([, name]) => [name ?? '', ''] as const);
  return { dockerfile: `${dockerfile}\n`, files: Object.fromEntries([...named, ...empty]) };
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))('the page of %s', (id, rule) => {
  const page = readFileSync(`${FOLDER}/${id}.md`, 'utf8');
  const caught = (title: string) => {
    const { dockerfile, files } = example(page, title);
    return findings(dockerfile, files).filter((finding) => finding.rule === id);
  };

  it('names severity, concern and the ids of other linters', () => {
    const aliases = rule.aliases.length === 0 ? '' : ` · also known as ${rule.aliases.join(', ')}`;
    expect(page).toContain(`\n\`${id}\` · ${rule.severity} · ${rule.concern}${aliases}\n`);
  });

  it('shows an example that is caught, one that is not, and what to do', () => {
    expect(caught('Caught')).toHaveLength(1);
    expect(caught('Allowed')).toEqual([]);
    expect(section(page, 'How to put it right').length).toBeGreaterThan(40);
  });
});

describe('the pages', () => {
  it('are those of the rules and no others', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(RULES.map((rule) => `${rule.id}.md`).sort());
  });
});
