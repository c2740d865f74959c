import { callsOf } from '../commands.ts';
import { textInContext } from '../context.ts';
import { joinPaths } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import { shippedStages, type View } from '../view.ts';

export const certificatesMissing: Rule = {
  id: 'certificates-missing',
  concern: 'start',
  severity: 'warning',
  aliases: [],
  message: ({ place = '', image = '' }) =>
    `${place} calls an https address, and ${image} has no certificates: each call ends with an error.`,
  advice: ({ image = '' }) =>
    image === 'scratch'
      ? 'Take gcr.io/distroless/static, or copy /etc/ssl/certs/ca-certificates.crt from the build stage.'
      : 'Install ca-certificates.',
  find: (view) => {
    const { final } = view;
    const isBare = /^(?:scratch|debian|ubuntu)$/.test(final?.facts?.family.id ?? '');
    const isGo = view.stages.some(({ facts }) => facts?.family.id === 'golang');
    if (final === null || !isBare || !isGo || isBrought(view)) return [];
    const place = secureCall(view);
    return place === null ? [] : [{ ...at(final.stage.from), args: { place, image: final.facts?.reference ?? '' } }];
  },
};

function isBrought(view: View): boolean {
  return shippedStages(view).some(({ steps }) =>
    steps.some(
      (step) =>
        /cert|ssl|pki/i.test(step.instruction.body.text) ||
        (step.run !== null && callsOf(step).some(({ args }) => args.includes('curl'))) ||
        step.copy?.target === '/',
    ),
  );
}

/** A call of Go's HTTP client with an address in the text, outside of tests. */
function secureCall(view: View): string | null {
  const { context } = view;
  if (context === null || textInContext(context, 'go.mod') === null) return null;
  for (const path of context.project.find({ endings: ['.go'], limit: 60 })) {
    const text = path.endsWith('_test.go') ? null : context.project.source(joinPaths('.', path));
    const found =
      text === null
        ? null
        : /\bhttp\.(?:Get|Post|Head|PostForm|NewRequest(?:WithContext)?)\([^\n]*"https:\/\//.exec(text);
    if (text !== null && found !== null && !/embed|gocertifi|golang\.org\/x\/crypto\/x509roots/.test(text))
      return `${path}:${text.slice(0, found.index).split('\n').length}`;
  }
  return null;
}
