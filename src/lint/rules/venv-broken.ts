import { type Call, callsOf, optionValue } from '../commands.ts';
import { absolutePath, below } from '../paths.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import { type StageView, type Step, stageNamed, type View } from '../view.ts';

export const venvBroken: Rule = {
  id: 'venv-broken',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ case: kind, source = '', target = '', from = '', to = '' }) => {
    if (kind === 'moved')
      return `The virtual environment was made at ${source}; at ${target} its programs look for the old path.`;
    if (kind === 'version') return `The packages were installed for Python ${from}, but this stage has Python ${to}.`;
    return `The virtual environment points at the Python of ${from}, which ${to} does not have at that place.`;
  },
  advice: ({ case: kind, source = '' }) =>
    kind === 'moved'
      ? `Copy it to the same path, ${source}.`
      : 'Use the same Python image, or the same version of it, in both stages.',
  find: (view) => {
    const stage = view.final;
    return stage === null ? [] : stage.allSteps.flatMap((step) => broken(view, stage, step));
  },
};

function broken(view: View, stage: StageView, step: Step): Catch[] {
  const { copy } = step;
  const from = copy?.from == null ? null : stageNamed(view, copy.from, step.stage);
  if (copy == null || from === null || copy.target === null) return [];
  const environments = virtualEnvironments(from);
  for (const { path } of copy.sources) {
    if (path === null) continue;
    const source = absolutePath('/', path);
    const environment = environments.find((one) => one === source);
    const isPackages =
      environment !== undefined ||
      PACKAGE_FOLDERS.test(source) ||
      from.allSteps.flatMap(callsOf).some((call) => pipFolder(call) === source);
    const args = isPackages ? problem(view, stage, from, { source, target: copy.target, environment }) : null;
    if (args !== null) return [{ ...at(step.instruction), args }];
  }
  return [];
}

const PACKAGE_FOLDERS = /\/(?:site-packages|\.venv|venv|\.local)$|^\/usr\/local\/lib\/python3/;

/** Where `pip install --prefix` or `--target` put packages. */
function pipFolder({ program, args, operands }: Call): string | null {
  const isInstall = /^pip3?$/.test(program) && operands[0] === 'install';
  return isInstall ? optionValue(args, '--prefix', '--target', '-t') : null;
}

interface Place {
  readonly source: string;
  readonly target: string;
  readonly environment: string | undefined;
}

function problem(view: View, stage: StageView, from: StageView, place: Place): Record<string, string> | null {
  const [built, runs] = [from.facts, stage.facts];
  if (built === null || runs === null || built.family.product !== 'python') return null;
  const [fromVersion, toVersion] = [built.version ?? '', runs.version ?? ''];
  const areMinor = /^3\.\d+$/.test(fromVersion) && /^3\.\d+$/.test(toVersion);
  if (runs.family.product === 'python') {
    if (areMinor && fromVersion !== toVersion) return { case: 'version', from: fromVersion, to: toVersion };
    const isMoved =
      place.environment !== undefined && place.environment !== place.target && startsConsoleScript(view, place.target);
    return isMoved ? { case: 'moved', source: place.source, target: place.target } : null;
  }
  if (place.environment === undefined || isMended(from) || isMended(stage) || !usesEnvironment(view, place.target))
    return null;
  return { case: 'interpreter', from: built.reference, to: runs.reference };
}

/** Paths at which a stage makes a virtual environment, variables in force replaced. */
function virtualEnvironments(stage: StageView): string[] {
  return stage.allSteps.flatMap((step) => callsOf(step).flatMap((call) => madeBy(step, call)));
}

function madeBy(step: Step, { program, args, operands }: Call): string[] {
  const isModule = /^python[\d.]*$/.test(program) && args[0] === '-m' && /^(?:venv|virtualenv)$/.test(args[1] ?? '');
  const isTool = program === 'virtualenv' || (program === 'uv' && operands[0] === 'venv');
  const path = operands.at(-1) ?? '';
  if (isModule || isTool) {
    const isDefault = program === 'uv' && operands.length === 1;
    const resolved = path.replaceAll(/\$\{?(\w+)\}?/g, (whole, name: string) => step.scope.get(name)?.value ?? whole);
    const place = isDefault ? '.venv' : resolved;
    return step.workdir === null || place.includes('$') ? [] : [absolutePath(step.workdir, place)];
  }
  return [];
}

/** The start uses a program of the environment that names its interpreter by path; `python -m` does not. */
function startsConsoleScript(view: View, environment: string): boolean {
  const start = readStart(view);
  const [first] = start?.invocations ?? [];
  if (first === undefined || /^python[\d.]*$/.test(first.program)) return false;
  return below(`${environment}/bin`, first.path) !== null || (isOnPath(view, environment) && !first.path.includes('/'));
}

function usesEnvironment(view: View, environment: string): boolean {
  const [first] = readStart(view)?.invocations ?? [];
  if (first === undefined) return false;
  return below(`${environment}/bin`, first.path) !== null || (isOnPath(view, environment) && !first.path.includes('/'));
}

function isOnPath(view: View, environment: string): boolean {
  const steps = view.final?.allSteps ?? [];
  return steps.some(({ instruction, scope }) => {
    if (instruction.keyword !== 'ENV' || !instruction.body.text.includes('PATH')) return false;
    const text = instruction.body.text.replaceAll(
      /\$\{?(\w+)\}?/g,
      (whole, name: string) => scope.get(name)?.value ?? whole,
    );
    return text.includes(`${environment}/bin`);
  });
}

/** Links and paths are put right, or the interpreter is brought along. */
function isMended(stage: StageView): boolean {
  return stage.allSteps.some(({ instruction, copy }) => {
    if (
      /ln -|--copies|--relocatable|sed -|python3?(?:\.\d+)?-minimal|install [^&|;]*python|add [^&|;]*python|python-build-standalone|UV_PYTHON/.test(
        instruction.body.text,
      )
    )
      return true;
    return copy?.sources.some((source) =>
      /^\/usr\/local(?:\/bin.*|\/lib.*)?\/?$|\/usr\/bin\/python|\/python(?:\/|$)/.test(source.path ?? ''),
    );
  });
}
