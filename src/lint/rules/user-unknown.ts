import { expand } from '../../dockerfile/variables.ts';
import { callsOf } from '../commands.ts';
import { mayCopyTo } from '../presence.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { StageView, Step, View } from '../view.ts';

export const userUnknown: Rule = {
  id: 'user-unknown',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ user = '', image = '', case: kind }) =>
    kind === 'chown'
      ? `${image} has no user ${user}, so this copy fails.`
      : `${image} has no user ${user}, and nothing above creates it: no command runs as that user.`,
  advice: ({ user = '' }) => `Create ${user} before, or write a numeric id, which needs no entry: 10001:10001.`,
  find: (view) => view.stages.flatMap((stage) => stage.steps.flatMap((step) => unknown(view, stage, step))),
};

function unknown(view: View, stage: StageView, step: Step): Catch[] {
  const { keyword, words } = step.instruction;
  const written = keyword === 'USER' ? words[0]?.text : (step.copy?.chown ?? undefined);
  if (written === undefined) return [];
  const [user = ''] = (expand(written, step.scope, view.file.escape) ?? '').split(':');
  if (user === '' || /^\d+$/.test(user) || mayExist(view, stage, step, user)) return [];
  const kind = keyword === 'USER' ? 'user' : 'chown';
  return [{ ...at(step.instruction), args: { user, image: stage.facts?.reference ?? '', case: kind } }];
}

/** The base image may have it, a command may create it, or a copied /etc/passwd name it. */
function mayExist(view: View, stage: StageView, step: Step, user: string): boolean {
  const { facts } = stage;
  if (facts === null || facts.system === 'rpm' || user in facts.users) return true;
  if (facts.system !== 'none' && SYSTEM_ACCOUNT.test(user)) return true;
  return stage.allSteps
    .filter((one) => one.instruction.index < step.instruction.index)
    .some((one) => mayCreate(view, one, user));
}

const SYSTEM_ACCOUNT =
  /^(?:sync|lp|news|uucp|proxy|list|irc|_apt|operator|shutdown|halt|ftp|http|sshd|postgres|redis|mysql|www-data|games|man|mail|ntp|smmsp|cron|at|squid|xfs)$/;

function mayCreate(view: View, step: Step, user: string): boolean {
  if (step.copy !== null) return step.copy.target === null || mayCopyTo(view, step, '/etc/passwd');
  if (step.run === null) return false;
  const text = step.instruction.body.text + step.instruction.heredocs.map((heredoc) => heredoc.text).join('');
  if (text.includes(user) || /\$|\/etc\/passwd/.test(text)) return true;
  return callsOf(step).some((call) =>
    /\.sh$|^\.\/|^(?:sh|bash|curl|wget|make|dpkg|apt-get|apk|apt|yum|dnf)$/.test(call.program),
  );
}
