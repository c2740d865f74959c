import type { Source } from './sources.ts';

/**
 * Programs that serve by themselves: a line of code that only they have, the command that serves it (`{file}`, `{module}`, `{port}`),
 * and their default port.
 */
export interface Runner {
  readonly id: string;
  readonly name: string;
  readonly packages: readonly string[];
  readonly pattern: RegExp;
  readonly command: readonly string[] | null;
  readonly port: number;
  /** settings by which it listens on all addresses and on the port */
  readonly env: Readonly<Record<string, string>>;
  readonly probe: 'http' | 'tcp';
  /** what must stand in the source as well, in its texts */
  readonly text?: RegExp;
  /** where the code says this, the settings are of no use */
  readonly saysItself?: RegExp;
  /** distributions that the command needs besides */
  readonly adds?: readonly string[];
}

/** Over its standard input and output an MCP server listens on nothing. */
const OVER_HTTP =
  /\btransport\s*[=:][^\n]*["'](?:http|streamable-http|sse)["']|\brun_(?:http|sse|streamable_http)_async\s*\(/;

/** Whether a file is a program of this kind. */
export function runsIn(runner: Runner, source: Pick<Source, 'code' | 'text'>): boolean {
  return runner.pattern.test(source.code) && (runner.text?.test(source.text) ?? true);
}

export const RUNNERS: readonly Runner[] = [
  {
    id: 'streamlit',
    name: 'Streamlit',
    packages: ['streamlit'],
    pattern: /^[ \t]*(?:import|from)[ \t]+streamlit\b(?!\.\w+\.)/m,
    command: ['streamlit', 'run', '{file}'],
    port: 8501,
    env: {
      STREAMLIT_SERVER_ADDRESS: '0.0.0.0',
      STREAMLIT_SERVER_PORT: '{port}',
      STREAMLIT_SERVER_HEADLESS: 'true',
      STREAMLIT_BROWSER_GATHER_USAGE_STATS: 'false',
    },
    probe: 'http',
  },
  {
    id: 'chainlit',
    name: 'Chainlit',
    packages: ['chainlit'],
    pattern: /^[ \t]*(?:import|from)[ \t]+chainlit\b/m,
    command: ['chainlit', 'run', '{file}', '--headless', '--host', '0.0.0.0', '--port', '{port}'],
    port: 8000,
    env: {},
    probe: 'http',
  },
  {
    id: 'gradio',
    name: 'Gradio',
    packages: ['gradio'],
    pattern: /\.launch\s*\(/,
    command: null,
    port: 7860,
    env: { GRADIO_SERVER_NAME: '0.0.0.0', GRADIO_SERVER_PORT: '{port}', GRADIO_ANALYTICS_ENABLED: 'False' },
    probe: 'http',
  },
  {
    id: 'nicegui',
    name: 'NiceGUI',
    packages: ['nicegui'],
    pattern: /\bui\.run\s*\(/,
    command: null,
    port: 8080,
    env: {},
    probe: 'http',
  },
  {
    id: 'panel',
    name: 'Panel',
    packages: ['panel'],
    pattern: /\.servable\s*\(/,
    command: ['panel', 'serve', '{file}', '--address', '0.0.0.0', '--port', '{port}', '--allow-websocket-origin', '*'],
    port: 5006,
    env: {},
    probe: 'http',
  },
  {
    id: 'shiny',
    name: 'Shiny',
    packages: ['shiny'],
    // An application of Shiny Express is the file itself; one with an object is served like other such objects.
    pattern: /^[ \t]*(?:from[ \t]+shiny\.express[ \t]+import|import[ \t]+shiny\.express)\b/m,
    command: ['shiny', 'run', '--host', '0.0.0.0', '--port', '{port}', '{file}'],
    port: 8000,
    env: {},
    probe: 'http',
  },
  {
    id: 'marimo',
    name: 'marimo',
    packages: ['marimo'],
    pattern: /\bmarimo\.App\s*\(/,
    command: ['marimo', 'run', '--headless', '--host', '0.0.0.0', '--port', '{port}', '{file}'],
    port: 2718,
    env: {},
    probe: 'http',
  },
  {
    id: 'solara',
    name: 'Solara',
    packages: ['solara'],
    pattern: /@solara\.component\b/,
    command: ['solara', 'run', '--production', '--no-open', '--host', '0.0.0.0', '--port', '{port}', '{file}'],
    port: 8765,
    env: {},
    probe: 'http',
  },
  {
    id: 'fastmcp',
    name: 'FastMCP',
    packages: ['fastmcp'],
    pattern: /\bFastMCP\s*\(/,
    text: OVER_HTTP,
    command: null,
    port: 8000,
    env: { FASTMCP_HOST: '0.0.0.0', FASTMCP_PORT: '{port}' },
    saysItself: /\bhost\s*=/,
    probe: 'http',
  },
  {
    id: 'mcp',
    name: 'MCP',
    packages: ['mcp'],
    pattern: /\b(?:FastMCP|MCPServer)\s*\(/,
    text: OVER_HTTP,
    command: null,
    port: 8000,
    env: {},
    probe: 'http',
  },
  {
    id: 'bottle-run',
    name: 'Bottle',
    packages: ['bottle'],
    pattern: /\brun\s*\(/,
    command: ['python', '-m', 'bottle', '--server', 'waitress', '--bind', '0.0.0.0:{port}', '{module}'],
    port: 8000,
    env: {},
    probe: 'http',
    // Gunicorn would read Bottle's own arguments.
    adds: ['waitress'],
  },
  {
    id: 'aiohttp',
    name: 'aiohttp',
    packages: ['aiohttp'],
    pattern: /\brun_app\s*\(/,
    command: null,
    port: 8080,
    env: {},
    probe: 'http',
  },
  {
    id: 'tornado',
    name: 'Tornado',
    packages: ['tornado'],
    pattern: /^[ \t]*(?:import|from)[ \t]+tornado\b[\s\S]*(?:\.listen|\bHTTPServer)\s*\(/m,
    command: null,
    port: 8888,
    env: {},
    probe: 'http',
  },
  {
    id: 'cherrypy',
    name: 'CherryPy',
    packages: ['cherrypy'],
    pattern: /\bcherrypy\.(?:quickstart|engine\.start)\s*\(/,
    command: null,
    port: 8080,
    env: {},
    probe: 'http',
  },
  {
    id: 'robyn',
    name: 'Robyn',
    packages: ['robyn'],
    pattern: /\bRobyn\s*\(/,
    command: null,
    port: 8080,
    env: { ROBYN_HOST: '0.0.0.0', ROBYN_PORT: '{port}' },
    probe: 'http',
  },
  {
    id: 'grpc',
    name: 'gRPC',
    packages: ['grpcio'],
    pattern: /\.add_(?:in)?secure_port\s*\(/,
    command: null,
    port: 50051,
    env: {},
    probe: 'tcp',
  },
  {
    id: 'uvicorn-run',
    name: 'Uvicorn',
    packages: ['uvicorn'],
    pattern: /\buvicorn\.run\s*\(|\bhypercorn\.\w*\.?serve\s*\(/,
    command: null,
    port: 8000,
    env: {},
    probe: 'http',
  },
  {
    id: 'waitress-serve',
    name: 'Waitress',
    packages: ['waitress'],
    pattern: /\bwaitress\b[\s\S]*\bserve\s*\(/,
    command: null,
    port: 8080,
    env: {},
    probe: 'http',
  },
  {
    id: 'flask-run',
    name: 'Flask',
    packages: ['flask'],
    pattern: /\bapp\.run\s*\(|\brun_simple\s*\(/,
    command: null,
    port: 5000,
    env: {},
    probe: 'http',
  },
  {
    id: 'http-server',
    name: 'http.server',
    packages: [],
    pattern: /\b(?:HTTPServer|ThreadingHTTPServer|TCPServer|ThreadingTCPServer|make_server|WSGIServer)\s*\(/,
    command: null,
    port: 8000,
    env: {},
    probe: 'http',
  },
  {
    id: 'socket',
    name: 'sockets',
    packages: [],
    pattern: /\basyncio\.start_server\s*\(|\bwebsockets\.serve\s*\(|\.bind\s*\(\s*\(/,
    command: null,
    port: 8765,
    env: {},
    probe: 'tcp',
  },
];
