import type { Note } from '../../model/fact.ts';
import { isOfAnother } from './listen-port.ts';
import type { ListenSettings } from './settings-file.ts';
import { isTalk, placeIn, type Source } from './sources.ts';

/** Variables by which the program can be told to listen on all addresses, where it would listen on its own machine alone. */
export function hostVariables(reached: readonly Source[]): readonly string[] {
  const pattern =
    /(?:environ\.get|getenv|config|env)\(\s*["'](\w*(?:HOST|ADDRESS|BIND|INTERFACE)\w*)["']\s*,\s*(?:default\s*=\s*)?["'](?:localhost|127\.0\.0\.1)["']/g;
  const names = reached
    .flatMap((source) => [...source.text.matchAll(pattern)].map((match) => match[1] ?? ''))
    .filter((name) =>
      /^(?:APP_|SERVER_|HTTP_|LISTEN_|BIND_|WEB_|API_)?(?:HOST|ADDRESS|BIND|BIND_HOST|BIND_ADDRESS|INTERFACE)$/.test(
        name,
      ),
    );
  const isServed = reached.some(({ code }) => SERVES_HOST.test(code));
  return [...new Set([...names, ...reached.flatMap((source) => settingsHosts(source, isServed))])];
}

/** `uvicorn.run(…, host=settings.host`: the field is the program's own address, whatever the prefix sounds like. */
const SERVES_HOST = /\b(?:run|serve|Config)\([^()]*\bhost\s*=\s*[\w.]+\.host\b/;

/** `host: str = "127.0.0.1"` in a class of pydantic's settings is read from HOST, with the prefix that the class names. */
function settingsHosts(source: Source, isServed: boolean): readonly string[] {
  if (!/\bBaseSettings\b/.test(source.code)) return [];
  const field = /^[ \t]+(\w*host)\s*:\s*str\s*=\s*["'](?:localhost|127\.0\.0\.1)["']/m.exec(source.text);
  const prefix = /\benv_prefix\s*=\s*["'](\w*)["']/.exec(source.text)?.[1] ?? '';
  if (!field) return [];
  const name = `${prefix}${field[1] ?? ''}`.toUpperCase();
  const judged = isServed && field[1] === 'host' ? `${prefix.split('_')[0] ?? ''}_HOST` : name;
  return isOfAnother(judged.toUpperCase().replace(/HOST$/, 'PORT')) ? [] : [name];
}

/** `--host` of a command line, with the program's own machine as its default. */
const HOST_OPTION =
  /(?:add_argument|click\.option|typer\.Option)\((?:\s*["']-\w["']\s*,)?\s*["'](--(?:host|hostname|address|bind|listen|ip))["'](?:[^()]|\([^()]*\))*?\bdefault\s*=\s*["'](?:localhost|127\.0\.0\.1)["']/;

/**
 * Options of a program's command line that make it listen on all addresses, where it would listen on its own machine alone: `--host` with
 * `localhost` as its default. Not where commands below it have options of their own.
 */
export function hostOptions(source: Source): readonly string[] {
  if (/\badd_subparsers\s*\(|\.(?:group|command)\s*\(/.test(source.code)) return [];
  const flag = HOST_OPTION.exec(source.text);
  if (flag?.[1] && !isTalk(source, flag.index)) return [flag[1], '0.0.0.0'];
  // Tornado's options take their value with an equals sign.
  const defined =
    /\bdefine\(\s*["'](host|address|bind|listen|ip)["'](?:[^()]|\([^()]*\))*?\bdefault\s*=\s*["'](?:localhost|127\.0\.0\.1)["']/.exec(
      source.text,
    );
  return defined?.[1] && /\bparse_command_line\s*\(/.test(source.code) ? [`--${defined[1]}=0.0.0.0`] : [];
}

/** A settings file that tells the program to listen on its own machine alone. */
export function fileNotes(settings: ListenSettings): readonly Note[] {
  const { host } = settings;
  if (!host || !/^(?:localhost|127\.0\.0\.1)$/.test(host.value)) return [];
  return [{ code: 'listens-locally', severity: 'warning', places: [host.from], args: { host: host.value } }];
}

/** A server that is told in the source to listen on its own machine alone; nothing from outside reaches it. */
export function localNotes(reached: readonly Source[]): readonly Note[] {
  const pattern =
    /\b(?:run|run_app|run_server|serve|start_server|make_server|create_server|\w*HTTPServer|\w*TCPServer|bind|listen|add_insecure_port)\(\s*(?:[^()]|\([^()]*\))*?["'](localhost|127\.0\.0\.1)(?::\d+)?["']/g;
  for (const source of reached) {
    const silent = silentServer(source) ?? localOption(source);
    if (silent) return [silent];
    for (const match of source.text.matchAll(pattern)) {
      if (isTalk(source, match.index)) continue;
      const place = placeIn(source, match.index + match[0].lastIndexOf(match[1] ?? ''));
      return [{ code: 'listens-locally', severity: 'warning', places: [place], args: { host: match[1] ?? '' } }];
    }
  }
  return [];
}

/** The SDK's own server takes this address where it is given none. */
function silentServer(source: Source): Note | null {
  const server = /\b(?:FastMCP|MCPServer)\s*\(/.exec(source.code);
  if (!server || !/^[ \t]*from[ \t]+mcp\.server\b/m.test(source.code) || /\bhost\s*=/.test(source.code)) return null;
  return {
    code: 'listens-locally',
    severity: 'warning',
    places: [placeIn(source, server.index)],
    args: { host: '127.0.0.1' },
  };
}

/** One of the options of a command below the program's own, which nobody can give it here. */
function localOption(source: Source): Note | null {
  const flag = HOST_OPTION.exec(source.text);
  if (!flag || isTalk(source, flag.index)) return null;
  const host = flag[0].includes('localhost') ? 'localhost' : '127.0.0.1';
  return { code: 'listens-locally', severity: 'warning', places: [placeIn(source, flag.index)], args: { host } };
}
