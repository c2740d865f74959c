import { realpathSync } from 'node:fs';
import { applyFixes } from '../lint/fix.ts';
import { lint, type RuleSettings, reaches } from '../lint/lint.ts';
import { jsonReport } from '../lint/report/json.ts';
import { countBySeverity, type ReportedFile, reported } from '../lint/report/reported.ts';
import { sarifReport } from '../lint/report/sarif.ts';
import { RULES } from '../lint/rules/index.ts';
import { ignoredRules, readSettings, SETTINGS_FILE } from '../lint/settings.ts';
import type { View } from '../lint/view.ts';
import type { CommandIo, ExitCode } from '../model/command.ts';
import type { Finding } from '../model/finding.ts';
import { styleFor } from '../ui/style.ts';
import { type CheckTarget, openTarget, openView, readUserFile } from './check/files.ts';
import type { CheckOptions } from './check/options.ts';
import { findingLines, findingsSummary } from './check/screen.ts';

export { type CheckOptions, readCheckOptions } from './check/options.ts';

/** Reads Dockerfiles and their contexts and says what would not build, not start, or leak. No engine, no network. Throws UserError. */
export async function runCheck(options: CheckOptions, io: CommandIo): Promise<ExitCode> {
  const target = openTarget(io.cwd, options.path, options.dockerfile);
  const settings = { ...settingsFor(options, target, io), ...ignoredRules(options.ignore) };
  const files: ReportedFile[] = [];
  const views: View[] = [];
  for (const path of target.dockerfiles) {
    const { file, view } = await checkFile(target, path, options, settings, io);
    files.push(file);
    views.push(view);
  }
  if (options.sarif) io.out(sarifReport(files, RULES, options.version));
  else if (options.json) io.out(jsonReport(files));
  else show(files, views, io);
  const isTooMuch = files.some(({ findings }) => findings.some(({ severity }) => reaches(severity, options.failOn)));
  return isTooMuch ? 1 : 0;
}

async function checkFile(
  target: CheckTarget,
  path: string,
  options: CheckOptions,
  settings: RuleSettings,
  io: CommandIo,
): Promise<{ file: ReportedFile; view: View }> {
  const first = openView(target, path, options.context, io.today);
  const found = lint(first, RULES, settings);
  const fixed = options.fix ? await writeFixes(target, first, found.findings) : 0;
  const view = fixed === 0 ? first : openView(target, path, options.context, io.today);
  const { findings, silenced } = fixed === 0 ? found : lint(view, RULES, settings);
  const context = view.context?.directory ?? '.';
  return {
    file: { file: path, context, findings: findings.map((one) => reported(one, RULES)), silenced, fixed },
    view,
  };
}

/** Writes only where something changes; the old file is kept beside it. */
async function writeFixes(target: CheckTarget, view: View, findings: readonly Finding[]): Promise<number> {
  const { text, count } = applyFixes(view.file.text, findings, view.path);
  if (count === 0) return 0;
  const [{ readTarget }, { changesOf }, { realDisk }, { writeChanges }] = await Promise.all([
    import('../write/target.ts'),
    import('../write/changes.ts'),
    import('../write/disk.ts'),
    import('../write/write.ts'),
  ]);
  const place = readTarget(realpathSync(target.root), view.path);
  const mark = place.before?.subarray(0, 3).equals(Buffer.from('\uFEFF')) === true ? '\uFEFF' : '';
  const changes = changesOf([{ path: view.path, contents: mark + text }], [place], () => 'replace');
  await writeChanges(changes, realDisk);
  return count;
}

function settingsFor(options: CheckOptions, target: CheckTarget, io: CommandIo): RuleSettings {
  if (options.settings !== null) return readSettings(readUserFile(io.cwd, options.settings), options.settings);
  const text = target.project.text(SETTINGS_FILE);
  return text === null ? {} : readSettings(text, SETTINGS_FILE);
}

function show(files: readonly ReportedFile[], views: readonly View[], io: CommandIo): void {
  const shown = files.flatMap(({ file, findings }, index) => {
    const lines = views[index]?.file.text.split('\n') ?? [];
    return findings.map((finding) => ({
      ...finding,
      source: finding.file === file ? (lines[finding.line - 1]?.trim() ?? null) : null,
    }));
  });
  const text = findingLines(shown, io.columns, styleFor(io.colour));
  io.out(text === '' ? '' : `${text}\n`);
  const sum = (key: 'silenced' | 'fixed'): number => files.reduce((total, file) => total + file[key], 0);
  io.info(
    findingsSummary(countBySeverity(files), { files: files.length, silenced: sum('silenced'), fixed: sum('fixed') }),
  );
}
