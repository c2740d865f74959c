// Draws docs/wizard.svg: the wizard in a pseudo-terminal, up to the question for the runtime image.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

const COLUMNS = 100;
const ROWS = 34;
const CELL = { width: 8.4, height: 18 };
const COLOURS = ['#3b4252', '#e06c75', '#8fbf7f', '#d9a35f', '#6a9fd8', '#b48ead', '#5fb3b3', '#c8ccd4'];
const BRIGHT = ['#6b7280', '#e88', '#a3d39c', '#e6c07b', '#82b1ff', '#c8a2d0', '#7fd1d1', '#ffffff'];

const directory = mkdtempSync(join(tmpdir(), 'picture-'));
const project = join(directory, 'shop');
cpSync('bench/express', project, { recursive: true });

const terminal = new headless.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
const child = spawn(process.execPath, [resolve('bin/create-multistage-docker.js'), 'shop', '--date', '2026-11-23'], {
  cols: COLUMNS,
  rows: ROWS,
  cwd: directory,
  env: { PATH: process.env.PATH, HOME: directory, TERM: 'xterm-256color' },
});
child.onData((data) => terminal.write(data));
await until('Build image');
child.write('\r');
await until('Runtime image');
writeFileSync('docs/wizard.svg', draw());
child.write('\x03');
child.kill();
rmSync(directory, { recursive: true, force: true });
process.exit(0);

function lines() {
  const buffer = terminal.buffer.active;
  return Array.from({ length: ROWS }, (_, row) => buffer.getLine(buffer.viewportY + row));
}

/** Waits for a sentence on the screen, and for the screen to be quiet. */
async function until(text) {
  for (let tries = 0; tries < 200; tries += 1) {
    await new Promise((done) => setTimeout(done, 50));
    if (lines().some((line) => line?.translateToString(true).includes(text))) {
      await new Promise((done) => setTimeout(done, 200));
      return;
    }
  }
  throw new Error(
    `"${text}" did not appear:\n${lines()
      .map((line) => line?.translateToString(true))
      .join('\n')}`,
  );
}

function draw() {
  const texts = lines().map((line) => line?.translateToString(true) ?? '');
  const last = texts.findLastIndex((text) => text !== '');
  const rows = texts
    .slice(0, last + 1)
    .map((_, row) => `<text x="16" y="${44 + row * CELL.height}">${spans(lines()[row])}</text>`);
  const width = Math.ceil(COLUMNS * CELL.width + 32);
  const height = 60 + (last + 1) * CELL.height;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The wizard in a terminal">
<rect width="100%" height="100%" rx="8" fill="#1b1f27"/>
<g fill="#3b4252"><circle cx="20" cy="16" r="5"/><circle cx="38" cy="16" r="5"/><circle cx="56" cy="16" r="5"/></g>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="14" fill="#c8ccd4" xml:space="preserve">
${rows.join('\n')}
</g>
</svg>
`;
}

/** One tspan for each run of cells of the same look, placed by its column so that no font can shift it. */
function spans(line) {
  const runs = [];
  for (let column = 0; column < COLUMNS; column += 1) {
    const cell = line.getCell(column);
    const text = cell.getChars() || ' ';
    const look = `fill="${colour(cell)}"${cell.isBold() ? ' font-weight="bold"' : ''}${cell.isDim() ? ' opacity="0.6"' : ''}`;
    const run = runs.at(-1);
    if (run?.look === look) run.text += text;
    else runs.push({ look, text, column });
  }
  return runs
    .filter((run) => run.text.trim() !== '')
    .map(
      (run) =>
        `<tspan x="${(16 + run.column * CELL.width).toFixed(1)}" ${run.look}>${escapeXml(run.text.trimEnd())}</tspan>`,
    )
    .join('');
}

function colour(cell) {
  if (!cell.isFgPalette()) return '#c8ccd4';
  const index = cell.getFgColor();
  return index < 8 ? COLOURS[index] : (BRIGHT[index - 8] ?? '#c8ccd4');
}

function escapeXml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
