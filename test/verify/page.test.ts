import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compareReports } from '../../src/verify/compare.ts';
import { reportHtml } from '../../src/verify/html.ts';
import { reportOf } from '../support/report.ts';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const browser = BROWSERS.find((name) => spawnSync(name, ['--version']).status === 0);
const folder = mkdtempSync(join(tmpdir(), 'page-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

if (browser === undefined)
  process.stderr.write('SKIPPED: no Chromium here, so the page is not looked at in a browser.\n');

/** Opens the page in a frame of this width and lets the browser itself measure what it laid out. */
function measure(page: string, width: number): { scroll: number; bars: number[]; texts: number; heading: string } {
  const script = `
    const page = document.querySelector('iframe').contentDocument;
    const bars = [...page.querySelectorAll('rect')].map((rect) => rect.getBoundingClientRect()).filter((box) => box.height > 0);
    document.body.dataset.result = JSON.stringify({
      scroll: page.documentElement.scrollWidth,
      bars: bars.map((box) => Math.round(box.width)),
      texts: page.querySelectorAll('svg text').length,
      heading: getComputedStyle(page.querySelector('h1')).fontFamily,
    });`;
  const frame = `<iframe style="border:0;width:${width}px;height:2000px" srcdoc="${page.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
  const file = join(folder, `${width}.html`);
  writeFileSync(
    file,
    `<!doctype html><body>${frame}<script>addEventListener('load', () => {${script}});</script></body>`,
  );
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--window-size=1400,2200',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--virtual-time-budget=5000',
  ];
  const { stdout } = spawnSync(browser ?? '', [...args, '--dump-dom', `file://${file}`], { encoding: 'utf8' });
  const result = /data-result="([^"]*)"/.exec(stdout)?.[1];
  if (result === undefined) throw new Error(`the browser gave nothing: ${stdout.slice(0, 500)}`);
  return JSON.parse(result.replaceAll('&quot;', '"'));
}

describe.skipIf(browser === undefined)('the page in a browser', () => {
  const page = reportHtml(reportOf(), compareReports(reportOf({ subject: 'Dockerfile.old' }), reportOf()));

  test.each([400, 1000])('is laid out within %i pixels', { timeout: 60_000 }, (width) => {
    const { scroll, bars, texts } = measure(page, width);
    expect(scroll).toBeLessThanOrEqual(width);
    expect(texts).toBeGreaterThan(10);
    expect(bars.length).toBeGreaterThan(10);
    expect(Math.max(...bars)).toBeGreaterThan(width / 3);
  });

  test('can be printed as a picture', { timeout: 60_000 }, () => {
    const file = join(folder, 'report.html');
    writeFileSync(file, page);
    const picture = join(folder, 'report.png');
    spawnSync(browser ?? '', [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      `--screenshot=${picture}`,
      `file://${file}`,
    ]);
    expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG');
  });
});
