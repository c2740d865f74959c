import { describe, expect, test } from 'vitest';
import { codesOf, commandOf, dockerfileOf, FASTAPI, factsOf } from './support.ts';

const AIOHTTP = { 'requirements.txt': 'aiohttp\n' };
const ASGI = { 'requirements.txt': 'fastapi\nuvicorn\npydantic-settings\n' };

const settings = (prefix: string) =>
  `from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    host: str = "127.0.0.1"\n    port: int = 8123\n    model_config = dict(env_prefix="${prefix}")\n`;

describe('a package with a program of its own', () => {
  const files = {
    ...ASGI,
    Dockerfile: 'CMD ["python", "-m", "shop"]\n',
    'shop/__init__.py': '',
    'shop/__main__.py':
      'import uvicorn\nfrom shop.settings import settings\nuvicorn.run("shop.web:get_app", host=settings.host, port=settings.port, factory=True)\n',
    'shop/web.py': FASTAPI,
    'shop/settings.py': settings('SHOP_'),
  };

  test('is a service where that program serves', () => {
    expect([factsOf(files).kind, factsOf(files).port?.value, commandOf(files)]).toEqual([
      'web',
      8123,
      ['python', '-m', 'shop'],
    ]);
  });

  test('is told by its settings to listen on all addresses', () => {
    expect(dockerfileOf(files)).toContain('SHOP_HOST=0.0.0.0');
    expect(dockerfileOf({ ...files, 'shop/settings.py': settings('REDIS_') })).not.toContain('REDIS_HOST');
  });

  test('is told so too where its name sounds like that of a database', () => {
    expect(dockerfileOf({ ...files, 'shop/settings.py': settings('FAST_SQLITE_') })).toContain(
      'FAST_SQLITE_HOST=0.0.0.0',
    );
  });
});

describe('options of a program', () => {
  const program = (options: string) =>
    `import argparse\nfrom aiohttp import web\np = argparse.ArgumentParser()\n${options}\nargs = p.parse_args()\nweb.run_app(web.Application(), host=args.host, port=args.port)\n`;

  test('make it listen on all addresses', () => {
    const options = "p.add_argument('--host', default='127.0.0.1')\np.add_argument('--port', type=int, default=9321)";
    const files = { ...AIOHTTP, 'server.py': program(options) };
    expect(commandOf(files)).toEqual(['python', 'server.py', '--host', '0.0.0.0']);
    expect(factsOf(files).port?.value).toBe(9321);
  });

  test('are left alone where it does so by itself, or has commands with options of their own', () => {
    const open = { ...AIOHTTP, 'server.py': program("p.add_argument('--host', default='0.0.0.0')") };
    expect(commandOf(open)).toEqual(['python', 'server.py']);
    const many = program("s = p.add_subparsers()\np.add_argument('--host', default='127.0.0.1')");
    expect(commandOf({ ...AIOHTTP, 'server.py': many })).toEqual(['python', 'server.py']);
    expect(codesOf({ ...AIOHTTP, 'server.py': many })).toContain('listens-locally');
    expect(codesOf(open)).not.toContain('listens-locally');
  });
});

describe('a factory that needs arguments nobody knows', () => {
  test('is served by the program that calls it', () => {
    const files = {
      'requirements.txt': 'flask\n',
      'board/__main__.py':
        'from flask import Flask\ndef make(config, prefix):\n    return Flask(prefix)\ndef main(bind, port):\n    app = make(bind, port)\n    app.run(host=bind, port=port)\nmain(read(), 9181)\n',
    };
    expect([factsOf(files).kind, commandOf(files)]).toEqual(['web', ['python', '-m', 'board']]);
  });
});

describe('the port', () => {
  test('is not that of a database, nor a small number', () => {
    const code =
      'import os\nP = os.environ.get("SQL_PORT", "5432")\nMETRICS = os.getenv("METRICS_PORT", 9090)\nx.start(port=10)\n';
    expect(factsOf({ ...ASGI, 'main.py': `${code}${FASTAPI}` }).port?.value).toBe(8000);
  });
});

describe('a program that listens on its own machine alone', () => {
  test('is told so', () => {
    const local = "from aiohttp import web\nweb.run_app(web.Application(), host='localhost', port=8080)\n";
    expect(codesOf({ ...AIOHTTP, 'main.py': local })).toContain('listens-locally');
    expect(codesOf({ ...AIOHTTP, 'main.py': local.replace('localhost', '0.0.0.0') })).not.toContain('listens-locally');
  });
});

describe('an MCP server', () => {
  const server = (module: string, more: string, call: string) => ({
    'requirements.txt': `${module.split('.')[0]}\n`,
    'server.py': `from ${module} import FastMCP\nmcp = FastMCP('x'${more})\nif __name__ == '__main__':\n    mcp.run(${call})\n`,
  });

  test('listens on nothing where it speaks over its standard input', () => {
    expect(factsOf(server('fastmcp', '', '')).kind).toBe('worker');
  });

  test('is told by settings where to listen, unless its source says so', () => {
    expect(dockerfileOf(server('fastmcp', '', 'transport="http"'))).toContain('FASTMCP_HOST=0.0.0.0');
    const own = server('fastmcp', '', 'transport="http", host="0.0.0.0", port=4200');
    expect(dockerfileOf(own)).not.toContain('FASTMCP_HOST');
    expect(factsOf(own).port?.value).toBe(4200);
  });

  test('is run by the program of its package where its file would listen on its own machine alone', () => {
    const files = server('fastmcp', '', 'transport="http", host="127.0.0.1", port=4200, path="/x"');
    const words = ['fastmcp', 'run', 'server.py:mcp', '--transport', 'http', '--host', '0.0.0.0', '--port', '4200'];
    expect(commandOf(files)).toEqual([...words, '--path', '/x']);
    expect(codesOf(files)).not.toContain('listens-locally');
  });

  test('of the SDK takes no such settings', () => {
    const files = server('mcp.server.fastmcp', '', "transport='streamable-http'");
    expect(dockerfileOf(files)).not.toContain('FASTMCP_HOST');
    expect(codesOf(files)).toContain('listens-locally');
    expect(codesOf(server('mcp.server.fastmcp', ", host='0.0.0.0'", "transport='sse'"))).not.toContain(
      'listens-locally',
    );
  });
});

describe('a settings file that the program names', () => {
  const program = {
    ...AIOHTTP,
    'main.py':
      "import yaml\nfrom aiohttp import web\nconfig = yaml.safe_load(open('config/site.yaml'))\nweb.run_app(web.Application(), **config)\n",
  };

  test('tells the port, and that it listens on its own machine alone', () => {
    const files = {
      ...program,
      'config/site.yaml': 'host: 127.0.0.1\nport: 8089\ndatabase:\n  host: localhost\n  port: 5432\n',
    };
    expect(factsOf(files).port).toMatchObject({ value: 8089, from: 'config/site.yaml:2' });
    expect(codesOf(files)).toContain('listens-locally');
  });

  test('is no help where it only speaks of a database', () => {
    const files = { ...program, 'config/site.yaml': 'database:\n  host: localhost\n  port: 5432\n' };
    expect(factsOf(files).port?.value).toBe(8080);
    expect(codesOf(files)).not.toContain('listens-locally');
  });

  test('has sections for others in its other forms too', () => {
    const ini = { ...program, 'main.py': program['main.py'].replace('config/site.yaml', 'site.ini') };
    expect(factsOf({ ...ini, 'site.ini': '[redis]\nport = 6379\n[server]\nport = 8088\n' }).port?.value).toBe(8088);
  });
});

test('options of Tornado make it listen on all addresses', () => {
  const text = (host: string) =>
    `from tornado.options import define, parse_command_line\nimport tornado.web\ndefine("port", default=8765)\ndefine("address", default="${host}")\nparse_command_line()\napp.listen(1)\n`;
  const files = (host: string) => ({ 'requirements.txt': 'tornado\n', 'server.py': text(host) });
  expect(commandOf(files('127.0.0.1'))).toEqual(['python', 'server.py', '--address=0.0.0.0']);
  expect(commandOf(files('0.0.0.0'))).toEqual(['python', 'server.py']);
  expect(factsOf(files('')).port?.value).toBe(8765);
});

test('a command that says where to listen is believed, whatever the source says', () => {
  const files = {
    'requirements.txt': 'bottle\n',
    'index.py': "from bottle import run\nrun(host='localhost', port=8080)\n",
  };
  expect(codesOf(files)).not.toContain('listens-locally');
});
