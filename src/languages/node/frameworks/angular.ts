import { type Document, keysAt, textFact } from '../../../project/readers/document.ts';
import { readJson } from '../../../project/readers/json.ts';
import { joinPath } from '../../../project/search.ts';
import { optionOf } from '../compile.ts';
import { at, buildSteps, type Shape, type ShapeContext, server } from '../shape.ts';

/** Angular: the folder that angular.json names, or the server that its newer builder makes beside it. */
export function angularShape(context: ShapeContext): Shape | null {
  const document = readJson(context.project, joinPath(context.manifest.directory, 'angular.json'), 'lenient');
  const project = document && applicationOf(document);
  const angular = context.installed('@angular/core');
  if (!document || !project || !angular) return null;
  const key = project.key;
  const options = [
    'projects',
    key,
    'architect' in (project.value as object) ? 'architect' : 'targets',
    'build',
    'options',
  ];
  const builder = textFact(document, ...options.slice(0, -1), 'builder')?.value ?? '';
  const isNew = /:application$/.test(builder);
  const path = textFact(document, ...options, 'outputPath') ?? textFact(document, ...options, 'outputPath', 'base');
  const named = document.at(...options, 'outputPath', 'browser');
  const browser = typeof named === 'string' ? named : 'browser';
  const folder = joinPath(path?.value ?? `dist/${key}`);
  const steps = buildSteps(context, ['ng', 'build']);
  const from = path?.from ?? document.path;
  const rendersOnServer = isNew && document.at(...options, 'ssr') && document.at(...options, 'outputMode') !== 'static';
  const buildEnv = { NG_CLI_ANALYTICS: 'false' };
  if (rendersOnServer) {
    return server({
      command: { value: ['node', `${folder}/server/server.mjs`], from },
      layout: 'outputs',
      ships: [{ source: folder, target: folder }],
      steps,
      buildEnv,
      port: { value: 4000, ...at(angular) },
      portVariable: 'PORT',
      facts: [{ label: 'Framework', fact: { value: 'Angular (server rendering)', ...at(angular) } }],
    });
  }
  return {
    kind: 'site',
    tool: { value: 'Angular', ...at(angular) },
    output: { value: isNew ? joinPath(folder, browser) : folder, from, ...(path ? { holds: path.value } : {}) },
    fallback: 'single-page',
    base: servedBelow(context, document, options),
    steps,
    buildEnv,
    notes: [],
  };
}

/** `--base-href` of the build script, else what angular.json says for production or for every build. */
function servedBelow(context: ShapeContext, document: Document, options: readonly string[]): string {
  const given = (context.build?.programs ?? []).map(({ words }) => optionOf(words, ['--base-href', '--baseHref']));
  const production = [...options.slice(0, -1), 'configurations', 'production'];
  const path =
    given.find((one) => one !== null) ??
    textFact(document, ...production, 'baseHref')?.value ??
    textFact(document, ...options, 'baseHref')?.value ??
    '/';
  const clean = path.replaceAll(/^\/|\/$/g, '');
  return /^[\w./-]+$/.test(clean) && !clean.startsWith('.') ? `/${clean}/` : '/';
}

function applicationOf(document: Document): { readonly key: string; readonly value: unknown } | null {
  const wanted = textFact(document, 'defaultProject')?.value;
  const keys = keysAt(document, 'projects').filter((key) => document.at('projects', key, 'projectType') !== 'library');
  const key = keys.find((one) => one === wanted) ?? keys.find((one) => !one.endsWith('-e2e'));
  const value = key === undefined ? undefined : document.at('projects', key);
  return key !== undefined && typeof value === 'object' && value !== null ? { key, value } : null;
}
