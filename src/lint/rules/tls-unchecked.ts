import type { Call } from '../commands.ts';
import { callsOf, hasOption, hasShort } from '../commands.ts';
import { at, type Rule } from '../rule.ts';

/** Variables that turn the check off, for a build or for the program. */
const OFF =
  /\b(?:(NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY|NPM_CONFIG_STRICT_SSL)[= ]["']?(?:0|false)\b|(GIT_SSL_NO_VERIFY)[= ]["']?(?:1|true)\b|(StrictHostKeyChecking)[= ]no\b)/i;

export const tlsUnchecked: Rule = {
  id: 'tls-unchecked',
  concern: 'safety',
  severity: 'warning',
  aliases: [],
  message: ({ what = '' }) => `${what} takes what anyone on the way sends: certificates or signatures are not checked.`,
  advice: () => 'Leave it out; for a company’s own authority copy its certificate and run update-ca-certificates.',
  find: (view) =>
    view.stages.flatMap((stage) =>
      stage.steps.flatMap((step) => {
        const { keyword, body } = step.instruction;
        const set = /^(?:ENV|ARG|RUN)$/.test(keyword) ? OFF.exec(body.text) : null;
        const call = callsOf(step).find(isUnchecked);
        const what = set?.[1] ?? set?.[2] ?? set?.[3] ?? (call === undefined ? undefined : nameOf(call));
        return what === undefined ? [] : [{ ...at(step.instruction), args: { what } }];
      }),
    ),
};

function nameOf({ program, args }: Call): string {
  const flag = args.find((arg) =>
    /insecure|no-check|trusted-host|strict-ssl|untrusted|unauthenticated|sslVerify/.test(arg),
  );
  return `${program} ${flag ?? '-k'}`;
}

function isUnchecked({ program, args }: Call): boolean {
  if (program === 'curl') return hasShort(args, 'k') || args.includes('--insecure');
  if (program === 'wget') return args.includes('--no-check-certificate');
  if (/^pip[\d.]*$/.test(program)) return hasOption(args, '--trusted-host');
  if (/^(?:npm|yarn|pnpm)$/.test(program)) return /(?:strict-ssl|enableStrictSsl)[ =]["']?false/i.test(args.join(' '));
  if (program === 'git') return /sslVerify[ =]["']?false/i.test(args.join(' '));
  if (program === 'apk') return args.includes('--allow-untrusted');
  return /^apt(?:-get)?$/.test(program) && args.includes('--allow-unauthenticated');
}
