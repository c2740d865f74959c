import type { Unit } from '../dockerfile/script.ts';
import { type Invocation, type Verdict, verdict } from './commands/verdict.ts';
import { absolute } from './paths.ts';
import { pythonPackages } from './python-site.ts';

/** Scripts that are piped into an interpreter: what they leave, by a part of their address. */
const INSTALLERS: readonly { readonly address: RegExp; readonly judge: (call: Invocation) => Verdict }[] = [
  {
    address: /nodesource\.com|packagecloud\.io|packages\.gitlab\.com|dl\.yarnpkg|deb\.\w+|repos?\./,
    judge: () => verdict('system', 'package-source'),
  },
  {
    address: /sh\.rustup\.rs/,
    judge: (call) => verdict('build', 'toolchain', { writes: homes(call, '.cargo', '.rustup') }),
  },
  {
    address: /install\.python-poetry\.org|get-poetry/,
    judge: (call) => verdict('build', 'toolchain', { writes: homes(call, '.local', '.poetry') }),
  },
  {
    address: /astral\.sh\/uv|pdm-project\.org|pdm\.fming/,
    judge: (call) => verdict('build', 'toolchain', { writes: homes(call, '.local') }),
  },
  { address: /bun\.sh\/install/, judge: (call) => verdict('build', 'toolchain', { writes: homes(call, '.bun') }) },
  { address: /deno\.(land|com)/, judge: (call) => verdict('build', 'toolchain', { writes: homes(call, '.deno') }) },
  {
    address: /get\.pnpm\.io/,
    judge: (call) => verdict('build', 'toolchain', { writes: homes(call, '.local/share/pnpm') }),
  },
  { address: /nvm\//, judge: (call) => verdict('build', 'toolchain', { writes: homes(call, '.nvm') }) },
  { address: /sdkman\.io/, judge: (call) => verdict('build', 'toolchain', { writes: homes(call, '.sdkman') }) },
  { address: /getcomposer\.org/, judge: composerInstaller },
  { address: /get-pip\.py/, judge: (call) => verdict('build', 'python-install', { writes: pythonPackages(call) }) },
  { address: /php\.net\/go-pear/, judge: () => verdict('build', 'toolchain') },
];

/** An interpreter that reads its program from a pipe. */
export function isPipedInstaller(call: Invocation): boolean {
  if (!/^((ba|da|a|z)?sh|python\d?|php|perl|node)$/.test(call.name)) return false;
  const file = call.args.find((word) => !word.startsWith('-'));
  return file === undefined || call.args.includes('-s') || call.args.includes('--') || file === '-';
}

export function installerVerdict(unit: Unit, call: Invocation): Verdict {
  const known = INSTALLERS.find(({ address }) => address.test(unit.text));
  return known?.judge(call) ?? verdict('unknown', 'installer-unknown');
}

function homes(call: Invocation, ...names: readonly string[]): string[] {
  return names.map((name) => absolute(call.home, name));
}

function composerInstaller(call: Invocation): Verdict {
  const folder = /--install-dir=(\S+)/.exec(call.args.join(' '))?.[1] ?? '.';
  const name = /--filename=(\S+)/.exec(call.args.join(' '))?.[1] ?? 'composer.phar';
  return verdict('build', 'toolchain', { writes: [absolute(absolute(call.cwd, folder), name)] });
}
