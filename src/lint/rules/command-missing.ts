import { type Invocation, optionValue } from '../commands.ts';
import { textInContext } from '../context.ts';
import { scriptOf } from '../interpreters.ts';
import { fileOrigin } from '../origin.ts';
import { absolutePath } from '../paths.ts';
import { pathPresence, toolPresence } from '../presence.ts';
import { lacksPythonProgram } from '../python-programs.ts';
import { at, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import type { StageView, View } from '../view.ts';

export const commandMissing: Rule = {
  id: 'command-missing',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ path = '', case: kind, keyword = '' }) => {
    if (kind === 'tool') return `${keyword} starts ${path}, which is not on the path of the final image.`;
    if (kind === 'object') return `${keyword} loads ${path}, and that file has no such name.`;
    if (kind === 'module') return `${keyword} loads ${path}, and no such module is in the final image.`;
    return `${keyword} starts ${path}, and nothing puts that file into the final image.`;
  },
  advice: ({ case: kind }) =>
    kind === 'tool'
      ? 'Install it in the final stage, copy it there, or start the program by its full path.'
      : kind === 'object'
        ? 'Name the application as the file does.'
        : 'Copy it into the final stage, or correct the path, which is relative to WORKDIR.',
  find: (view) => {
    const start = readStart(view);
    if (start === null || start.stage.allSteps.some((step) => step.instruction.keyword === 'SHELL')) return [];
    if (start.form === 'shell' && /(?:^|[\s;&|])(?:cd|if|for|while|\.|source|case)\s|\|\||[{(]/.test(start.script))
      return [];
    const { keyword } = start.instruction;
    for (const invocation of start.invocations) {
      const missing = whatIsMissing(view, start.stage, invocation);
      if (missing !== null) return [{ ...at(start.instruction), args: { ...missing, keyword } }];
    }
    return [];
  },
};

function whatIsMissing(view: View, stage: StageView, invocation: Invocation): { path: string; case: string } | null {
  const { path } = invocation;
  if (path.includes('$') || path === '' || /\s/.test(path)) return null;
  if (!path.includes('/')) {
    const isNowhere = toolPresence(view, stage, path) === false && !mayBeLinked(stage, path);
    if (isNowhere || lacksPythonProgram(view, path)) return { path, case: 'tool' };
  } else if (isAbsent(view, stage, [path])) return { path, case: 'file' };
  const script = scriptOf(invocation);
  if (script !== null && isAbsent(view, stage, script.tries)) return { path: script.path, case: 'file' };
  const module = moduleOf(invocation);
  if (module !== null && isModuleAbsent(view, stage, module)) return { path: module, case: 'module' };
  const object = missingObject(view, stage, invocation);
  if (object !== null) return { path: object, case: 'object' };
  return null;
}

function isAbsent(view: View, stage: StageView, tries: readonly string[]): boolean {
  const { workdir } = stage.end;
  return tries.every((path) => {
    if (!path.startsWith('/') && workdir === null) return false;
    return pathPresence(view, stage, absolutePath(workdir ?? '/', path)) === false;
  });
}

/** A file of that name may have been copied into a folder of the path. */
function mayBeLinked(stage: StageView, name: string): boolean {
  return stage.allSteps.some((step) => step.run !== null && step.instruction.body.text.includes(name));
}

/** The module of `uvicorn main:app`, dots as slashes; `null` where another option says where to look. */
function moduleOf({ program, args, operands }: Invocation): string | null {
  if (!/^(?:uvicorn|gunicorn|hypercorn)$/.test(program)) return null;
  if (optionValue(args, '--app-dir', '--chdir', '--pythonpath', '-c', '--config') !== null) return null;
  const target = operands.find((operand) => /^[a-zA-Z_][\w.]*:[a-zA-Z_][\w.()]*$/.test(operand));
  return target?.replace(/:.*$/, '') ?? null;
}

function isModuleAbsent(view: View, stage: StageView, module: string): boolean {
  const [top = ''] = module.split('.');
  if (!OWN_MODULE.test(top)) return false;
  const installsProject = view.stages.some((one) =>
    one.allSteps.some(({ instruction }) => INSTALLS_PROJECT.test(instruction.body.text)),
  );
  const steersPath = view.stages.some((one) =>
    one.allSteps.some(({ instruction }) => /PYTHONPATH/.test(instruction.body.text)),
  );
  if (installsProject || steersPath || view.context === null) return false;
  return isAbsent(view, stage, [`${top}.py`, top]);
}

/** `app:application` where app.py never says `application`; a name that is imported by a star or made up is let be. */
function missingObject(view: View, stage: StageView, invocation: Invocation): string | null {
  const module = moduleOf(invocation);
  const target = invocation.operands.find((operand) => operand.startsWith(`${module}:`));
  const name = /:(\w+)/.exec(target ?? '')?.[1];
  const { workdir } = stage.end;
  if (module === null || target === undefined || name === undefined || workdir === null) return null;
  const origin = fileOrigin(view, stage, absolutePath(workdir, `${module.replaceAll('.', '/')}.py`));
  const text = origin === null || view.context === null ? null : textInContext(view.context, origin.contextPath);
  if (text === null || text.trim() === '' || /import \*|__getattr__|globals\(|exec\(/.test(text)) return null;
  return new RegExp(`\\b${name}\\b`).test(text) ? null : target;
}

/** Names that programs have and libraries do not: another one may come with an installed package. */
const OWN_MODULE = /^(?:main|app|server|api|wsgi|asgi|application|run|src|backend|core|project|website)$/;

const INSTALLS_PROJECT =
  /pip3? (?:install|wheel) (?:.*\s)?(?:-e\s*)?\.|uv (?:sync|pip)|poetry|pdm|hatch|pip3? install [^&|;]*(?:git\+|https?:)|setup\.py/;
