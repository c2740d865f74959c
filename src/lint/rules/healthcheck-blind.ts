import { readScript } from '../../dockerfile/shell.ts';
import { callOf, hasShort } from '../commands.ts';
import { at, type Rule } from '../rule.ts';
import { shippedStages } from '../view.ts';

export const healthcheckBlind: Rule = {
  id: 'healthcheck-blind',
  concern: 'start',
  severity: 'warning',
  aliases: [],
  message: ({ case: kind }) =>
    kind === 'curl'
      ? 'curl succeeds whatever the server answers, also with an error: the check never fails while the port is open.'
      : 'The check ends with success whatever happens before, so the container is always healthy.',
  advice: ({ case: kind }) => (kind === 'curl' ? 'Use curl --fail.' : 'Let it end with 1: || exit 1.'),
  find: (view) => {
    const check = shippedStages(view)
      .flatMap(({ stage }) => stage.instructions)
      .findLast(({ keyword }) => keyword === 'HEALTHCHECK');
    const text = check?.body.text.replace(/^\s*CMD\s+/i, '') ?? '';
    if (check === undefined || /^\s*NONE/i.test(text)) return [];
    if (/(?:\|\|\s*(?:true|:|exit 0)|;\s*(?:true|exit 0))\s*["'\]]*$/.test(text))
      return [{ ...at(check), args: { case: 'always' } }];
    const words = execWords(text);
    const calls = words === null ? readScript(text).units.flatMap(({ commands }) => commands.flatMap(callOf)) : [];
    const [curl] =
      words?.[0] === 'curl' ? [{ args: words.slice(1) }] : calls.filter(({ program }) => program === 'curl');
    const isRead = /(?<!\|)\|(?!\|)|\$\(|`|-w\b|write-out/.test(text);
    const isStrict =
      curl === undefined || hasShort(curl.args, 'f') || curl.args.some((arg) => arg.startsWith('--fail'));
    return isStrict || isRead ? [] : [{ ...at(check), args: { case: 'curl' } }];
  },
};

function execWords(text: string): readonly string[] | null {
  return text.startsWith('[') ? [...text.matchAll(/"([^"]*)"/g)].map(([, word]) => word ?? '') : null;
}
