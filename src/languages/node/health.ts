import type { Fact } from '../../model/fact.ts';
import { findInSources, type Sources, whatRuns } from './sources.ts';

const NAMES =
  'health|healthz|healthcheck|health-check|livez|readyz|ready|live|ping|status|_health|api/health|api/healthz|api/v1/health|api/ping';

/** A route on the application itself, so that nothing is mounted before it: `app.get('/health'`. */
const ROUTES: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:app|server|fastify|api|application|instance|expressApp)\s*\.\s*(?:get|all|route|use)\s*\(\s*["'\`](/(?:${NAMES}))["'\`]`,
  ),
  new RegExp(String.raw`\breq(?:uest)?\.url\s*={2,3}\s*["'\`](/(?:${NAMES}))["'\`]`),
  new RegExp(String.raw`\bpath(?:name)?\s*(?::|={2,3})\s*["'\`](/(?:${NAMES}))["'\`]`),
];
const CONTROLLER = new RegExp(String.raw`@Controller\s*\(\s*["'\`]/?(${NAMES})["'\`]\s*\)(?=[\s\S]*?@Get\s*\(\s*\))`);
/** One of these words is in each of the names: without any, the patterns need not be prepared, which takes longer than the search. */
const SPOKEN_OF = /health|live|ready|ping|status/;
const PREFIX = /\.setGlobalPrefix\s*\(\s*["'`]\/?([\w/-]+?)\/?["'`]/;
const VERSIONS = /\.enableVersioning\s*\(/;

/** The path by which the service says that it is well; `null` where the sources show none for certain. */
export function healthPathOf(sources: Sources): Fact | null {
  const among = whatRuns(sources).filter(({ text }) => SPOKEN_OF.test(text));
  if (among.length === 0) return null;
  for (const pattern of ROUTES) {
    const route = findInSources(among, pattern);
    if (route) return route;
  }
  const controller = findInSources(among, CONTROLLER);
  if (!controller || findInSources(whatRuns(sources), VERSIONS)) return null;
  const prefix = findInSources(whatRuns(sources), PREFIX)?.value;
  return {
    ...controller,
    value: prefix === undefined ? `/${controller.value}` : `/${prefix}/${controller.value}`,
    holds: controller.value,
  };
}
