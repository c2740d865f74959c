import { kindInContext } from '../context.ts';
import { joinPaths } from '../paths.ts';
import { at, type Rule } from '../rule.ts';
import { shippedStages, stageNamed } from '../view.ts';

/** Scripts of the project that copy them, or an address of another server in the settings. */
const SELF_SERVED = /standalone\/|copyfiles|cpx|shx|assetPrefix/;
const SETTINGS = ['package.json', 'next.config.js', 'next.config.mjs', 'next.config.ts'];

export const nextStaticMissing: Rule = {
  id: 'next-static-missing',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ folder = '' }) =>
    folder === 'public'
      ? 'The standalone server of Next.js is copied without public: its pictures and files answer with 404.'
      : 'The standalone server of Next.js is copied without .next/static: pages come without scripts and styles.',
  advice: ({ from = '', folder = '' }) => `Copy it as well: COPY --from=${from} …/${folder} ./${folder}.`,
  find: (view) => {
    const steps = shippedStages(view).flatMap((stage) => stage.steps);
    const server = steps.find(({ copy }) =>
      copy?.sources.some(({ path }) => /\.next\/standalone\/?$/.test(path ?? '')),
    );
    const source = server?.copy?.from == null ? null : stageNamed(view, server.copy.from, server.stage);
    if (server?.copy?.from == null || source === null) return [];
    const path = server.copy.sources[0]?.path ?? '';
    // The build may put them there by itself, and a proxy or another address may serve them.
    const text = [...source.allSteps, ...steps].map(({ instruction }) => instruction.body.text).join('\n');
    const base = path.replace(/\/?\.next\/standalone\/?$/, '').replace(/^\/[^/]+\/?/, '');
    const hasPublic =
      view.context !== null && kindInContext(view.context, joinPaths(base || '.', 'public')) === 'directory';
    const settings = SETTINGS.map((name) => view.context?.project.source(joinPaths(base || '.', name)) ?? '').join(
      '\n',
    );
    const isSteered = /\bcp\b|\bmv\b|rsync|ASSET|CDN/i.test(text) || SELF_SERVED.test(settings);
    const missing = ['.next/static', ...(hasPublic ? ['public'] : [])].find(
      (folder) => !steps.some((step) => step.copy !== null && brings(step.instruction.body.text, folder)),
    );
    return missing === undefined || isSteered
      ? []
      : [{ ...at(server.instruction), args: { folder: missing, from: server.copy.from } }];
  },
};

/** By name, or with all of `.next`. */
function brings(text: string, folder: string): boolean {
  return text.includes(folder) || (folder !== 'public' && /\.next\/?["',\s]/.test(text));
}
