import type { Instruction } from '../dockerfile/file.ts';
import type { Carry } from './carry.ts';
import type { Decision } from './decide.ts';
import { keptRun } from './final-run.ts';
import type { Placement } from './placement.ts';

/** Writes the new file from slices of the old one. */
export function emitDockerfile(decision: Decision): string {
  const { file, stage } = decision.survey;
  const { text } = file;
  const style = styleOf(text, stage.from);
  const name = stageName(decision);
  const head = text.slice(0, stage.from.start) + fromLine(decision, name.build, style);
  const build = decision.placements.filter((one) => one.inBuild).map((one) => block(decision, one));
  const prune = decision.pruning.kind === 'prune' ? [style.line(`RUN ${pruneIn(decision)}`)] : [];
  const tailText = text.slice(lastEnd(decision));
  const final = finalPieces(decision, name.build, style).join('');
  const from = `${style.keyword('FROM')} ${platformFlag(stage.from)}${decision.runtime.base.written}${name.final === null ? '' : ` ${style.keyword('AS')} ${name.final}`}`;
  const comment = style.line('# What runs: the result of the build stage without its tools');
  return `${head}${build.join('')}${prune.join('')}${style.eol}${comment}${style.line(from)}${final}${tailText === '' ? endOf(text) : tailText}`;
}

interface Style {
  readonly eol: string;
  /** a line of its own, after the one that stands before it */
  line(text: string): string;
  /** in the case in which the file writes FROM */
  keyword(word: string): string;
}

function styleOf(text: string, from: Instruction): Style {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const isLower = from.written === from.written.toLowerCase();
  const keyword = (word: string) => (isLower ? word.toLowerCase() : word);
  return {
    eol,
    keyword,
    line: (written) => eol + (isLower ? written.replace(/^[A-Z]+(?= )/, (word) => word.toLowerCase()) : written),
  };
}

/** The old name goes to the final stage: whoever builds `--target NAME` gets what runs. */
function stageName(decision: Decision): { build: string; final: string | null } {
  const written = decision.survey.stage.from.words[2]?.text ?? null;
  const taken = new Set(decision.survey.copies.map((copy) => copy.from?.toLowerCase()));
  const build =
    ['build', 'builder', 'build-stage'].find((one) => !taken.has(one) && one !== written?.toLowerCase()) ??
    'build-stage';
  return { build, final: written };
}

function fromLine(decision: Decision, name: string, style: Style): string {
  const { stage, file } = decision.survey;
  const [image, , old] = stage.from.words;
  if (image === undefined) return file.text.slice(stage.from.start, stage.from.end);
  if (old !== undefined)
    return file.text.slice(stage.from.start, old.start) + name + file.text.slice(old.end, stage.from.end);
  return `${file.text.slice(stage.from.start, image.end)} ${style.keyword('AS')} ${name}${file.text.slice(image.end, stage.from.end)}`;
}

function platformFlag(from: Instruction): string {
  const flag = from.flags.find((one) => one.name === 'platform');
  return flag?.value ? `--platform=${flag.value} ` : '';
}

function pruneIn(decision: Decision): string {
  if (decision.pruning.kind !== 'prune') return '';
  const { folder, command } = decision.pruning;
  const after = decision.survey.trace.steps[decision.boundary + 1]?.cwd ?? decision.survey.trace.end.cwd;
  return folder === after ? command : `cd ${folder} && ${command}`;
}

/** An instruction with the blank lines and comments before it. */
function block(decision: Decision, placement: Placement): string {
  const { text } = decision.survey.file;
  return (
    lead(decision, placement.step.instruction) +
    text.slice(placement.step.instruction.start, placement.step.instruction.end)
  );
}

function lead(decision: Decision, instruction: Instruction): string {
  const { text, instructions } = decision.survey.file;
  const previous = instructions[instruction.index - 1];
  return text.slice(previous?.end ?? 0, instruction.start);
}

function lastEnd(decision: Decision): number {
  return decision.survey.file.instructions.at(-1)?.end ?? 0;
}

function endOf(text: string): string {
  return text.endsWith('\n') ? '\n' : '';
}

/** The final stage after FROM, piece by piece; each begins with its own line break. */
function finalPieces(decision: Decision, build: string, style: Style): string[] {
  const { placements, survey } = decision;
  const pieces: string[] = [];
  if (decision.added.length > 0) pieces.push(style.line(installLine(decision)));
  const early = placements.filter((one) => one.inFinal === 'early');
  let current = decision.runtime.base.family?.workdir ?? '/';
  for (const [index, one] of early.entries()) {
    const { keyword } = one.step.instruction;
    if (keyword === 'WORKDIR' && !isWorkdirNeeded(early, index, one)) continue;
    if (keyword === 'USER' && !isUserNeeded(decision, early, index)) continue;
    if (keyword === 'ARG' && !isArgNeeded(decision, one)) continue;
    if (keyword === 'WORKDIR') current = cwdAfter(decision, one);
    const text = finalText(decision, one);
    if (text !== null) pieces.push(one.inBuild ? style.eol + text : lead(decision, one.step.instruction) + text);
  }
  const tail = placements.filter((one) => one.inFinal === 'tail');
  const target = tail[0]?.step.cwd ?? survey.trace.end.cwd;
  const workdir = workdirLine(decision, target, current);
  // a copy with an owner makes the directory itself, and so must come first
  const isOwned = decision.carries.some((carry) => carry.target === target && carry.chown !== null);
  if (workdir !== null && !isOwned) pieces.push(style.line(workdir));
  for (const carry of decision.carries) pieces.push(style.line(copyLine(carry, build)));
  if (decision.searchPaths.length > 0) pieces.push(style.line(`ENV PATH=${decision.searchPaths.join(':')}:$PATH`));
  if (decision.fixes.length > 0) pieces.push(style.line(`RUN ${decision.fixes.join(' && ')}`));
  if (workdir !== null && isOwned) pieces.push(style.line(workdir));
  pieces.push(...latePieces(decision, tail[0]?.step.user ?? survey.trace.end.user, style));
  for (const one of tail) pieces.push(block(decision, one));
  return pieces;
}

/** What needs the copied files, as the user it ran as. */
function latePieces(decision: Decision, user: string, style: Style): string[] {
  return decision.placements
    .filter((placement) => placement.inFinal === 'late')
    .flatMap((one) => {
      const text = finalText(decision, one);
      if (text === null) return [];
      const piece = one.inBuild ? style.eol + text : lead(decision, one.step.instruction) + text;
      const isOther = one.step.instruction.keyword === 'RUN' && one.step.user !== user;
      return isOther ? [style.line(`USER ${one.step.user}`), piece, style.line(`USER ${user}`)] : [piece];
    });
}

function workdirLine(decision: Decision, target: string, current: string): string | null {
  if (decision.workdir !== null) return `WORKDIR ${decision.workdir}`;
  return target === current ? null : workdirText(decision, target);
}

function finalText(decision: Decision, placement: Placement): string | null {
  const { text } = decision.survey.file;
  const { instruction } = placement.step;
  if (placement.kept === null) return text.slice(instruction.start, instruction.end);
  return keptRun(text, instruction, decision.survey.runs.get(instruction.index) ?? [], placement.kept);
}

function installLine(decision: Decision): string {
  const names = decision.added.map((need) => need.name).join(' ');
  return `RUN apt-get update && apt-get install -y --no-install-recommends ${names} && rm -rf /var/lib/apt/lists/*`;
}

function copyLine(carry: Carry, build: string): string {
  const owner = carry.chown === null ? '' : `--chown=${carry.chown} `;
  const words = [...carry.sources, carry.target];
  const written = words.some((word) => /\s/.test(word)) ? JSON.stringify(words) : words.join(' ');
  return `COPY --from=${build} ${owner}${written}`;
}

/** A WORKDIR before the copies is needed by what runs there, and where it gives its directory to another user than root. */
function isWorkdirNeeded(early: readonly Placement[], index: number, one: Placement): boolean {
  if (one.step.user !== 'root') return true;
  for (const next of early.slice(index + 1)) {
    const { keyword, body } = next.step.instruction;
    if (keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD') return true;
    if (keyword === 'WORKDIR')
      return (
        !body.text.trim().startsWith('/') &&
        !body.text.trim().startsWith('$') &&
        isWorkdirNeeded(early, early.indexOf(next), next)
      );
  }
  return false;
}

/** A USER that another one replaces before anything runs says nothing. */
function isUserNeeded(decision: Decision, early: readonly Placement[], index: number): boolean {
  const next = early.slice(index + 1).find((one) => /^(USER|RUN|WORKDIR|COPY|ADD)$/.test(one.step.instruction.keyword));
  if (next === undefined) return true;
  return next.step.instruction.keyword !== 'USER' || decision.fixes.length > 0;
}

/** An ARG is needed where its name stands in something that the final stage has. */
function isArgNeeded(decision: Decision, one: Placement): boolean {
  const { text } = decision.survey.file;
  const names = one.step.instruction.words
    .map((word) => word.text.replace(/=.*$/, ''))
    // no variable can have another name
    .filter((name) => /^\w+$/.test(name));
  return decision.placements.some((later) => {
    const { instruction } = later.step;
    if (later.inFinal === 'no' || instruction.index <= one.step.instruction.index) return false;
    const written = finalText(decision, later) ?? text.slice(instruction.start, instruction.end);
    return names.some((name) => new RegExp(`\\$\\{?${name}\\b`).test(written));
  });
}

function cwdAfter(decision: Decision, placement: Placement): string {
  const { steps, end } = decision.survey.trace;
  return steps[steps.indexOf(placement.step) + 1]?.cwd ?? end.cwd;
}

/** The WORKDIR as the file writes it, where it writes that very path. */
function workdirText(decision: Decision, path: string): string {
  const { file, trace } = decision.survey;
  const step = trace.steps.findLast((one, index) => {
    const after = trace.steps[index + 1]?.cwd ?? trace.end.cwd;
    const written = one.instruction.body.text.trim();
    return (
      one.instruction.keyword === 'WORKDIR' &&
      after === path &&
      (written.startsWith('/') || written.startsWith('$') || written.startsWith('"'))
    );
  });
  return step === undefined ? `WORKDIR ${path}` : file.text.slice(step.instruction.start, step.instruction.end);
}
