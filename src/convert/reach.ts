import type { Invocation } from './commands/verdict.ts';
import { type Context, type Copy, contextPath } from './copies.ts';
import { absolute } from './paths.ts';

/** A program that writes where its text says so, or that fetches models into a cache in the home. */
const REACHES_OUT =
  /["'`](?:\/etc|\/usr|\/var|\/opt|\/root|\/home|\/lib|\/bin)\/|expanduser|Path\.home|os\.homedir|nltk\.download|from_pretrained|snapshot_download|hf_hub_download|torch\.hub|load_model\(|SentenceTransformer|easyocr|tiktoken|gensim\.downloader|spacy\.cli|whisper|stanza\.download|playwright/;

/**
 * What a program of the project does beyond its own directory cannot be followed; this looks at its text, or at the code
 * that stands in the command, for signs of it.
 */
export function reachesOut(
  call: Invocation,
  context: Context,
  copies: readonly Copy[],
  heredocs: readonly string[],
): boolean {
  const inline = call.args.filter((_, index) => /^-[a-z]*[cer]$/.test(call.args[index - 1] ?? ''));
  const script = call.args.find((word) => !word.startsWith('-') && /\.\w+$/.test(word)) ?? call.program;
  const place = contextPath(context, copies, absolute(call.cwd, script));
  const text = place === null ? '' : (context.project.source(place) ?? '');
  return [...inline, ...heredocs, text].some((one) => REACHES_OUT.test(one));
}
