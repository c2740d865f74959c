import type { Dockerfile } from '../dockerfile/file.ts';
import { classOf, lastBuildStep } from './boundary.ts';
import type { Reason } from './conversion.ts';
import { absolute } from './paths.ts';
import type { Survey } from './survey.ts';
import type { Step } from './trace.ts';

/** Why a file is not converted, and where. */
export interface Refusal {
  readonly reason: Reason;
  /** 1-based; `null`: the file as a whole */
  readonly line: number | null;
}

/** What rules a file out before it is understood: no Dockerfile, Windows, an instruction that nobody knows. */
export function refuseFile(file: Dockerfile): Refusal | null {
  const unknown = file.instructions.find((instruction) => !instruction.known);
  if (file.stages.length === 0) return { reason: { code: 'no-from', args: {} }, line: null };
  if (unknown !== undefined) {
    return { reason: { code: 'instruction-unknown', args: { instruction: unknown.written } }, line: unknown.line };
  }
  const windows = file.instructions.find(
    (instruction) =>
      (instruction.keyword === 'SHELL' && /powershell|pwsh|cmd/i.test(instruction.body.text)) ||
      (instruction.keyword === 'FROM' && /windowsservercore|nanoserver|\/windows/i.test(instruction.body.text)),
  );
  if (windows !== undefined || file.escape === '`') {
    return { reason: { code: 'windows', args: {} }, line: windows?.line ?? file.directives[0]?.line ?? 1 };
  }
  const trigger = file.instructions.find((instruction) => instruction.keyword === 'ONBUILD');
  if (trigger !== undefined) return { reason: { code: 'onbuild', args: {} }, line: trigger.line };
  const [stage] = file.stages;
  if (stage?.image.toLowerCase() === 'scratch') return { reason: { code: 'scratch', args: {} }, line: stage.line };
  return null;
}

/** Programs that compile or install when they start: without the toolchain the container would not come up. */
const TOOLCHAIN = new Set([
  ...[
    'go',
    'mvn',
    'mvnw',
    'gradle',
    'gradlew',
    'cargo',
    'make',
    'javac',
    'gcc',
    'g++',
    'cmake',
    'sbt',
    'lein',
    'rustc',
  ],
  ...['mix', 'stack', 'cabal', 'swift', 'msbuild', 'ant', 'jshell', 'air', 'cargo-watch', 'reflex', 'CompileDaemon'],
]);

/** What rules a file out once it is understood. */
export function refuseSurvey(survey: Survey): Refusal | null {
  const { start, stage, trace, copies, base } = survey;
  if (/onbuild/.test(base.tag))
    return { reason: { code: 'base-onbuild', args: { image: base.reference } }, line: stage.line };
  const unreadable = trace.steps.find(
    ({ instruction }) =>
      /^(COPY|ADD)$/.test(instruction.keyword) && !copies.some((copy) => copy.step.instruction === instruction),
  );
  if (unreadable !== undefined) {
    return {
      reason: { code: 'copy-unreadable', args: { instruction: unreadable.instruction.keyword } },
      line: unreadable.instruction.line,
    };
  }
  if (copies.length === 0) return { reason: { code: 'nothing-copied', args: {} }, line: null };
  const adrift = stepInUnknownDirectory(survey);
  if (adrift !== null)
    return { reason: { code: 'workdir-unknown', args: { image: base.reference } }, line: adrift.instruction.line };
  if (!start.isGiven) return { reason: { code: 'no-command', args: {} }, line: null };
  const line = start.command?.line ?? start.entrypoint?.line ?? null;
  const tool = start.calls.find(
    (call) => TOOLCHAIN.has(call.name) || isDotnetTool(call.name, call.args) || isSourceLaunch(call.name, call.args),
  );
  if (tool !== undefined) {
    const command = [tool.program, ...tool.args.slice(0, 2)].join(' ');
    return { reason: { code: 'command-needs-toolchain', args: { command } }, line };
  }
  const idle = start.calls.find((call) => isIdle(call.name, call.args));
  if (idle !== undefined && start.calls.length === 1) {
    return { reason: { code: 'command-is-shell', args: { command: [idle.program, ...idle.args].join(' ') } }, line };
  }
  const endless = trace.steps.find((step) =>
    survey.runs
      .get(step.instruction.index)
      ?.some((part) => part.invocations.some((call) => isEndless(call.name, call.args))),
  );
  if (endless !== undefined) return { reason: { code: 'build-never-ends', args: {} }, line: endless.instruction.line };
  const broken = trace.steps.find((step) =>
    survey.runs.get(step.instruction.index)?.some((part) => part.verdict.why.code === 'shell-unreadable'),
  );
  if (broken !== undefined) return { reason: { code: 'shell-unreadable', args: {} }, line: broken.instruction.line };
  return null;
}

/** Images of distributions and of tools on top of one, which all start in `/`. */
const ROOTED =
  /^((registry\.[\w.-]+\/)?(centos|fedora|rockylinux|almalinux|oraclelinux|amazonlinux|opensuse|archlinux|photon|ubi\d|redhat)\b|nvidia\/cuda|tensorflow\/|continuumio\/|condaforge\/|mambaorg\/|elixir|erlang|hexpm\/|swift|haskell|julia|r-base|rocker\/r-ver)/;

/** The first step of the build that depends on the directory in which an unknown base image starts. */
function stepInUnknownDirectory(survey: Survey): Step | null {
  const { base, trace, copies, runs } = survey;
  if (base.family !== null || ROOTED.test(base.reference.slice(base.prefix.length))) return null;
  for (const step of trace.steps.slice(0, lastBuildStep(survey, classOf(survey)) + 1)) {
    const { keyword, body, words, json } = step.instruction;
    if (keyword === 'WORKDIR' && /^["']?[/$]/.test(body.text.trim())) return null;
    const target = (json ?? words.map(({ text }) => text)).at(-1) ?? '';
    if (copies.some((copy) => copy.step === step) && !/^["']?[/$]/.test(target)) return step;
    const isHere = (runs.get(step.instruction.index) ?? []).some(
      ({ verdict, unit }) =>
        /^(build|program)$/.test(verdict.role) &&
        verdict.writes.some((path) => isDirectlyIn(path, step.cwd) && !(path !== '/' && unit.text.includes(path))),
    );
    if (isHere) return step;
  }
  return null;
}

function isDirectlyIn(path: string, folder: string): boolean {
  return path === folder || absolute(path, '..') === folder;
}

function isDotnetTool(name: string, args: readonly string[]): boolean {
  return name === 'dotnet' && /^(run|watch|build|test|publish|restore)$/.test(args[0] ?? '');
}

function isSourceLaunch(name: string, args: readonly string[]): boolean {
  return name === 'java' && args.some((word) => word.endsWith('.java'));
}

/** A shell or a program that only waits: the image is a box of tools. */
function isIdle(name: string, args: readonly string[]): boolean {
  if (/^(ba|da|a|z)?sh$/.test(name)) return args.every((word) => /^-[il]+$|^--login$/.test(word));
  return (
    (name === 'sleep' && /^(infinity|\d{4,}|inf)$/.test(args[0] ?? '')) ||
    (name === 'tail' && args.includes('/dev/null'))
  );
}

/** A package script that starts the service. */
function isEndless(name: string, args: readonly string[]): boolean {
  if (!/^(npm|yarn|pnpm)$/.test(name)) return false;
  const [first, second] = args.filter((word) => !word.startsWith('-'));
  return /^(start|serve|watch|dev)$/.test((first === 'run' ? second : first) ?? '');
}
