import { callsOf } from '../commands.ts';
import { installedPackages } from '../installs.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import type { StageView } from '../view.ts';

const COMPILES = /^(?:go|cargo|mvn|gradle|\.\/mvnw|\.\/gradlew|dotnet|gcc|g\+\+|make|cmake|javac)$/;
const COMPILERS = /^(?:build-essential|build-base|gcc|g\+\+|clang|make|cmake)$/;

export const toolchainShipped: Rule = {
  id: 'toolchain-shipped',
  concern: 'size',
  severity: 'warning',
  aliases: [],
  message: ({ image = '', packages = '' }) =>
    packages === ''
      ? `The final image is ${image}: the compiler and its caches go along.`
      : `The final image keeps ${packages}, which only a build needs.`,
  advice: ({ packages = '' }) =>
    packages === ''
      ? 'Build in this stage and copy the result into a second one without the toolchain.'
      : 'Install them in a build stage and copy the result, or remove them in the same RUN.',
  find: (view) => {
    const stage = view.final;
    if (stage === null || readStart(view) === null || stage.facts === null) return [];
    const build = stage.allSteps.find((step) => callsOf(step).some((call) => COMPILES.test(call.program)));
    if (stage.facts.family.isToolchain && build !== undefined)
      return [{ ...at(stage.stage.from), args: { image: stage.facts.reference, packages: '' } }];
    return compilers(stage);
  },
};

function compilers(stage: StageView): Catch[] {
  const isRemoved = stage.allSteps.some((step) =>
    callsOf(step).some(
      (call) =>
        /^(?:apt-get|apt|apk)$/.test(call.program) && /^(?:purge|remove|autoremove|del)$/.test(call.operands[0] ?? ''),
    ),
  );
  if (isRemoved) return [];
  return stage.allSteps.flatMap((step) => {
    const packages = callsOf(step)
      .flatMap((call) => installedPackages(call) ?? [])
      .filter((name) => COMPILERS.test(name));
    return packages.length === 0
      ? []
      : [{ ...at(step.instruction), severity: 'info', args: { image: '', packages: packages.join(', ') } } as const];
  });
}
