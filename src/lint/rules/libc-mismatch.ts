import { callsOf, optionValue } from '../commands.ts';
import { textInContext } from '../context.ts';
import { type ImageFacts, imageFacts } from '../images/facts.ts';
import { contextManifest } from '../manifest.ts';
import { joinPaths } from '../paths.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { type StageView, type Step, stageNamed, type View } from '../view.ts';

/** npm packages that carry or build native code, and Python ones whose wheels do. */
const NATIVE_NODE = [
  'bcrypt',
  'better-sqlite3',
  'sqlite3',
  'argon2',
  'sharp',
  'canvas',
  'node-sass',
  're2',
  'isolated-vm',
  'libxmljs',
  'serialport',
  'zeromq',
  '@node-rs/argon2',
  '@node-rs/bcrypt',
];
const NATIVE_PYTHON =
  /^(?:numpy|pandas|scipy|psycopg2(?:-binary)?|psycopg\[(?:binary|c)|cryptography|lxml|pillow|pydantic|pydantic-core|uvloop|httptools|orjson|grpcio|aiohttp|pyyaml|cffi|bcrypt|asyncpg|mysqlclient|fastapi|uvicorn\[standard\])(?![\w-])/im;

export const libcMismatch: Rule = {
  id: 'libc-mismatch',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ what = '', from = '', to = '', libc = '', newer = '' }) =>
    newer !== ''
      ? `${what} was linked on ${from} (glibc ${newer}), and ${to} has an older one: it may not start there.`
      : `${what} was made on ${from} and needs its C library (${libc}), which ${to} does not have.`,
  advice: ({ advice = '' }) => advice,
  find: (view) =>
    view.stages.flatMap((stage) =>
      bringsLibc(stage) ? [] : stage.steps.flatMap((step) => mismatch(view, stage, step)),
    ),
};

function mismatch(view: View, stage: StageView, step: Step): Catch[] {
  const { copy } = step;
  const to = stage.facts;
  if (copy?.from == null || to === null) return [];
  const fromStage = stageNamed(view, copy.from, step.stage);
  const from = fromStage === null ? imageFacts(copy.from) : fromStage.facts;
  if (from === null || from.libc === 'none') return [];
  if (from.libc === to.libc) return fromStage === null ? [] : olderGlibc(view, fromStage, { from, to }, step);
  for (const { path } of copy.sources) {
    const found = path === null ? null : artefact(view, fromStage, from, path);
    if (found === null) continue;
    const args = { what: found.what, from: from.reference, to: to.reference, libc: from.libc, advice: found.advice };
    return [{ ...at(step.instruction), args }];
  }
  return [];
}

/** Minor version of glibc by suite. Sources: packages.debian.org and packages.ubuntu.com, 2026-11-28. */
const GLIBC: Readonly<Record<string, number>> = {
  ...{ stretch: 24, buster: 28, bullseye: 31, bookworm: 36, trixie: 41 },
  ...{ bionic: 27, focal: 31, jammy: 35, noble: 39, plucky: 41, resolute: 43 },
};
/** glibc 2.34 took libpthread in: whatever is linked with it or later needs it. */
const MERGED = 34;

/** A program that was linked with a newer glibc than the one it runs on. */
function olderGlibc(
  view: View,
  stage: StageView,
  { from, to }: { readonly from: ImageFacts; readonly to: ImageFacts },
  step: Step,
): Catch[] {
  const [newer, older] = [GLIBC[from.suite ?? ''], GLIBC[to.suite ?? '']];
  if (newer === undefined || older === undefined || newer <= older) return [];
  for (const { path } of step.copy?.sources ?? []) {
    const found = path === null ? null : (rustBinary(stage, path) ?? goBinary(view, stage, path));
    if (found === null) continue;
    const severity = newer >= MERGED && older < MERGED ? 'error' : 'warning';
    const args = { what: found.what, from: from.reference, to: to.reference, newer: `2.${newer}`, advice: SAME_BASE };
    return [{ ...at(step.instruction), severity, args }];
  }
  return [];
}

interface Artefact {
  readonly what: string;
  readonly advice: string;
}

const SAME_BASE = 'Use the same distribution in both stages.';

function artefact(view: View, stage: StageView | null, from: ImageFacts, path: string): Artefact | null {
  if (/^\/opt\/java\/openjdk\/?$|^\/usr\/lib\/jvm\b/.test(path) && from.family.product === 'java')
    return { what: 'This Java runtime', advice: SAME_BASE };
  if (/^\/usr\/local(?:\/bin(?:\/node)?)?\/?$/.test(path) && from.family.id === 'node')
    return { what: 'This Node.js', advice: SAME_BASE };
  if (stage === null) return null;
  return (
    jlinkOutput(stage, path) ??
    rustBinary(stage, path) ??
    goBinary(view, stage, path) ??
    nodeModules(view, path) ??
    pythonPackages(view, path)
  );
}

function jlinkOutput(stage: StageView, path: string): Artefact | null {
  const outputs = stage.allSteps
    .flatMap(callsOf)
    .filter((call) => call.program === 'jlink')
    .map((call) => optionValue(call.args, '--output'));
  const isOutput = outputs.some((output) => output?.replace(/\/$/, '').endsWith(path.replace(/\/$/, '')));
  return isOutput ? { what: 'The runtime that jlink made', advice: SAME_BASE } : null;
}

function rustBinary(stage: StageView, path: string): Artefact | null {
  const text = stage.allSteps.map((step) => step.instruction.body.text).join('\n');
  if (!/\/target\/release\/[^/]+$/.test(path) || /musl|crt-static/.test(text)) return null;
  return {
    what: 'The program that cargo built',
    advice: 'Build for a musl target, or take a final image with the same C library.',
  };
}

/** Go links the C library of an image that has a C compiler; Alpine's has none until it is added. */
function linksC(text: string, libc: ImageFacts['libc']): boolean {
  if (/CGO_ENABLED=0|extldflags|netgo|osusergo|static/.test(text)) return false;
  if (libc === 'musl') return /CGO_ENABLED=1/.test(text) && /\bapk\b[^&|;]*\b(?:gcc|build-base)\b/.test(text);
  return libc === 'glibc' && !/CGO_ENABLED(?!=1)|GOARCH|TARGETARCH/.test(text);
}

function goBinary(view: View, stage: StageView, path: string): Artefact | null {
  const builds = stage.allSteps
    .flatMap(callsOf)
    .filter((call) => call.program === 'go' && call.operands[0] === 'build');
  const text = stage.allSteps.map((step) => step.instruction.body.text).join('\n');
  if (stage.facts?.family.id !== 'golang' || builds.length === 0 || !linksC(text, stage.facts.libc)) return null;
  const isOutput = builds.some(
    (call) => (optionValue(call.args, '-o') ?? '').replace(/^.*\//, '') === path.replace(/^.*\//, ''),
  );
  if (!isOutput || !importsNetwork(view)) return null;
  return { what: 'The program that go built', advice: 'Set CGO_ENABLED=0 for go build.' };
}

/** `net` and `os/user` are linked with the C library where cgo is on, as it is in the golang image. */
function importsNetwork(view: View): boolean {
  if (view.context === null) return false;
  const { project, directory } = view.context;
  const files = project.find({ under: directory, endings: ['.go'], limit: 200 });
  return files.some(
    (file) =>
      !file.endsWith('_test.go') &&
      /^\s*(?:import\s+)?(?:[\w.]+\s+)?"(?:net|net\/http|os\/user)"\s*$/m.test(project.source(file) ?? ''),
  );
}

function nodeModules(view: View, path: string): Artefact | null {
  if (!/\/node_modules\/?$/.test(path)) return null;
  const dependencies = contextManifest(view, 'package.json')?.dependencies ?? new Set();
  const native = NATIVE_NODE.find((name) => dependencies.has(name));
  return native === undefined ? null : { what: `The native code of ${native}`, advice: SAME_BASE };
}

function pythonPackages(view: View, path: string): Artefact | null {
  if (view.context === null || !/venv|site-packages|\/\.local\b|\/install\b|\/wheels?\b/.test(path)) return null;
  const { context } = view;
  const files = ['requirements.txt', 'pyproject.toml'].map(
    (name) => textInContext(context, joinPaths('.', name)) ?? '',
  );
  const native = files
    .flatMap((text) => text.split('\n'))
    .map((line) => NATIVE_PYTHON.exec(line.trim().replace(/^["']/, ''))?.[0])
    .find((name) => name !== undefined);
  return native === undefined ? null : { what: `The native code of ${native}`, advice: SAME_BASE };
}

function bringsLibc(stage: StageView): boolean {
  return stage.allSteps.some((step) => /gcompat|libc6-compat|glibc|ld-linux|ld-musl/.test(step.instruction.body.text));
}
