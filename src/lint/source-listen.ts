/** A server in a source that listens on this machine alone. */
export interface LocalListen {
  /** 1-based */
  readonly line: number;
  /** as it is written; `''`: the default of what is called */
  readonly address: string;
  /** what it should say instead */
  readonly option: string;
}

const LOCAL = /^(?:localhost|127\.0\.0\.1|::1)$/;

/** `.listen(3000, '127.0.0.1')`, `app.run()` of Flask and their like; `null` where it listens elsewhere or that is open. */
export function localListen(text: string, program: string): LocalListen | null {
  const lines = text.split('\n');
  const find = program.startsWith('node') ? nodeListen : /^python/.test(program) ? pythonListen : null;
  for (const [index, line] of lines.entries()) {
    const found = find?.(line.replace(/(?:^|\s)(?:\/\/|#).*$/, ''), text) ?? null;
    if (found !== null) return { line: index + 1, ...found };
  }
  return null;
}

function nodeListen(line: string): Omit<LocalListen, 'line'> | null {
  const positional = /\.listen\(\s*[^,()'"]+(?:\([^()]*\))?[^,()'"]*,\s*(["'])([^"']+)\1/.exec(line)?.[2];
  const named = /\.listen\(\s*\{[^}]*\bhost\s*:\s*(["'])([^"']+)\1/.exec(line)?.[2];
  const address = positional ?? named;
  return address !== undefined && LOCAL.test(address) ? { address, option: "'0.0.0.0' as the host" } : null;
}

/** Flask's own server and uvicorn's function take 127.0.0.1 where no host is given. */
function pythonListen(line: string, text: string): Omit<LocalListen, 'line'> | null {
  const [, called, args = ''] = /^\s*(?:\w+ *= *)?(app\.run|uvicorn\.run)\((.*)\)\s*$/.exec(line) ?? [];
  const isFlask = called === 'app.run' && /\bFlask\(/.test(text);
  if (called === undefined || (called === 'app.run' && !isFlask) || /\*\*/.test(args)) return null;
  const host = /\bhost\s*=\s*(?:(["'])([^"']*)\1)?/.exec(args);
  const positional = isFlask ? /^\s*(["'])([^"']+)\1/.exec(args)?.[2] : undefined;
  const address = host === null ? (positional ?? '') : (host[2] ?? null);
  return address === '' || (address !== null && LOCAL.test(address)) ? { address, option: "host='0.0.0.0'" } : null;
}
