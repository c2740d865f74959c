import { absolute } from '../paths.ts';
import { type Invocation, type Judge, operands, option, type Verdict, verdict } from './verdict.ts';

export const DOWNLOADS: Readonly<Record<string, Judge>> = {
  curl: download,
  wget: download,
  aria2c: download,
  axel: download,
  git,
  svn: checkout,
  hg: checkout,
};

/** To a file, or to standard output, where the next program of the pipeline decides. */
function download(call: Invocation): Verdict {
  const urls = operands(call.args, [
    '-o',
    ...(call.name === 'curl' ? [] : ['-O']),
    '--output',
    '--output-document',
    '-H',
    '--header',
    '-P',
    '-d',
    '-u',
    '-A',
    '-x',
    '--retry',
    '--output-dir',
  ]);
  const isRemoteName =
    call.name === 'curl' ? call.args.some((word) => /^-[a-zA-Z]*O/.test(word) || word === '--remote-name') : true;
  const folder = option(call.args, '-P', '--directory-prefix', '--output-dir') ?? '.';
  const output =
    call.name === 'curl'
      ? (option(call.args, '-o', '--output') ?? clusterValue(call.args, 'o'))
      : (option(call.args, '-O', '--output-document') ?? clusterValue(call.args, 'O'));
  if (output === '-' || output === '/dev/stdout' || output === '/dev/null') return verdict('build', 'download');
  if (output !== null && !isRemoteName) return verdict('build', 'download', { writes: [absolute(call.cwd, output)] });
  if (output !== null && call.name !== 'curl')
    return verdict('build', 'download', { writes: [absolute(call.cwd, output)] });
  if (!isRemoteName) return verdict('build', 'download');
  const names = urls
    .map(
      (url) =>
        url
          .replace(/[?#].*$/, '')
          .split('/')
          .at(-1) ?? '',
    )
    .filter((name) => name !== '');
  return verdict('build', 'download', { writes: names.map((name) => absolute(absolute(call.cwd, folder), name)) });
}

/** `-fsSLo file`, `-qO- `: an option with a value at the end of a cluster. */
function clusterValue(args: readonly string[], letter: string): string | null {
  for (const [index, word] of args.entries()) {
    const cluster = new RegExp(`^-[a-zA-Z]*${letter}(.*)$`).exec(word);
    if (cluster !== null && !word.startsWith('--'))
      return cluster[1] === '' ? (args[index + 1] ?? null) : (cluster[1] ?? null);
  }
  return null;
}

function git(call: Invocation): Verdict {
  const all = operands(call.args, ['-C', '-c', '-b', '--branch', '--depth', '--origin', '-o']);
  const [command = '', url = '', folder] = all;
  const root = absolute(call.cwd, option(call.args, '-C') ?? '.');
  if (command === 'config') return verdict('build', 'tool-settings');
  if (command === 'clone') {
    const name =
      folder ??
      url
        .replace(/\/+$/, '')
        .split('/')
        .at(-1)
        ?.replace(/\.git$/, '') ??
      '';
    return verdict('build', 'download', { writes: [absolute(root, name)] });
  }
  return verdict('build', 'download', { writes: [root] });
}

function checkout(call: Invocation): Verdict {
  const folder = operands(call.args).at(-1) ?? '.';
  return verdict('build', 'download', { writes: [absolute(call.cwd, /:\/\//.test(folder) ? '.' : folder)] });
}
