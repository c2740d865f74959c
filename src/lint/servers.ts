import { type Invocation, optionValue } from './commands.ts';
import { scriptInvocations, scriptName, stageManifest } from './manifest.ts';
import type { Start } from './start.ts';
import type { View } from './view.ts';

/** Programs that the container runs, package scripts followed down to what they start. */
export function startedPrograms(view: View, start: Start): readonly Invocation[] {
  const folder = start.stage.end.workdir;
  return start.invocations.flatMap((invocation) => {
    const inner = runnerTarget(invocation);
    const script = scriptName(inner);
    const manifest = script === null || folder === null ? null : stageManifest(view, start.stage, folder);
    return manifest === null || script === null ? [inner] : scriptInvocations(manifest, script).map(runnerTarget);
  });
}

/** `npx vite`, `python -m uvicorn`, `poetry run flask`: the program behind a runner. */
function runnerTarget(invocation: Invocation): Invocation {
  const { program, args, operands } = invocation;
  const [first = ''] = operands;
  const isRunner =
    (/^(?:poetry|pipenv|pdm|uv|hatch)$/.test(program) && first === 'run') ||
    ((program === 'bundle' || program === 'pnpm' || program === 'yarn') && first === 'exec');
  const isModule = /^python[\d.]*$/.test(program) && args[0] === '-m';
  const at = isModule
    ? 1
    : isRunner
      ? args.indexOf(first) + 1
      : program === 'npx' || program === 'bunx'
        ? args.indexOf(first)
        : -1;
  const words = at < 0 ? [] : args.slice(at);
  const [name, ...rest] = words;
  if (name === undefined) return invocation;
  return {
    program: name.replace(/^.*\//, ''),
    path: name,
    args: rest,
    operands: rest.filter((arg) => !arg.startsWith('-')),
  };
}

/** The address that a server was told to listen on; `null`: it was not told. */
export function boundAddress({ args }: Invocation): string | null {
  const address = optionValue(
    args,
    '--host',
    '--bind',
    '-b',
    '-H',
    '--hostname',
    '--address',
    '--server.address',
    '-h',
    '--listen-address',
  );
  return address === null || address.startsWith('-') ? null : address;
}

/** Listens on this machine alone: nobody outside the container reaches it. */
export function isLocal(address: string): boolean {
  return /^(?:https?:\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)(?::\d+)?$/.test(address);
}
