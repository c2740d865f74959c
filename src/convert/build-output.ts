import { readScript } from '../dockerfile/shell.ts';
import { UserError } from '../errors.ts';
import { textFact } from '../project/readers/document.ts';
import { readJson } from '../project/readers/json.ts';
import type { Invocation } from './commands/verdict.ts';
import { operands, option } from './commands/verdict.ts';
import { at, contextPath } from './copies.ts';
import { invocationOf } from './invocation.ts';
import { readManifest } from './manifest.ts';
import { absolute } from './paths.ts';
import type { Survey } from './survey.ts';

/** Where build tools put their result by default; `null`: only their configuration tells. */
const OUTPUTS: Readonly<Record<string, readonly string[] | null>> = {
  'react-scripts': ['build'],
  'vue-cli-service': ['dist'],
  next: ['.next'],
  ng: ['dist'],
  parcel: ['dist'],
  gatsby: ['public'],
  astro: ['dist'],
  nuxt: ['.output'],
  tsup: ['dist'],
  rimraf: [],
  'cross-env': null,
};
const HARMLESS =
  /^(rimraf|rm|echo|eslint|prettier|jest|mocha|cd|test|\[|true|node-gyp|del|copyfiles|cpx|mkdir|npm|yarn|pnpm)$/;

/**
 * Names of what a package script makes in its directory, which is not the application's own. `null`: they cannot be told.
 * Needed only where there is no WORKDIR: elsewhere the directory is copied as a whole.
 */
export function buildOutputs(survey: Survey, call: Invocation, depth = 0): readonly string[] | null {
  if (depth > 4) return null;
  if (!/^(npm|yarn|pnpm|bun)$/.test(call.name)) return toolOutputs(survey, call);
  const [first, second] = operands(call.args);
  const name = first === 'run' || first === 'run-script' ? second : first;
  const place = contextPath(survey.context, survey.copies, absolute(call.cwd, 'package.json'));
  const manifest = place === null ? null : readManifest(survey.context.project, place);
  const body = name === undefined ? undefined : manifest?.scripts[name];
  if (body === undefined) return null;
  const { cwd, home, user, scope, settings } = call;
  const state = { cwd, home, user, scope, venv: null, variables: new Map(), settings };
  const found: string[] = [];
  for (const command of readScript(body).units.flatMap((unit) => unit.commands)) {
    const inner = invocationOf(command, state, survey.base);
    const outputs = inner === null ? [] : buildOutputs(survey, inner, depth + 1);
    if (outputs === null) return null;
    found.push(...outputs);
  }
  return found;
}

function toolOutputs(survey: Survey, call: Invocation): readonly string[] | null {
  if (call.name === 'tsc' || call.name === 'nest') return typescriptOutput(survey, call);
  const given = option(call.args, '--out-dir', '--outDir', '--outdir', '-d', '--dist-dir', '--output-path');
  if (given !== null && !given.startsWith('-')) return [given.replace(/^\.\//, '').split('/')[0] ?? given];
  if (call.name === 'vite') return viteOutput(survey);
  const known = Object.hasOwn(OUTPUTS, call.name) ? OUTPUTS[call.name] : undefined;
  if (known !== undefined) return known;
  return HARMLESS.test(call.name) ? [] : null;
}

function viteOutput({ context }: Survey): readonly string[] | null {
  const names = context.project.entries(context.directory).map((entry) => entry.name);
  const name = names.find((one) => /^vite\.config\.[cm]?[jt]s$/.test(one));
  const text = name === undefined ? '' : (context.project.source(at(context, name)) ?? '');
  const given = /\boutDir:\s*(?:["'`]([^"'`$]+)["'`])?/.exec(text);
  if (given !== null) return given[1] === undefined ? null : [given[1].replace(/^\.\//, '')];
  return [text.includes('laravel-vite-plugin') ? 'public/build' : 'dist'];
}

function typescriptOutput(survey: Survey, call: Invocation): readonly string[] | null {
  const given =
    option(call.args, '--outDir') ?? settingOf(survey, option(call.args, '-p', '--project') ?? 'tsconfig.json');
  return given === null ? null : [given.replace(/^\.\//, '').replace(/\/.*$/, '')];
}

function settingOf(survey: Survey, path: string): string | null {
  try {
    const document = readJson(survey.context.project, at(survey.context, path), 'lenient');
    return document === null ? null : (textFact(document, 'compilerOptions', 'outDir')?.value ?? null);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
