import { describe, expect, test } from 'vitest';
import { comparisonScreen, reportScreen } from '../../src/commands/verify/screen.ts';
import type { Check, CheckId, Report } from '../../src/model/report.ts';
import { styleFor } from '../../src/ui/style.ts';
import { compareReports } from '../../src/verify/compare.ts';
import { reportHtml } from '../../src/verify/html.ts';
import { comparisonMarkdown, reportMarkdown } from '../../src/verify/markdown.ts';
import { CHECK_NAMES, checkSentence, megabytes, troubleWords } from '../../src/verify/sentences.ts';
import { bootOf, checkOf, contractOf, reportOf } from '../support/report.ts';

const plain = styleFor(false);
const HOSTILE = '<script>alert(1)</script> | `x` \u001b[2J';

describe('sentences', () => {
  const reasons: Readonly<Record<string, readonly string[]>> = {
    'size/fail': ['budget', 'over-base'],
    'start/skip': ['no-runner'],
    'health/fail': ['unhealthy', 'missing', 'unwanted'],
    'user/warn': ['root', 'needs-root'],
    'arbitrary-uid/warn': ['broken'],
    'arbitrary-uid/skip': ['root'],
    'read-only/warn': ['tmpfs', 'broken', 'complains'],
    'capabilities/warn': ['broken'],
    'memory/warn': ['broken'],
    'stop/fail': ['killed', 'slow'],
    'compilers/warn': ['', 'base'],
    'secrets/fail': ['', 'removed', 'canary'],
    'rebuild/warn': ['install'],
    'rebuild/fail': ['failed'],
    'rebuild/skip': ['no-source'],
    'ci-cache/warn': ['install'],
    'ci-cache/fail': ['failed', 'no-builder'],
    'ci-cache/skip': ['no-source'],
  };
  const all = (Object.keys(CHECK_NAMES) as CheckId[]).flatMap((id) =>
    (['pass', 'warn', 'fail', 'skip'] as const).flatMap((status) =>
      (reasons[`${id}/${status}`] ?? []).map((reason) => checkOf({ id, status, reason, args: {}, paths: ['/app/x'] })),
    ),
  );

  test.each(all.map((check) => [`${check.id} ${check.status} ${check.reason}`, check] as const))(
    '%s says more than its name',
    (_, check) => {
      expect(checkSentence(check)).not.toBe(`${check.status} ${check.reason}`.trim());
      expect(checkSentence(check).length).toBeGreaterThan(10);
    },
  );

  test('every check has one for when all is well and one for when it was required and fails', () => {
    for (const id of Object.keys(CHECK_NAMES) as CheckId[]) {
      if (['stays-up'].includes(id)) continue;
      const sentence = checkSentence(checkOf({ id, status: 'pass', args: {} }));
      expect(sentence, id).not.toBe('pass');
    }
    const warned = checkOf({ id: 'caches', status: 'fail', args: { bytes: '1000000' }, paths: ['/root/.npm'] });
    expect(checkSentence(warned)).toBe('1.0 MB left in /root/.npm');
  });

  test('name what is in the way and what helps', () => {
    const check = checkOf({
      id: 'read-only',
      status: 'warn',
      reason: 'tmpfs',
      args: { folders: '/app/.next/cache' },
      paths: ['/app/.next/cache'],
    });
    expect(checkSentence(check)).toBe(
      'works, but not read-only: writes to /app/.next/cache; works with --tmpfs /app/.next/cache',
    );
    expect(troubleWords('loopback-only', { port: '3000' })).toMatch(/127\.0\.0\.1:3000 only.*0\.0\.0\.0/);
  });

  test('cut long lists and say how much was cut', () => {
    const paths = ['/a', '/b', '/c', '/d', '/e', '/f'];
    expect(checkSentence(checkOf({ id: 'writable', status: 'warn', args: { count: '60' }, paths }))).toMatch(
      /\/d and 56 more$/,
    );
  });

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [7025, '7.0 kB'],
    [298_633, '299 kB'],
    [2_003_000, '2.0 MB'],
    [281_999_999, '282 MB'],
  ])('%i bytes are %s', (bytes, wanted) => {
    expect(megabytes(bytes)).toBe(wanted);
  });
});

describe('a report', () => {
  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(reportOf()))).toEqual(reportOf());
  });

  test.each([40, 80, 120])('fits a terminal of %i columns', (columns) => {
    const lines = reportScreen(reportOf(), columns, plain).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines.join(' ')).toContain('runs as root');
  });

  test('shows the line of what is wrong, and nothing that a terminal would obey', () => {
    const screen = reportScreen(reportOf({ subject: HOSTILE }), 80, plain);
    expect(screen).toContain('line 4: FROM node:24-trixie-slim');
    expect(screen).not.toContain('\u001b');
    expect(screen).toContain('Not verified: 1 failed, 1 to look at.');
  });

  test('shows the last lines of what failed', () => {
    const failure = { message: 'exit code: 1', line: 3, log: ['npm error missing: express'] };
    const report = reportOf({
      build: { seconds: 1, steps: [], failure },
      image: null,
      boots: [],
      checks: [checkOf({ id: 'build', status: 'fail', args: { message: 'exit code: 1' } })],
    });
    expect(reportScreen(report, 80, plain)).toContain('npm error missing: express');
  });
});

describe('Markdown', () => {
  test('shows what is wrong before it is unfolded', () => {
    const text = reportMarkdown(reportOf());
    const [shown = ''] = text.split('<details>');
    expect(shown).toMatch(/❌ Dockerfile: 1 property fails/);
    expect(shown).toContain('does not react to SIGTERM');
    expect(shown).not.toContain('ready after');
    expect(text).toContain('ready after 1.5 s');
  });

  test('keeps its table whole whatever stands in a cell', () => {
    const checks: Check[] = [
      checkOf({
        id: 'http',
        status: 'fail',
        args: { request: HOSTILE, status: 'a\nb', wanted: '`|`' },
        lines: [{ line: 1, text: 'RUN a || b `c`' }],
      }),
    ];
    const rows = reportMarkdown(reportOf({ checks }))
      .split('\n')
      .filter((line) => line.startsWith('| ❌'));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.replaceAll('\\|', '').match(/\|/g)).toHaveLength(5);
    expect(rows[0]).not.toContain('<script>');
  });

  test('lays two reports side by side', () => {
    const text = comparisonMarkdown(compareReports(reportOf({ subject: 'old' }), reportOf({ subject: 'new' })));
    expect(text).toContain('### old → new');
    expect(text).toContain('The runtime contract is the same.');
  });
});

describe('the page', () => {
  test('holds everything itself, and escapes what it shows', () => {
    const page = reportHtml(reportOf({ subject: HOSTILE, boots: [bootOf({ tmpfs: ['/a"b'] })] }));
    expect(page).not.toContain('<script');
    expect(page).not.toMatch(/(?:src|href)=|url\(|@import|https?:/);
    expect(page).not.toContain('\u001b');
    expect(page.match(/<svg/g)?.length).toBeGreaterThanOrEqual(4);
    expect(page).toContain('cached');
  });

  test('shows before and after on one scale', () => {
    const image = reportOf().image;
    const large = reportOf({ subject: 'old', image: image && { ...image, bytes: image.bytes * 2 } });
    const page = reportHtml(reportOf({ subject: 'new' }), compareReports(large, reportOf({ subject: 'new' })));
    expect(page).toContain('<h2>Before and after</h2>');
    expect(page.match(/aria-label="layers"/g)).toHaveLength(2);
  });
});

describe('two reports side by side', () => {
  const row = (what: string, before: ReturnType<typeof reportOf>, after: ReturnType<typeof reportOf>) =>
    compareReports(before, after).differences.find((difference) => difference.what === what);

  test('less is better, and times of two runs differ without meaning', () => {
    const image = reportOf().image;
    const smaller = reportOf({ image: image && { ...image, bytes: 1e6 } });
    expect(row('size', reportOf(), smaller)).toMatchObject({ before: '82.0 MB', after: '1.0 MB', verdict: 'better' });
    expect(row('size', smaller, reportOf())?.verdict).toBe('worse');
    expect(row('ready after', reportOf(), reportOf({ boots: [bootOf({ readySeconds: 2.4 })] }))?.verdict).toBe('same');
    expect(
      row('stops in', reportOf(), reportOf({ stop: { seconds: 10.2, exitCode: 137, killed: true } }))?.verdict,
    ).toBe('worse');
  });

  test('what could not be measured is changed, not better', () => {
    expect(row('size', reportOf(), reportOf({ image: null }))).toMatchObject({ after: '–', verdict: 'changed' });
  });

  test('the contract is compared entry by entry', () => {
    const image = reportOf().image;
    const other = reportOf({
      image: image && {
        ...image,
        contract: contractOf({ user: '', env: { PATH: '/usr/bin', NEW: '1' }, health: ['CMD', 'x'] }),
      },
    });
    const { sameContract, differences } = compareReports(reportOf(), other);
    const changed = differences
      .filter(({ verdict }) => verdict === 'changed')
      .map(({ what, before, after }) => [what, before, after]);
    expect(sameContract).toBe(false);
    expect(changed).toEqual([
      ['user', '1000:1000', 'root'],
      ['health check', 'none', '["CMD","x"]'],
      ['ENV NEW', 'not set', '1'],
    ]);
    expect(compareReports(reportOf(), reportOf()).sameContract).toBe(true);
  });

  test('the answers to the same request are compared, where both came', () => {
    const answering = (answer: string | null) =>
      reportOf({ http: [{ request: 'GET /', wanted: '200', status: 200, ok: true, answer }] });
    const answers = (before: Report, after: Report) => row('answer to GET /', before, after);
    expect(answers(answering('200, 5 bytes, aa'), answering('200, 5 bytes, bb'))).toEqual({
      what: 'answer to GET /',
      before: '200, 5 bytes, aa',
      after: '200, 5 bytes, bb',
      verdict: 'changed',
    });
    expect(answers(answering('200, 5 bytes, aa'), answering('200, 5 bytes, aa'))?.verdict).toBe('same');
    expect(answers(answering(null), answering('200, 5 bytes, aa'))).toBe(undefined);
  });

  test.each([40, 100])('fits a terminal of %i columns', (columns) => {
    const screen = comparisonScreen(compareReports(reportOf(), reportOf()), columns, plain);
    expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  });
});
