import type { Invocation } from '../commands.ts';
import { kindInContext, textInContext } from '../context.ts';
import { scriptOf } from '../interpreters.ts';
import { contextManifest } from '../manifest.ts';
import { installedIn } from '../node-modules.ts';
import { fileOrigin } from '../origin.ts';
import { absolutePath, baseName, joinPaths } from '../paths.ts';
import { pathPresence } from '../presence.ts';
import { at, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import type { StageView, View } from '../view.ts';
import { compiledSource } from '../written.ts';

export const dependenciesMissing: Rule = {
  id: 'dependencies-missing',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ script = '', name = '' }) =>
    `${script} loads ${name}, and no installed packages are in the final stage: the container ends at once.`,
  advice: ({ folder = '' }) =>
    folder === 'node_modules'
      ? 'Copy node_modules from the stage that installs it, or install in the final stage.'
      : 'Install the packages in the final stage, or copy the virtual environment from the stage that has them.',
  find: (view) => {
    const start = readStart(view);
    if (start === null || start.stage.end.workdir === null) return [];
    for (const invocation of start.invocations) {
      const found = missingPackage(view, start.stage, invocation, start.stage.end.workdir);
      if (found !== null) return [{ ...at(start.instruction), args: found }];
    }
    return [];
  },
};

interface Missing {
  readonly [name: string]: string;
  readonly script: string;
  readonly name: string;
  readonly folder: string;
}

function missingPackage(view: View, stage: StageView, invocation: Invocation, workdir: string): Missing | null {
  const script = scriptOf(invocation);
  if (script === null || view.context === null) return null;
  const path = absolutePath(workdir, script.path);
  const source = fileOrigin(view, stage, path)?.contextPath ?? compiledSource(view, stage, path);
  const text = source === null ? null : textInContext(view.context, source);
  if (source === null || text === null) return null;
  const folder = parentOf(path);
  const name = /^node/.test(invocation.program)
    ? nodePackage(view, stage, text, folder, parentOf(`/${source}`).slice(1) || '.')
    : pythonPackage(view, stage, text, folder);
  return name === null
    ? null
    : { script: baseName(path), name, folder: /^node/.test(invocation.program) ? 'node_modules' : '' };
}

const NODE_LOADS =
  /(?:\brequire\(\s*|\bfrom\s+|^\s*import\s+|\bimport\(\s*)(["'])((?:@[\w.-]+\/)?[\w][\w.-]*)(?:\/[^"']*)?\1/gm;

/** Gone when TypeScript is compiled. */
const TYPES = /\bimport\s+type\b[^'"]*(["'])[^"']*\1/g;

const COMMENT = /(?<![:'"`\\])\/\/.*$|\/\*[\s\S]*?\*\//gm;

function nodePackage(view: View, stage: StageView, text: string, folder: string, contextFolder: string): string | null {
  const manifest =
    contextManifest(view, joinPaths(contextFolder, 'package.json')) ?? contextManifest(view, 'package.json');
  const isPlugAndPlay = view.context === null || kindInContext(view.context, '.pnp.cjs') !== null;
  if (manifest === null || isPlugAndPlay || stage.scope.has('NODE_PATH')) return null;
  const loaded = [...text.replaceAll(COMMENT, '').replaceAll(TYPES, '').matchAll(NODE_LOADS)].map(
    (match) => match[2] ?? '',
  );
  const name = loaded.find((one) => manifest.dependencies.has(one));
  const isNowhere = (at: string): boolean =>
    installedIn(view, stage, at) === 'none' &&
    (at === '/' || pathPresence(view, stage, absolutePath(at, `node_modules/${name}`)) !== true);
  const isHere = pathPresence(view, stage, absolutePath(folder, `node_modules/${name}`)) === false;
  return name !== undefined && isHere && foldersAbove(folder).every(isNowhere) ? name : null;
}

const PYTHON_LOADS = /^(?:from|import)\s+([A-Za-z_]\w*)/gm;

/** Only an image to which nothing was added but sources surely lacks a package. */
function pythonPackage(view: View, stage: StageView, text: string, folder: string): string | null {
  const requirements = view.context === null ? null : textInContext(view.context, 'requirements.txt');
  const isBare =
    stage.facts?.family.id === 'python' &&
    stage.allSteps.every(({ instruction, copy }) =>
      instruction.keyword !== 'RUN'
        ? copy === null || (copy.from === null && !copy.isFromOpen)
        : /^\s*(?:mkdir|chown|chmod|useradd|groupadd|adduser|addgroup)\b[^&|;]*$/.test(instruction.body.text),
    ) &&
    !stage.scope.has('PYTHONPATH');
  if (requirements === null || !isBare) return null;
  const listed = new Set(
    [...requirements.matchAll(/^([A-Za-z][\w.-]*)/gm)].map((match) => (match[1] ?? '').toLowerCase()),
  );
  const loaded = [...text.matchAll(PYTHON_LOADS)].map((match) => match[1] ?? '');
  const isOwn = (name: string): boolean =>
    [name, `${name}.py`].some((file) => pathPresence(view, stage, absolutePath(folder, file)) !== false);
  return loaded.find((name) => listed.has(name.toLowerCase()) && !isOwn(name)) ?? null;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

function foldersAbove(folder: string): readonly string[] {
  return folder === '/' ? ['/'] : [folder, ...foldersAbove(parentOf(folder))];
}
