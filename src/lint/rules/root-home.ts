import { type Call, callsOf, hasOption } from '../commands.ts';
import { contextManifest } from '../manifest.ts';
import { at, type Catch, type Rule } from '../rule.ts';
import { readStart } from '../start.ts';
import { isRootUser } from '../users.ts';
import { type StageView, type Step, shippedStages, type View } from '../view.ts';

export const rootHome: Rule = {
  id: 'root-home',
  concern: 'start',
  severity: 'error',
  aliases: [],
  message: ({ what = '', path = '', user = '' }) =>
    `${what} in ${path}, and the program runs as ${user}, who may not enter /root and has another home.`,
  advice: ({ remedy = '' }) => remedy,
  find: (view) => {
    const stage = view.final;
    const user = stage?.end.user ?? null;
    const steps = shippedStages(view).flatMap((one) => one.steps);
    // A start script, or rights given to others, may put it right.
    if (stage === null || user === null || /^(?:root|0|)(?::|$)/.test(user) || steps.some(opensRoot)) return [];
    const installed = steps.flatMap((step) => installs(view, stage, step));
    const found = installed[0] ?? programBelow(stage, steps) ?? startBelow(view);
    return found === undefined ? [] : [{ ...found, args: { ...found.args, user } }];
  },
};

function opensRoot(step: Step): boolean {
  return (
    callsOf(step).some(
      ({ program, args }) =>
        /^(?:chmod|chown|setfacl|mv|cp|ln|usermod)$/.test(program) && args.some((arg) => /^(?:\/root\b|~)/.test(arg)),
    ) ||
    (step.instruction.keyword === 'ENV' && /\bHOME[= ]\/root/.test(step.instruction.body.text))
  );
}

interface Home {
  readonly what: string;
  readonly path: string;
  readonly remedy: string;
}

/** Commands that write below the home of who runs them, unless an option or a variable says otherwise. */
function homeOf(
  view: View,
  stage: StageView,
  { program, args, operands }: Call,
): (Home & { variables: RegExp }) | null {
  const words = [program, ...operands];
  const calls = (name: string, verb: string): boolean => {
    const index = words.findIndex((word) => word.replace(/@.*$/, '') === name);
    return index >= 0 && words[index + 1] === verb;
  };
  if (/^pip3?$/.test(program) && operands[0] === 'install' && hasOption(args, '--user'))
    return {
      what: 'pip --user puts its packages',
      path: '/root/.local',
      remedy: 'Install without --user, or into a virtual environment in /opt.',
      variables: /^(?:PYTHONUSERBASE|HOME)$/,
    };
  if (calls('playwright', 'install') || calls('patchright', 'install'))
    return {
      what: 'Playwright puts its browsers',
      path: '/root/.cache/ms-playwright',
      remedy: 'Set ENV PLAYWRIGHT_BROWSERS_PATH=/opt/browsers above it.',
      variables: /^(?:PLAYWRIGHT_BROWSERS_PATH|HOME|XDG_CACHE_HOME)$/,
    };
  if (program === 'uv' && operands[0] === 'python' && operands[1] === 'install')
    return {
      what: 'uv puts the Python that it installs',
      path: '/root/.local/share/uv',
      remedy: 'Set ENV UV_PYTHON_INSTALL_DIR=/opt/python above it.',
      variables: /^(?:UV_PYTHON_INSTALL_DIR|HOME|XDG_DATA_HOME)$/,
    };
  if (/^python[\d.]*$/.test(program) && args[0] === '-m' && args[1] === 'nltk.downloader' && !args.includes('-d'))
    return {
      what: 'NLTK puts its data',
      path: '/root/nltk_data',
      remedy: 'Download with -d /usr/local/share/nltk_data.',
      variables: /^(?:NLTK_DATA|HOME)$/,
    };
  return puppeteer(view, stage, program, operands);
}

/** Puppeteer downloads its browser with the install. */
function puppeteer(
  view: View,
  stage: StageView,
  program: string,
  [first = 'install']: readonly string[],
): (Home & { variables: RegExp }) | null {
  if (!/^(?:npm|yarn|pnpm)$/.test(program) || !/^(?:ci|i|install)$/.test(first)) return null;
  const manifest = contextManifest(view, 'package.json');
  const names = [...(view.context?.project.entries(view.context.directory) ?? [])].map(({ name }) => name);
  const isSet = names.some((name) => /^(?:\.puppeteerrc|puppeteer\.config)/.test(name) || name === '.npmrc');
  if (manifest?.dependencies.has('puppeteer') !== true || isSet || stage.scope.has('PUPPETEER_EXECUTABLE_PATH'))
    return null;
  return {
    what: 'Puppeteer puts its browser',
    path: '/root/.cache/puppeteer',
    remedy: 'Set ENV PUPPETEER_CACHE_DIR=/opt/puppeteer above the install.',
    variables: /^(?:PUPPETEER_|HOME$)/,
  };
}

function installs(view: View, stage: StageView, step: Step): Catch[] {
  if (!isRootUser(step.user ?? '')) return [];
  for (const call of callsOf(step)) {
    const home = homeOf(view, stage, call);
    if (home === null || [...step.scope.keys()].some((name) => home.variables.test(name))) continue;
    if (/\b(?:HOME|PLAYWRIGHT_\w+|PUPPETEER_\w+|UV_\w+|PYTHONUSERBASE)=/.test(step.instruction.body.text)) continue;
    const { what, path, remedy } = home;
    return [{ ...at(step.instruction), args: { what, path, remedy } }];
  }
  return [];
}

/** A folder below /root on the path, to which something was copied. */
function programBelow({ scope }: StageView, steps: readonly Step[]): Catch | undefined {
  const path = scope.get('PATH')?.value ?? '';
  const set = steps.findLast(
    ({ instruction }) => instruction.keyword === 'ENV' && /PATH.*\/root\//.test(instruction.body.text),
  );
  const folder = /(?:^|[:"=])(\/root\/[^:"$\s]+)/.exec(set?.instruction.body.text ?? path)?.[1];
  const copied = steps.find(({ copy }) => copy?.target != null && /^\/root\/./.test(copy.target));
  if (folder === undefined || copied?.copy?.target == null) return undefined;
  const what = 'Programs of the path lie';
  return { ...at(copied.instruction), args: { what, path: copied.copy.target, remedy: ELSEWHERE } };
}

const ELSEWHERE = 'Install below /opt or /usr/local, where everyone may read, and copy from there.';

function startBelow(view: View): Catch | undefined {
  const start = readStart(view);
  const program = start?.invocations.find(({ path }) => path.startsWith('/root/'));
  if (start === null || program === undefined) return undefined;
  return { ...at(start.instruction), args: { what: 'The program lies', path: program.path, remedy: ELSEWHERE } };
}
