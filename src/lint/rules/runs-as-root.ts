import { callsOf } from '../commands.ts';
import { textInContext } from '../context.ts';
import { fileOrigin } from '../origin.ts';
import { absolutePath } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import { readStart, type Start } from '../start.ts';
import { isRootUser } from '../users.ts';
import { shippedStages, type View } from '../view.ts';

/** Programs that start as root on purpose and hand their work to another user, or need its rights. */
const NEEDS_ROOT =
  /^(?:nginx|apache2?|apache2-foreground|httpd|httpd-foreground|apachectl|sshd|cron|crond|supervisord|s6-svscan|init|systemd|dockerd|haproxy|postfix|openvpn|wg-quick|php-fpm[\d.]*|caddy|gosu|su-exec|setpriv|runuser|su|sudo|dnsmasq|named|vsftpd|varnishd)$/;

export const runsAsRoot: Rule = {
  id: 'runs-as-root',
  concern: 'safety',
  severity: 'warning',
  aliases: ['DL3002'],
  message: ({ user }) =>
    user === 'explicit'
      ? 'The last USER is root: the container runs with all rights.'
      : 'No USER is named, so the container runs as root.',
  advice: ({ name = '' }) => `Write USER ${name} after the last step that needs root.`,
  find: (view) => {
    const stage = view.final;
    const start = readStart(view);
    if (stage === null || !isRootUser(stage.end.user ?? '')) return [];
    const instructions = shippedStages(view).flatMap((one) => one.stage.instructions);
    const isService = start !== null || instructions.some(({ keyword }) => keyword === 'EXPOSE');
    const explicit = instructions.findLast(({ keyword }) => keyword === 'USER');
    const node = explicit ?? start?.instruction;
    if (!isService || node === undefined || (start !== null && givesRightsUp(view, start))) return [];
    if (explicit === undefined && (stage.facts === null || stage.facts.family.dropsRights)) return [];
    const name =
      Object.entries(stage.facts?.family.users ?? {}).find(([, uid]) => uid >= 1000 && uid < 65000)?.[1] ?? 10001;
    return [
      {
        ...at(node),
        args: { user: explicit === undefined ? 'none' : 'explicit', name: `${name}:${name}` },
      },
    ];
  },
};

function givesRightsUp(view: View, start: Start): boolean {
  if (start.invocations.some((one) => NEEDS_ROOT.test(one.program))) return true;
  const installs = start.stage.allSteps
    .flatMap(callsOf)
    .some((call) => call.args.some((arg) => /^(?:gosu|su-exec|s6-overlay|supervisor)$/.test(arg)));
  const [first] = start.invocations;
  const folder = start.stage.end.workdir;
  if (installs || first === undefined || folder === null || view.context === null) return installs;
  const origin = fileOrigin(view, start.stage, absolutePath(folder, first.path));
  const text = origin === null ? '' : (textInContext(view.context, origin.contextPath) ?? '');
  return /\b(?:gosu|su-exec|setpriv|runuser|chroot|s6-setuidgid|su\s+-|su\s+\w)/.test(text);
}
