import { callsOf } from '../commands.ts';
import { installedPackages } from '../installs.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import type { StageView, View } from '../view.ts';

const COMPILES = /^(?:go|cargo|mvn|gradle|\.\/mvnw|\.\/gradlew|dotnet|gcc|g\+\+|make|cmake|javac)$/;
const COMPILERS = /^(?:build-essential|build-base|gcc|g\+\+|clang|make|cmake)$/;

export const toolchainShipped: Rule = {
  id: 'toolchain-shipped',
  concern: 'size',
  severity: 'warning',
  aliases: [],
  message: ({ image = '', packages = '', case: kind }) =>
    kind === 'jdk'
      ? `The final image is ${image}: the compiler goes along, and a jar only needs the runtime.`
      : kind === 'full'
        ? `${image} carries compilers, headers and version control that only a build needs.`
        : packages === ''
          ? `The final image is ${image}: the compiler and its caches go along.`
          : `The final image keeps ${packages}, which only a build needs.`,
  advice: ({ packages = '', case: kind, slim = '' }) =>
    kind === 'jdk' || kind === 'full'
      ? `Take ${slim} for the final stage.`
      : packages === ''
        ? 'Build in this stage and copy the result into a second one without the toolchain.'
        : 'Install them in a build stage and copy the result, or remove them in the same RUN.',
  find: (view) => {
    const stage = view.final;
    if (stage === null || readStart(view) === null || stage.facts === null) return [];
    const build = stage.allSteps.find((step) => callsOf(step).some((call) => COMPILES.test(call.program)));
    if (stage.facts.family.isToolchain && build !== undefined)
      return [{ ...at(stage.stage.from), args: { image: stage.facts.reference, packages: '' } }];
    const heavy = heavyBase(view, stage);
    return heavy.length > 0 ? heavy : compilers(stage);
  },
};

/** A tag with a lighter twin of the same publisher, where nothing in the stage compiles. */
function heavyBase(view: View, stage: StageView): Catch[] {
  const { facts } = stage;
  const compiles = stage.allSteps.some((step) =>
    callsOf(step).some(({ program }) =>
      /^(?:javac|jlink|jdeps|npm|yarn|pnpm|pip3?|poetry|uv|bundle|gem)$/.test(program),
    ),
  );
  if (facts === null || compiles) return [];
  const report = (kind: string, slim: string, severity: 'info' | 'warning'): Catch[] => [
    { ...at(stage.stage.from), severity, args: { image: facts.reference, packages: '', case: kind, slim } },
  ];
  const runsJar =
    readStart(view)?.invocations.some(({ program, args }) => program === 'java' && args.includes('-jar')) === true;
  if (/temurin:.*-jdk\b/.test(facts.reference) && runsJar)
    return report('jdk', facts.reference.replace('-jdk', '-jre'), 'warning');
  const full = /^((?:node|python|ruby):\d[\d.]*)(-(?:trixie|bookworm|bullseye))?$/.exec(facts.reference);
  if (full === null) return [];
  const [, tag = '', suite = ''] = full;
  return report('full', tag.startsWith('node') ? `${tag}${suite}-slim` : `${tag}-slim${suite}`, 'info');
}

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
