import type { Instruction } from '../../dockerfile/file.ts';
import { declaredArgs, keyValues } from '../../dockerfile/words.ts';
import { at, type Catch, type Rule } from '../rule.ts';

/** The words that `docker build --check` looks for, between underscores. */
const SECRET_WORD = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const HARMLESS_WORD = /(?:^|_)(?:public|file|version|gpg|fingerprint)(?:_|$)/i;

/** Values that are secrets by their form alone. */
const SECRET_VALUE: readonly (readonly [string, RegExp])[] = [
  ['an AWS access key', /\bAKIA[0-9A-Z]{16}\b/],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{60,}/],
  ['a GitLab token', /\bglpat-[\w-]{20}\b/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b|_authToken=(?!\$)[\w-]{20,}/],
  ['a Slack token', /\bxox[abpr]-[\w-]{20,}/],
  ['a private key', /-----BEGIN (?:\w+ )?PRIVATE KEY-----/],
  ['a password in a URL', /\bhttps?:\/\/[^\s/:@$]+:(?!\$)[^\s/:@$]{3,}@(?!localhost|127\.)/],
  [
    'the password of a service',
    /\b(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql)(?:\+\w+)?:\/\/[^\s/:@$]*:(?!\$|(?:pass(?:word|wd)?|secret|user(?:name)?|postgres|root|admin|guest|test|dummy|example|change-?me|placeholder|x+|\*+)@)[^\s/:@$]{3,}@(?!localhost|127\.)/i,
  ],
];

export const secretInInstruction: Rule = {
  id: 'secret-in-instruction',
  concern: 'safety',
  severity: 'warning',
  aliases: ['SecretsUsedInArgOrEnv', 'DL3064'],
  message: ({ name = '', keyword = '', what = '', file = '' }) =>
    file !== ''
      ? `The secret is written to ${file}, which stays in the layer.`
      : what === ''
        ? `${keyword} ${name}: its value stays readable in the image or its history.`
        : `This holds ${what}, readable for everyone who has the image.`,
  advice: ({ keyword }) =>
    keyword === 'ENV'
      ? 'Give it to the container when it starts, or to one RUN with --mount=type=secret.'
      : 'Use RUN --mount=type=secret; what has been published must be replaced.',
  find: (view) =>
    view.file.instructions.flatMap((instruction) =>
      [...byValue(instruction), ...byName(instruction), ...byMount(instruction)].slice(0, 1),
    ),
};

function byName(instruction: Instruction): Catch[] {
  const { keyword, body } = instruction;
  if (keyword !== 'ARG' && keyword !== 'ENV') return [];
  const pairs = keyword === 'ARG' ? declaredArgs(body) : keyValues(body);
  const found = pairs.find(({ name, value }) => {
    const isEmpty = keyword === 'ENV' && /^(?:""|''|)$/.test(value ?? '');
    return SECRET_WORD.test(name) && !HARMLESS_WORD.test(name) && !isEmpty;
  });
  return found === undefined ? [] : [{ ...at(instruction), args: { name: found.name, keyword, what: '' } }];
}

/** A mounted secret is in no layer, and a copy of it is, unless the same RUN removes it. */
function byMount({ keyword, flags, body, line, endLine }: Instruction): Catch[] {
  const isMounted = keyword === 'RUN' && flags.some(({ value }) => /(?:^|,)type=secret/.test(value ?? ''));
  const copied =
    /\b(?:cp|mv|install)\s+(?:-\S+\s+)*\/run\/secrets\/\S+\s+([^\s;&|]+)|\/run\/secrets\/[^\s;&|>)]+\)?["']?\s*>>?\s*([^\s;&|]+)/.exec(
      body.text,
    );
  const file = copied?.[1] ?? copied?.[2];
  if (!isMounted || file === undefined || /^\/(?:dev|tmp|run)\//.test(file)) return [];
  const name = file.replace(/^.*\//, '');
  const isRemoved = new RegExp(`\\b(?:rm|shred)\\b[^;&|]*${name.replaceAll(/[^\w-]/g, '.')}`).test(body.text);
  return isRemoved ? [] : [{ ...at({ line, endLine }), args: { name: '', keyword, what: '', file } }];
}

function byValue(instruction: Instruction): Catch[] {
  const text = instruction.body.text + instruction.heredocs.map((heredoc) => heredoc.text).join('');
  const found = SECRET_VALUE.find(([, pattern]) => pattern.test(text));
  if (found === undefined) return [];
  return [{ ...at(instruction), severity: 'error', args: { name: '', keyword: instruction.keyword, what: found[0] } }];
}
