import { expand } from '../../dockerfile/variables.ts';
import { type Call, callsOf, folderOf } from '../commands.ts';
import { kindInContext } from '../context.ts';
import { absolutePath, below, contextPath } from '../paths.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { type Step, shippedStages, type View } from '../view.ts';

export const layerDoubled: Rule = {
  id: 'layer-doubled',
  concern: 'size',
  severity: 'warning',
  aliases: [],
  message: ({ program = '', path = '' }) =>
    `${program} -R changes every file that was copied to ${path}, so the image holds all of them twice.`,
  advice: ({ program = '', value = '' }) =>
    program === 'chown'
      ? `Leave the files to root and chown only folders that the program writes to, or copy with --chown=${value}.`
      : `Copy with --chmod=${value}.`,
  find: (view) => shippedStages(view).flatMap((stage) => stage.steps.flatMap((step) => doubled(view, step))),
};

function doubled(view: View, step: Step): Catch[] {
  for (const call of callsOf(step)) {
    const { program, args, operands } = call;
    const isWide = args.some((arg) => /^-[a-zA-Z]*R|^--recursive$/.test(arg));
    const [value = '', ...paths] = operands;
    // World-writable files have a rule of their own, which says this as well.
    const isMeant = program === 'chown' || (program === 'chmod' && !/7$|[oa+]\+?\w*w/.test(value));
    if (!isMeant || !isWide || value.includes('$(')) continue;
    const path = paths.find((one) => holdsCopied(view, step, call, one));
    if (path !== undefined) return [{ ...at(step.instruction), args: { program, path, value } }];
  }
  return [];
}

function holdsCopied(view: View, step: Step, call: Call, path: string): boolean {
  const resolved = expand(path.replace(/\/\*$/, ''), step.scope, view.file.escape);
  const folder = folderOf(step, call);
  if (resolved === null || (!resolved.startsWith('/') && folder === null)) return false;
  const target = absolutePath(folder ?? '/', resolved);
  const earlier = view.stages[step.stage]?.steps.filter((one) => one.instruction.index < step.instruction.index) ?? [];
  return earlier.some((one) => isLarge(view, one, call.program) && below(target, one.copy?.target ?? '') !== null);
}

/** A folder, or what another stage made; a few files by name weigh nothing. */
function isLarge(view: View, { copy }: Step, program: string): boolean {
  if (copy === null || (program === 'chown' ? copy.chown : copy.chmod) !== null) return false;
  const { context } = view;
  if (copy.from !== null) return true;
  const paths = copy.sources.map(({ path }) => contextPath(path ?? '.'));
  return paths.some((path) => path === '.' || (context !== null && kindInContext(context, path) === 'directory'));
}
