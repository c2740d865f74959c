import { isProgram, type Source } from './sources.ts';

/**
 * The program of FastMCP itself, for a server whose own file would listen on its machine alone: it loads the server and runs it as
 * told on the command line, without what the file does when it is run. `null` where the file says nothing of the kind.
 */
export function fastmcpWords(source: Source, file: string): readonly string[] | null {
  const server = /^(\w+)\s*(?::[^=\n]+)?=\s*FastMCP\s*\(/m.exec(source.code)?.[1];
  const call = /\.run(?:_\w+)?\(([^()]*)\)/.exec(source.text)?.[1] ?? '';
  const isLocal = /\bhost\s*=\s*["'](?:localhost|127\.0\.0\.1)["']/.test(call);
  if (!server || !isLocal || !isProgram(source)) return null;
  const transport = /\btransport\s*=\s*["']([\w-]+)["']/.exec(call)?.[1] ?? 'http';
  const path = /\bpath\s*=\s*["'](\/[\w./-]*)["']/.exec(call)?.[1];
  return [
    ...['fastmcp', 'run', `${file}:${server}`, '--transport', transport, '--host', '0.0.0.0', '--port', '{port}'],
    ...(path ? ['--path', path] : []),
  ];
}
