import type { Placement } from './placement.ts';
import type { Survey } from './survey.ts';

/** Packages of the distribution that the instructions of the final stage install. */
export function finalPackages(survey: Survey, placements: readonly Placement[]): ReadonlySet<string> {
  const names = placements
    .filter(({ inFinal }) => inFinal !== 'no')
    .flatMap((placement) => (placement.kept === null ? ownPackages(survey, placement) : keptPackages(placement.kept)));
  const plain = names.map((name) => name.replace(/[=~].*$/, ''));
  return new Set([...plain, ...plain.flatMap((name) => (BRING_FONTCONFIG.test(name) ? ['libfontconfig1'] : []))]);
}

/** Each of them depends on the library that finds fonts. */
const BRING_FONTCONFIG =
  /^(libcairo2|libpango(cairo|ft2)?-1\.0-0|librsvg2-2|fontconfig|chromium|imagemagick|ffmpeg|wkhtmltopdf)$/;

function ownPackages(survey: Survey, { step }: Placement): readonly string[] {
  const parts = survey.runs.get(step.instruction.index) ?? [];
  return parts.filter(({ verdict }) => verdict.why.code === 'packages').flatMap(({ verdict }) => verdict.packages);
}

function keptPackages(kept: NonNullable<Placement['kept']>): readonly string[] {
  return kept
    .flatMap(({ words }) => words ?? [])
    .flatMap(({ names, fates }) =>
      names.flatMap((name, index) => {
        const fate = fates[index];
        if (fate?.kind === 'replace') return fate.packages;
        return fate?.kind === 'keep' ? [name] : [];
      }),
    );
}
