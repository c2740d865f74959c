import type { Instruction } from '../dockerfile/file.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { endedBase } from './base-end.ts';
import { type ContractRow, compareStatic, contractOf } from './contract.ts';
import type { ConversionClass, Reason } from './conversion.ts';
import type { Decision } from './decide.ts';
import { type Estimate, estimate } from './estimate.ts';
import type { KeptPart } from './final-run.ts';
import type { Improvement } from './harden.ts';
import { copySentence, noteSentence, packageSentence, placeSentence } from './sentences.ts';
import { firstLine } from './trees.ts';

interface Converted {
  readonly decision: Decision;
  readonly text: string;
  readonly improvements: readonly Improvement[];
  readonly offered: readonly Improvement[];
  readonly rootReason: Reason | null;
}

/** What is shown of a conversion: plain data, sentences included. */
export interface ConversionReport {
  readonly class: ConversionClass;
  readonly baseImage: { readonly before: string; readonly after: string };
  /** where each instruction went, in the order of the old file */
  readonly moves: readonly {
    readonly line: number;
    readonly instruction: string;
    readonly where: 'build stage' | 'final stage' | 'both stages';
    readonly why: string;
  }[];
  /** what the final stage copies from the build stage */
  readonly copies: readonly { readonly path: string; readonly why: string }[];
  readonly contract: readonly ContractRow[];
  readonly estimate: Estimate;
  readonly notes: readonly string[];
  /** changes of behaviour that were asked for, apart from the conversion */
  readonly improvements: readonly { readonly id: string; readonly sentence: string }[];
  /** those that could be asked for */
  readonly offered: readonly { readonly id: string; readonly sentence: string }[];
}

/** `today`: ISO date, by which base images are judged. */
export function reportConversion(
  { decision, text, improvements, offered, rootReason }: Converted,
  today: string,
): ConversionReport {
  const contract = contractRows(decision, text);
  return {
    class: decision.class,
    baseImage: { before: decision.survey.base.reference, after: decision.runtime.base.reference },
    moves: decision.placements.map(({ step, inBuild, inFinal, why, kept }) => ({
      line: step.instruction.line,
      instruction: firstLine(writtenText(decision, step.instruction)),
      where: inBuild && inFinal !== 'no' ? 'both stages' : inBuild ? 'build stage' : 'final stage',
      why: [placeSentence(why), ...packageFates(kept ?? [])].join('; '),
    })),
    copies: decision.carries.map(({ sources, why }) => ({ path: sources.join(' '), why: copySentence(why) })),
    contract,
    estimate: estimate(decision),
    notes: [...notesOf(decision, contract, today), ...(rootReason === null ? [] : [rootReason])].map(noteSentence),
    improvements: improvements.map(({ id, sentence }) => ({ id, sentence })),
    offered: offered.map(({ id, sentence }) => ({ id, sentence })),
  };
}

/** Which packages of a RUN stay behind, and which become others. */
function packageFates(kept: readonly KeptPart[]): string[] {
  const all = kept.flatMap(({ words }) =>
    words.flatMap(({ names, fates }) => names.map((name, index) => ({ name, fate: fates[index] }))),
  );
  const left = all.filter(({ fate }) => fate?.kind === 'drop').map(({ name }) => name);
  const others = all.flatMap(({ name, fate }) =>
    fate?.kind === 'replace'
      ? [packageSentence({ code: 'becomes', args: { name, other: fate.packages.join(', ') } })]
      : [],
  );
  return left.length === 0 ? others : [packageSentence({ code: 'left', args: { names: left.join(', ') } }), ...others];
}

/** The instruction with its flags, continued lines joined. */
function writtenText({ survey }: Decision, { keyword, flags, body }: Instruction): string {
  const written = flags.map(({ start, end }) => survey.file.text.slice(start, end));
  return [keyword, ...written, body.text].join(' ');
}

/** The contract of the old file against that of the new one. */
export function contractRows(decision: Decision, text: string): ContractRow[] {
  const before = contractOf(decision.survey.file, decision.survey.base);
  return compareStatic(before, contractOf(parseDockerfile(text), decision.runtime.base));
}

/** A row that differs although neither base image is to blame. */
export function brokenRow(decision: Decision, rows: readonly ContractRow[]): string | null {
  const { survey, runtime } = decision;
  const inherits = (keyword: string) =>
    !survey.stage.instructions.some((instruction) => instruction.keyword === keyword);
  const fromBase = new Set([
    'PATH',
    ...Object.keys(survey.base.family?.env ?? {}),
    ...Object.keys(runtime.base.family?.env ?? {}),
  ]);
  const broken = rows.find(({ what, verdict }) => {
    if (verdict === 'same') return false;
    if (what === 'entry point') return !inherits('ENTRYPOINT');
    if (what === 'command') return !(inherits('CMD') && inherits('ENTRYPOINT'));
    return !(what.startsWith('ENV ') && fromBase.has(what.slice(4)));
  });
  return broken?.what ?? null;
}

function notesOf(decision: Decision, contract: readonly ContractRow[], today: string): Reason[] {
  const { runtime, pruning, added, survey } = decision;
  const notes: Reason[] = [runtime.why];
  const ended = endedBase(survey.base, today);
  for (const warning of [runtime.warning, ended]) if (warning !== null) notes.push(warning);
  for (const need of added) notes.push({ code: 'package-added', args: { name: need.name, from: need.from } });
  if (pruning.kind === 'prune') notes.push({ code: 'dev-pruned', args: { count: String(pruning.packages) } });
  if (pruning.kind === 'keep') notes.push(pruning.why);
  const entrypoint = contract.find((row) => row.what === 'entry point' && row.verdict !== 'same');
  if (entrypoint !== undefined)
    notes.push({ code: 'entrypoint-from-base', args: { before: entrypoint.before, after: entrypoint.after } });
  const env = (verdicts: readonly ContractRow['verdict'][]) =>
    contract
      .filter((row) => row.what.startsWith('ENV ') && verdicts.includes(row.verdict))
      .map((row) => row.what.slice(4))
      .join(', ');
  if (env(['lost']) !== '') notes.push({ code: 'env-lost', args: { names: env(['lost']) } });
  if (env(['changed']) !== '') notes.push({ code: 'env-from-base', args: { names: env(['changed']) } });
  if (survey.context.ignore === null && copiesAll(decision)) notes.push({ code: 'ignore-missing', args: {} });
  return notes;
}

function copiesAll({ survey }: Decision): boolean {
  return survey.copies.some((copy) => copy.from === null && copy.sources.includes('.'));
}
