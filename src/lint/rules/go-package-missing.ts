import { type Call, callsOf, folderOf, isCertain } from '../commands.ts';
import { kindInContext } from '../context.ts';
import { absolutePath, below, contextPath, joinPaths } from '../paths.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import type { StageView, Step, View } from '../view.ts';

export const goPackageMissing: Rule = {
  id: 'go-package-missing',
  concern: 'build',
  severity: 'error',
  aliases: [],
  message: ({ path = '' }) => `go build ${path} finds no Go files: the project has none in that folder.`,
  advice: ({ found = '' }) =>
    found === '' ? 'Name the folder of the main package.' : `Name the folder of the main package: ${found}.`,
  find: (view) => view.stages.flatMap((stage) => stage.steps.flatMap((step) => missing(view, stage, step))),
};

function missing(view: View, stage: StageView, step: Step): Catch[] {
  const { context } = view;
  if (context?.isSure !== true || kindInContext(context, 'go.mod') !== 'file') return [];
  for (const call of callsOf(step)) {
    const path = packageOf(call);
    const folder = path === null || !isCertain(call) ? null : folderOf(step, call);
    const place = folder === null || path === null ? null : originOf(stage, step, absolutePath(folder, path));
    if (path === null || place === null || isGenerated(stage, step)) continue;
    const full = joinPaths(context.directory, place);
    if (context.project.entries(full).some(({ name }) => name.endsWith('.go'))) continue;
    const [main = ''] = context.project.find({ names: ['main.go'], under: context.directory, limit: 2 });
    const found = main === '' ? '' : `./${main.replace(/\/?main\.go$/, '')}`;
    return [{ ...at(step.instruction), args: { path, found } }];
  }
  return [];
}

/** `.`, `./cmd/api`, or the folder itself where none is named; `null` for patterns, files and import paths. */
function packageOf({ program, args }: Call): string | null {
  const words = args.filter(
    (word, index) =>
      !word.startsWith('-') &&
      !/^-(?:o|C|tags|ldflags|gcflags|mod|p|asmflags|buildmode|overlay|pgo)$/.test(args[index - 1] ?? ''),
  );
  const [verb, path = '.', ...more] = words;
  const isPlain =
    more.length === 0 && /^\.(?:\/[\w./-]*)?$/.test(path) && !path.includes('...') && !path.endsWith('.go');
  return program === 'go' && verb === 'build' && isPlain && !args.includes('-C') ? path : null;
}

/** The folder of the context that a COPY of it brought; `null` where it is not sure. */
function originOf(stage: StageView, step: Step, path: string): string | null {
  const copies = stage.allSteps.filter(
    ({ instruction, copy }) => copy !== null && instruction.index < step.instruction.index,
  );
  const whole = copies.findLast(
    ({ copy }) => copy?.from === null && copy.sources.some((source) => contextPath(source.path ?? '') === '.'),
  );
  const isOnly = copies.every(({ copy }) => copy?.from === null);
  const rest = whole?.copy?.target == null ? null : below(whole.copy.target, path);
  return !isOnly || rest === null || whole?.copy?.sources.length !== 1 ? null : rest === '' ? '.' : rest;
}

function isGenerated(stage: StageView, step: Step): boolean {
  return stage.allSteps.some(
    ({ instruction }) =>
      instruction.index <= step.instruction.index &&
      /\b(?:generate|protoc|buf|git|curl|templ|sqlc)\b/.test(instruction.body.text),
  );
}
