import { developmentPackage } from '../binaries.ts';
import { callsOf, folderOf, type Invocation, isCertain } from '../commands.ts';
import { type PackageManifest, scriptInvocations, scriptName, stageManifest } from '../manifest.ts';
import { installedIn } from '../node-modules.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import type { View } from '../view.ts';

export const devDependencyMissing: Rule = {
  id: 'dev-dependency-missing',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ program = '', package: name = '' }) =>
    `This runs ${program} of the development dependency ${name}, which is not installed here.`,
  advice: ({ case: kind, package: name = '' }) =>
    kind === 'start'
      ? `Start the built program itself, or make ${name} a dependency.`
      : 'Install with development dependencies in the build stage, and leave them out of the final one only.',
  find: (view) => [...runs(view), ...starts(view)],
};

function runs(view: View): Catch[] {
  return view.stages.flatMap((stage) =>
    stage.steps.flatMap((step) => {
      const { index } = step.instruction;
      for (const call of callsOf(step)) {
        const folder = isCertain(call) ? folderOf(step, call) : null;
        if (folder === null) continue;
        const manifest = stageManifest(view, stage, folder, index + 1);
        const found = manifest === null ? null : developmentProgram(manifest, call);
        if (found === null || installsHere(step.instruction.body.text)) continue;
        if (installedIn(view, stage, folder, index) === 'production')
          return [{ ...at(step.instruction), args: { ...found, case: 'run' } }];
      }
      return [];
    }),
  );
}

/** An install in the same RUN is left to the engine. */
function installsHere(text: string): boolean {
  return /\b(?:npm|yarn|pnpm|bun)\s+(?:ci|i|install|add)\b|\byarn\s*(?:&&|$|--)/.test(text);
}

function starts(view: View): Catch[] {
  const start = readStart(view);
  const folder = start?.stage.end.workdir ?? null;
  if (start === null || folder === null) return [];
  const manifest = stageManifest(view, start.stage, folder);
  if (manifest === null || installedIn(view, start.stage, folder) !== 'production') return [];
  for (const invocation of start.invocations) {
    const found = developmentProgram(manifest, invocation);
    if (found !== null) return [{ ...at(start.instruction), args: { ...found, case: 'start' } }];
  }
  return [];
}

function developmentProgram(
  manifest: PackageManifest,
  invocation: Invocation,
): { program: string; package: string } | null {
  const script = scriptName(invocation);
  const isScript = script !== null && script in manifest.scripts;
  const invocations = isScript ? scriptInvocations(manifest, script).map(throughRunner) : [throughRunner(invocation)];
  for (const { program, path } of invocations) {
    const name =
      path.includes('/') && !path.includes('node_modules/.bin/') ? null : developmentPackage(manifest, program);
    // npx fetches a package of the program's name, which is another one here
    const isFetched = invocation.program === 'npx' && name === program;
    if (name !== null && !isFetched) return { program, package: name };
  }
  return null;
}

const PASSES_ON = /^(?:cross-env|dotenv|env-cmd|npx|yarn|pnpm)$/;

/** The program that a runner starts: `npx tsc`, `pnpm exec tsc`, `cross-env A=1 tsc`. */
function throughRunner(invocation: Invocation): Invocation {
  const { program, operands } = invocation;
  const next = PASSES_ON.test(program)
    ? operands.find((operand) => !operand.includes('=') && operand !== 'exec')
    : undefined;
  return next === undefined ? invocation : { ...invocation, program: next, path: next };
}
