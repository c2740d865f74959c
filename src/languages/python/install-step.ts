import type { CopyStep, RunStep } from '../../model/plan.ts';

/** One thought of a stage: what it says, what it copies, what it runs. */
export interface Step {
  readonly comment: string;
  readonly copies: readonly CopyStep[];
  /** rule of hadolint to be left out for the next instruction, with the reason in the comment */
  readonly ignore: string | null;
  readonly run: RunStep | null;
}

export const VENV = '/opt/venv';

/** uv leaves a lock in the environment that everybody may write to, and the program must not change its own files. */
export const REMOVE_UV_LOCK = `rm -f ${VENV}/.lock`;

export const PIP_CACHE = 'type=cache,target=/root/.cache/pip';
export const UV_CACHE = 'type=cache,target=/root/.cache/uv';

/** `pip install` into the virtual environment, from outside of it: so that it needs no pip of its own. */
export function pipInstall(python: string): string {
  return isVeryOld(python) ? `${VENV}/bin/pip install` : `pip --python ${VENV}/bin/python install`;
}

/** The last release of pip for Python 3.6. */
const LAST_PIP = '21.3.1';

/** pip of Python 3.6 cannot yet install into another environment. */
function isVeryOld(python: string): boolean {
  return Number(python.split('.')[1]) < 7;
}

export const VENV_COMMENT = 'A virtual environment is the one folder that the final image takes over';

export function venvStep(python: string): Step {
  if (!isVeryOld(python)) return step(VENV_COMMENT, [], [`python -m venv --without-pip ${VENV}`]);
  // The pip that such an environment brings along does not know the wheels of later years.
  return step(VENV_COMMENT, [PIP_CACHE], [`python -m venv ${VENV}`, `${VENV}/bin/pip install pip==${LAST_PIP}`]);
}

export function step(comment: string, mounts: readonly string[], commands: readonly string[]): Step {
  return { comment, copies: [], ignore: null, run: { mounts, commands } };
}

/** Words without a version are meant so: the newest release will do. */
export function pinned(words: readonly string[], one: Step): Step {
  return words.every((word) => /[<>=~!]/.test(word)) ? one : { ...one, ignore: 'DL3013' };
}

/** Steps that fetch packages for the program get the mounts as well; those that only fetch a tool do not. */
export function withMounts(steps: readonly Step[], mounts: readonly string[]): readonly Step[] {
  if (mounts.length === 0) return steps;
  return steps.map((one) => {
    const fetches =
      one.run?.mounts.some((mount) => mount.includes('target=/root/.cache/')) &&
      one.run.commands.some((command) => command.includes(VENV));
    return one.run && fetches ? { ...one, run: { ...one.run, mounts: [...one.run.mounts, ...mounts] } } : one;
  });
}

export function bind(file: string): string {
  return `type=bind,source=${file},target=${file}`;
}

/** As a shell reads it: in quotes where a character would mean something. */
export function shellWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
