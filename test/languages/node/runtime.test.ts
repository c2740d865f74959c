import { describe, expect, test } from 'vitest';
import { codesOf, dockerfileOf, express, factsOf, ignoreFileOf, manifest, planOf } from './support.ts';

const listening = (text: string, more: Readonly<Record<string, unknown>> = {}): Record<string, string> => ({
  ...express(more),
  'index.js': `const app = require('express')();\n${text}\n`,
});

describe('the port', () => {
  test('of what Bun serves because the entry exports it', () => {
    const files = {
      'package.json': manifest({ scripts: { start: 'bun run src/index.ts' }, dependencies: { hono: '^4' } }),
      'bun.lock': '{\n"lockfileVersion": 1}',
      'src/index.ts': "import { Hono } from 'hono';\nconst app = new Hono();\nexport default app;\n",
    };
    expect(factsOf(files)).toMatchObject({ kind: 'web', port: { value: 3000 }, server: { portVariable: 'PORT' } });
    const onNode = { ...files, 'package.json': manifest({ scripts: { start: 'tsx src/index.ts' } }) };
    expect(factsOf(onNode).kind).toBe('worker');
  });

  test.each([
    ['process.env.PORT || 5000', 5000, 'PORT'],
    ["process.env['PORT'] ?? 5001", 5001, 'PORT'],
    ["parseInt(process.env.PORT || '5002', 10)", 5002, 'PORT'],
    ['Number(process.env.PORT) || 5003', 5003, 'PORT'],
    ['process.env.PORT ? process.env.PORT : 5004', 5004, 'PORT'],
    ['process.env.SERVER_PORT || 5005', 5005, 'SERVER_PORT'],
    ["config.get('PORT', 5006)", 5006, 'PORT'],
    ['5007', 5007, null],
    ['{ port: 5008 }', 5008, null],
    ['process.env.PORT', 3000, 'PORT'],
  ])('of app.listen(%s)', (expression, port, variable) => {
    const facts = factsOf(listening(`app.listen(${expression});`));
    expect(facts.port?.value).toBe(port);
    expect(facts.server?.portVariable ?? null).toBe(variable);
  });

  test('of a server that another package starts', () => {
    expect(factsOf(listening('ViteExpress.listen(app, 6007, () => {});')).port?.value).toBe(6007);
  });

  test('stands in a constant, a destructuring or a schema', () => {
    expect(factsOf(listening('const port = 6001;\napp.listen(port);')).port).toMatchObject({
      value: 6001,
      from: 'index.js:2',
    });
    expect(factsOf(listening('const { PORT = 6002 } = process.env;\napp.listen(PORT);')).port?.value).toBe(6002);
    expect(
      factsOf(
        listening(
          'const env = z.object({\n  PORT: z.coerce.number().default(6003),\n}).parse(process.env);\napp.listen(env.PORT);',
        ),
      ).port?.value,
    ).toBe(6003);
  });

  test('of a database is another one', () => {
    expect(
      factsOf(listening("connect({ host: 'db', port: 5432 });\napp.listen(process.env.PORT || 6004);")).port?.value,
    ).toBe(6004);
  });

  test('is read from the settings where the code leaves it to them', () => {
    expect(
      factsOf({ ...listening('app.listen(process.env.PORT);'), '.env.example': 'PORT=6005\n' }).port,
    ).toMatchObject({ value: 6005, from: '.env.example:1' });
    expect(
      factsOf({
        ...listening("app.listen(config.get('server.port'));"),
        'config/default.json': '{\n  "server": {\n    "port": 6006\n  }\n}\n',
      }).port?.value,
    ).toBe(6006);
    expect(
      factsOf({ ...listening('app.listen(unknown);'), Dockerfile: 'FROM scratch\nEXPOSE 6007\n' }).port?.value,
    ).toBe(6007);
  });

  test('is a default of the command line, or stands on it', () => {
    expect(
      factsOf(listening(".option('-p, --port <number>', 'port to listen on', 6010);\napp.listen(options.port);")).port,
    ).toMatchObject({ value: 6010 });
    expect(
      factsOf(listening("yargs.options('port', {\n  default: '6011',\n});\napp.listen(argv.port);")).port?.value,
    ).toBe(6011);
    const given = express({ scripts: { start: 'node index.js --port 6012' } });
    expect(dockerfileOf(given)).toContain('EXPOSE 6012');
    expect(dockerfileOf(given)).not.toContain('PORT=');
  });

  test('may have a name of its own, but not that of another program', () => {
    const files = listening('app.listen(process.env.BOT_SERVER_PORT || 6013);', {});
    expect(dockerfileOf(files)).toContain('BOT_SERVER_PORT=6013');
    const other = listening(
      'connect(process.env.MYSQL_DB_PORT || 3307);\napp.listen(process.env.GATEWAY_PORT || 6014);',
    );
    expect(factsOf(other)).toMatchObject({ port: { value: 6014 }, server: { portVariable: 'GATEWAY_PORT' } });
  });

  test('is the framework’s own where the project names none', () => {
    const files = express({ dependencies: { sails: '^1.5.0' } }, { 'index.js': "require('sails').lift();\n" });
    expect(factsOf(files).port).toMatchObject({ value: 1337, from: 'package.json:7' });
    expect(dockerfileOf(files)).toContain('PORT=1337');
  });

  test('and the host are variables of the config package by its own file', () => {
    const text = dockerfileOf({
      ...listening("const { port, host } = require('config').get('server');\napp.listen(port, host);", {
        dependencies: { express: '^4.18.0', config: '^3.3.0' },
      }),
      'config/default.yml': 'server:\n  port: 6015\n  host: localhost\n',
      'config/custom-environment-variables.yml': 'server:\n  port: APP_PORT\n  host: APP_HOST\n',
    });
    expect(text).toContain('APP_PORT=6015 \\\n    APP_HOST=0.0.0.0');
  });

  test('in a comment does not count', () => {
    expect(
      factsOf(listening('// app.listen(6016);\n/*\n app.listen(6017);\n*/\napp.listen(6018);')).port,
    ).toMatchObject({
      value: 6018,
      from: 'index.js:6',
    });
  });

  test('stands in the settings of a process manager, or below other keys', () => {
    const files = listening('app.listen(process.env.PORT);', { scripts: { start: 'pm2-runtime ecosystem.config.js' } });
    const settings = "module.exports = { apps: [{ script: './index.js', env: { PORT: 6019 } }] };\n";
    expect(dockerfileOf({ ...files, 'ecosystem.config.js': settings })).toContain('PORT=6019');
    const config = '{ "db": { "port": 27017 }, "app": { "port": 6020 } }\n';
    expect(
      factsOf({ ...listening("app.listen(config.get('app.port'));"), 'config/default.json': config }).port?.value,
    ).toBe(6020);
  });

  test.each([
    ["require('socket.io')(6021);", 6021],
    ['const io = new Server(6022, { cors: {} });', 6022],
    ["const { App } = require('@slack/bolt');\napp.start(6023);", 6023],
  ])('of a server that has no listen: %s', (text, port) => {
    const files = {
      'package.json': manifest({
        scripts: { start: 'node index.js' },
        dependencies: { 'socket.io': '^4', '@slack/bolt': '^4' },
      }),
      'index.js': `${text}\n`,
    };
    expect(factsOf(files)).toMatchObject({ kind: 'web', port: { value: port } });
  });

  test('of what Bun serves by itself is Bun’s', () => {
    const files = {
      'package.json': manifest({ scripts: { start: 'bun run index.ts' }, dependencies: { hono: '^4' } }),
      'bun.lock': '{\n  "lockfileVersion": 1,\n  "workspaces": { "": {} },\n  "packages": {}\n}\n',
      'index.ts': "import { Hono } from 'hono';\nconst app = new Hono();\nexport default app;\n",
    };
    expect(dockerfileOf(files)).toContain('PORT=3000');
    expect(factsOf(files)).toMatchObject({ kind: 'web', port: { value: 3000 } });
  });

  test('is set as a variable only where the code reads it', () => {
    expect(dockerfileOf(listening('app.listen(process.env.APP_PORT || 6008);'))).toContain('APP_PORT=6008');
    expect(dockerfileOf(listening('app.listen(6009);'))).not.toContain('PORT=');
  });
});

describe('the host', () => {
  test('is a variable where the code reads one', () => {
    expect(dockerfileOf(listening("app.listen(3000, process.env.HOST || 'localhost');"))).toContain('HOST=0.0.0.0');
  });

  test('is the variable that the listening name is read from', () => {
    const text = "var ip = process.env.IP || '127.0.0.1';\napp.listen(3000, ip);";
    expect(dockerfileOf(listening(text))).toContain('IP=0.0.0.0');
    expect(dockerfileOf(listening("var ip = process.env.IP || '127.0.0.1';\napp.listen(3000);"))).not.toContain('IP=');
  });

  test('is the variable beside the port, whatever its name', () => {
    const settings =
      "const site = {\n  host: process.env.SITE_ADDRESS || 'localhost',\n  port: process.env.PORT || 3000,\n};\n";
    expect(dockerfileOf(listening(`${settings}app.listen(site.port, site.host);`))).toContain('SITE_ADDRESS=0.0.0.0');
  });

  test.each([
    ["app.listen(3000, '127.0.0.1');", {}],
    ["const host = 'localhost';\napp.listen(3000, host);", {}],
    ["const fastify = require('fastify')();\nfastify.listen({ port: 3000 });", { dependencies: { fastify: '^4' } }],
    ["const server = Hapi.server({ port: 3000, host: 'localhost' });", { dependencies: { '@hapi/hapi': '^21' } }],
  ])('that nothing outside reaches is changed by a small file, and said: %s', (text, more) => {
    const files = listening(text, more);
    expect(codesOf(factsOf(files))).toContain('loopback');
    expect(dockerfileOf(files)).toContain('CMD ["node", "--require", "/listen-everywhere.cjs", "index.js"]');
    expect(dockerfileOf(files)).toMatch(/AS runtime[\s\S]*COPY <<'EOF' \/listen-everywhere\.cjs/);
  });

  test.each([
    ["app.listen(3000, '0.0.0.0');", {}],
    ["fastify.listen({ port: 3000, host: '0.0.0.0' });", { dependencies: { fastify: '^4' } }],
    ["createPool({ host: 'localhost' });\napp.listen(3000);", {}],
  ])('is left alone: %s', (text, more) => {
    expect(dockerfileOf(listening(text, more))).not.toContain('listen-everywhere');
  });
});

describe('the kind', () => {
  test.each([
    ['a bot', { 'discord.js': '^14' }, "const { Client } = require('discord.js');\nnew Client().login();"],
    ['a queue consumer', { bullmq: '^5' }, "new (require('bullmq').Worker)('q', () => {});"],
    [
      'Nest without a server',
      { '@nestjs/core': '^10', '@nestjs/platform-express': '^10' },
      'NestFactory.createApplicationContext(AppModule);',
    ],
  ])('is a worker without port and health check: %s', (_what, dependencies, text) => {
    const files = { 'package.json': manifest({ scripts: { start: 'node index.js' }, dependencies }), 'index.js': text };
    expect(factsOf(files).kind).toBe('worker');
    expect(dockerfileOf(files)).not.toMatch(/EXPOSE|HEALTHCHECK/);
  });

  test('is a service where a file that is loaded listens', () => {
    const files = {
      'package.json': manifest({ scripts: { start: 'node index.js' } }),
      'index.js': "require('./server');",
      'server.js': "require('http').createServer().listen(4000);",
    };
    expect(factsOf(files)).toMatchObject({ kind: 'web', port: { value: 4000, from: 'server.js:1' } });
  });
});

describe('a file that listens but is not loaded', () => {
  const bot = (text: string): Record<string, string> => ({
    'package.json': manifest({
      scripts: { start: 'node bot.js' },
      dependencies: { express: '^4.18.0', 'discord.js': '^14.0.0' },
    }),
    'bot.js': text,
    'manager.js': "require('express')().listen(process.env.PORT || 3000);\n",
  });

  test('makes no service of a program whose files are all known', () => {
    expect(factsOf(bot("const { Client } = require('discord.js');\nnew Client().login();\n")).kind).toBe('worker');
  });

  test.each(['require(path.join(__dirname, name));', "fs.readdirSync('commands');", "require('@unknown/alias');"])(
    'may be loaded where names are worked out: %s',
    (text) => {
      expect(factsOf(bot(`${text}\n`)).kind).toBe('web');
    },
  );
});

describe('the health check', () => {
  test('asks for a route of the application itself', () => {
    const files = listening("app.get('/healthz', (_, res) => res.end());\napp.listen(3000);");
    expect(factsOf(files).healthPath).toMatchObject({ value: '/healthz', from: 'index.js:2' });
    expect(dockerfileOf(files)).toContain("path:'/healthz'},r=>process.exit(r.statusCode<400");
  });

  test('does not trust a route that may be mounted elsewhere', () => {
    expect(
      factsOf(listening("router.get('/health', f);\napp.use('/api', router);\napp.listen(3000);")).healthPath,
    ).toBeNull();
    expect(dockerfileOf(listening('app.listen(3000);'))).toContain("path:'/'},r=>process.exit(r.statusCode<500");
  });

  test.each([
    ["require('net').createServer().listen(6030);", 6030],
    ["const net = require('net');\nconst server = net.createServer();\nserver.listen(6031);", 6031],
    ['https.createServer(options, app).listen(6032);', 6032],
    ["server.bindAsync('0.0.0.0:6033', credentials, () => {});", 6033],
  ])('of what does not speak HTTP is a connection: %s', (text, port) => {
    expect(dockerfileOf(listening(text))).toContain(`require('net').connect(${port},'127.0.0.1'`);
  });

  test.each([
    'app.listen(3000);\nhttps.createServer(options, app).listen(3443);',
    "require('http').createServer().listen(3000);\nnet.createServer();",
  ])('is a request where HTTP is spoken too: %s', (text) => {
    expect(dockerfileOf(listening(text))).toContain("require('http').get");
  });

  test('follows the prefix of Nest', () => {
    const files = {
      'package.json': manifest({
        scripts: { start: 'node dist/main', build: 'nest build' },
        dependencies: { '@nestjs/core': '^10', '@nestjs/platform-express': '^10' },
      }),
      'tsconfig.json': '{"compilerOptions": {"outDir": "./dist"}}',
      'src/main.ts':
        "import './health.controller';\nconst app = await NestFactory.create(AppModule);\napp.setGlobalPrefix('api');\nawait app.listen(3000);",
      'src/health.controller.ts': "@Controller('health')\nexport class H {\n  @Get()\n  check() {}\n}",
    };
    expect(factsOf(files).healthPath?.value).toBe('/api/health');
  });
});

test('variables that an example lists and the program reads are named, but those that the image sets', () => {
  const code = 'connect(process.env.DATABASE_URL);\napp.listen(process.env.PORT || 3000);';
  const example = 'NODE_ENV=development\nPORT=3000\nDATABASE_URL=\nUNUSED=1\n';
  const note = factsOf({ ...listening(code), '.env.example': example }).notes.find(
    ({ code: one }) => one === 'variables',
  );
  expect(note?.args).toEqual({ file: '.env.example', names: 'DATABASE_URL' });
  expect(codesOf(factsOf({ ...listening('app.listen(3000);'), '.env.example': example }))).not.toContain('variables');
});

describe('what the program writes', () => {
  test('gets folders that are writable for every user, and a note', () => {
    const files = listening(
      "const multer = require('multer');\nmulter({ dest: 'uploads/' });\nfs.mkdirSync(path.join(__dirname, 'logs'));\nnew Database('app.db');\napp.listen(3000);",
    );
    expect(dockerfileOf(files)).toContain('install -d -m 1777 /writable/app/uploads /writable/app/logs /writable/app');
    expect(dockerfileOf(files)).toContain('COPY --from=dependencies /writable /');
    expect(codesOf(planOf(files))).toContain('writable-folders');
  });

  test('and is there already is copied once more with another mode', () => {
    const files = { ...listening("const adapter = new FileSync('db.json');\napp.listen(3000);"), 'db.json': '{}' };
    expect(dockerfileOf(files)).toContain('COPY --chmod=666 db.json ./db.json');
    expect(dockerfileOf(files)).toContain('install -d -m 777 /writable/app');
  });

  test('may stand anywhere in the file system', () => {
    const code =
      "const location = process.env.DB || '/etc/todos/todo.db';\nnew sqlite3.Database(location);\nfs.mkdirSync(__dirname + '/data/x');\n";
    const text = dockerfileOf(express({}, { 'index.js': `${code}require('http').createServer().listen(3000);\n` }));
    expect(text).toContain('install -d -m 1777 /writable/etc/todos /writable/app/data/x');
  });

  test('is never a file of the project itself', () => {
    const code = "fs.writeFileSync('package.json', text);\nfs.writeFileSync('./tsconfig.json', text);\n";
    const text = dockerfileOf(express({}, { 'index.js': `${code}require('http').createServer().listen(3000);\n` }));
    expect(text).not.toContain('writable');
    expect(text).not.toContain('chmod');
  });

  test('is nothing in most programs', () => {
    expect(dockerfileOf(listening('res.writeHead(200);\napp.listen(3000);'))).not.toContain('writable');
  });
});

describe('the final image', () => {
  const compiled = { scripts: { start: 'node dist/index.js', build: 'tsc' }, devDependencies: { typescript: '^5' } };
  const config = '{"compilerOptions": {"outDir": "dist", "rootDir": "src"}}';

  test('gets the output and what the program reads beside it', () => {
    const text = dockerfileOf(
      express(compiled, {
        'tsconfig.json': config,
        'src/index.ts': "import './x';\nread('./data/words.txt'); read('src/mail/a.hbs');\nlisten();",
        'src/x.ts': '',
        'src/mail/a.hbs': '',
        'public/a.css': '',
        'data/words.txt': '',
        'notes/a.txt': '',
        'config.json': '{}',
      }),
    );
    for (const copied of ['dist ./dist', 'public ./public', 'data ./data', 'src/mail ./src/mail'])
      expect(text).toContain(`COPY --from=build /app/${copied}`);
    expect(text).not.toMatch(/notes|config\.json|\/app\/src /);
  });

  test('gets everything that the build holds where it adds to the sources', () => {
    expect(dockerfileOf(express({ scripts: { start: 'node index.js', build: 'sass a.scss public/a.css' } }))).toContain(
      'COPY --from=build --exclude=**/node_modules /app ./',
    );
  });

  test('leaves the sources of a client behind that the build compiled', () => {
    const client = { 'client/package.json': manifest({ scripts: { build: 'vite build' } }), 'client/src/main.js': '' };
    const more = {
      scripts: { start: 'node index.js', build: 'npm install --prefix client && npm run build --prefix client' },
    };
    const text = dockerfileOf(express(more, client));
    expect(text).toContain('COPY --from=build --exclude=**/node_modules --exclude=client/src /app ./');
    const rendered = express(more, {
      ...client,
      'index.js': "require('./client/src/main');\nrequire('http').createServer().listen(3000);\n",
    });
    expect(dockerfileOf(rendered)).not.toContain('--exclude=client/src');
  });

  test('is made with what an old sqlite3 needs to be compiled', () => {
    const text = (range: string): string => dockerfileOf(express({ dependencies: { express: '^4', sqlite3: range } }));
    expect(text('^5.1.0')).toContain('python3-setuptools tini');
    expect(text('^6.0.0')).not.toContain('setuptools');
  });

  test('has the packages of the folder that the started file belongs to', () => {
    const text = dockerfileOf({
      'package.json': manifest({ scripts: { start: 'node server/index.js' }, devDependencies: { concurrently: '^9' } }),
      'server/package.json': manifest({ dependencies: { express: '^4' }, devDependencies: { nodemon: '^3' } }),
      'server/index.js': "require('express')().listen(process.env.PORT || 3000);\n",
    });
    expect(text).toContain('npm install --prefix server --omit=dev');
    expect(text).toContain('COPY --from=dependencies /app/server/node_modules ./server/node_modules');
  });

  test('has what compiled packages need to run', () => {
    const text = dockerfileOf(express({ dependencies: { express: '^4', canvas: '^2.11.0' } }));
    expect(text).toMatch(/AS dependencies[\s\S]*libcairo2-dev[\s\S]*AS runtime[\s\S]*libcairo2 /);
  });

  test('has OpenSSL for the engine of Prisma before version 7, and its client', () => {
    const files = express(
      { dependencies: { express: '^4', '@prisma/client': '^5.0.0' }, devDependencies: { prisma: '^5.0.0' } },
      { 'prisma/schema.prisma': 'generator client { provider = "prisma-client-js" }' },
    );
    const text = dockerfileOf(files);
    expect(text).toContain('RUN npx prisma generate');
    expect(text).toContain('FROM build AS production');
    expect(text).toMatch(/AS runtime[\s\S]*install -y --no-install-recommends openssl/);
  });

  test('is distroless with Node by its path, or refused where that cannot work', () => {
    const distroless = { 'runtime-image': 'gcr.io/distroless/nodejs24-debian13:nonroot' };
    const text = dockerfileOf(express(), distroless);
    expect(text).toContain('CMD ["/nodejs/bin/node", "index.js"]');
    expect(text).toContain('USER 65532:65532');
    const shell = express({ scripts: { start: 'sh start.sh' } }, { 'start.sh': 'node index.js' });
    expect(() => dockerfileOf(shell, distroless)).toThrow(/no shell/);
  });

  test('is Alpine only when it is built there', () => {
    const alpine = { 'runtime-image': 'node:24-alpine3.24' };
    expect(() => dockerfileOf(express(), alpine)).toThrow(/musl/);
    expect(dockerfileOf(express(), { ...alpine, 'build-image': 'node:24-alpine3.24' })).toContain(
      'COPY --from=dependencies /sbin/tini-static /tini',
    );
  });

  test('of an old Node stands on the suite that it was last built on', () => {
    const text = dockerfileOf(express({ engines: { node: '14' } }));
    expect(text).toContain('FROM node:14-bullseye-slim AS runtime');
    expect(text).toContain('FROM debian:trixie-slim AS init');
    expect(dockerfileOf(express({ engines: { node: '18' } }))).toContain('FROM node:18-bookworm AS dependencies');
  });
});

describe('the .dockerignore', () => {
  test('leaves out what the build makes, never a folder of sources of that name', () => {
    const files = express(
      { scripts: { start: 'node dist/index.js', build: 'tsc' } },
      { 'src/index.ts': '', 'tsconfig.json': '{"compilerOptions": {"outDir": "dist", "rootDir": "src"}}' },
    );
    expect(ignoreFileOf(files)).toMatch(/^dist$/m);
    expect(ignoreFileOf(express({}, { 'build/a.js': '' }))).not.toMatch(/^build$/m);
    expect(ignoreFileOf(express({ scripts: { start: 'node dist/index.js' } }, { 'dist/index.js': '' }))).not.toMatch(
      /^dist$/m,
    );
  });

  test('keeps tests that are compiled along, and decide where the program is written to', () => {
    const project = (options: object): Record<string, string> => ({
      'package.json': manifest({
        scripts: { build: 'tsc', start: 'node dist/src/index.js' },
        devDependencies: { typescript: '^5.4.0' },
      }),
      'tsconfig.json': JSON.stringify({ compilerOptions: { outDir: 'dist', ...options } }),
      'src/index.ts': 'app.listen(3000);\n',
      'test/index.test.ts': "import '../src/index';\n",
    });
    expect(ignoreFileOf(project({}))).not.toMatch(/test/);
    expect(ignoreFileOf(project({ rootDir: '.' }))).toContain('**/*.test.*\n');
    expect(ignoreFileOf({ ...project({}), 'jest.config.ts': '' })).toContain('**/*.test.*\n');
  });

  test('keeps an output folder whose page is a part of the sources', () => {
    const files = {
      'package.json': manifest({
        scripts: { build: 'webpack', start: 'webpack serve' },
        devDependencies: { webpack: '^5.90.0' },
      }),
      'dist/index.html': '<script src="main.js"></script>',
    };
    expect(ignoreFileOf(files)).not.toMatch(/^dist$/m);
    expect(ignoreFileOf({ ...files, '.gitignore': '/dist/\n' })).toMatch(/^dist$/m);
  });

  test('lets settings in that hold nothing but what a browser gets', () => {
    const site = {
      'package.json': manifest({ scripts: { build: 'vite build' }, devDependencies: { vite: '^5' } }),
      'index.html': '',
      '.env.production': 'VITE_API=https://x\n',
      '.env': 'VITE_A=1\nDB_PASSWORD=x\n',
    };
    expect(ignoreFileOf(site)).toMatch(/^!\.env\.production$/m);
    expect(ignoreFileOf(site)).not.toMatch(/^!\.env$/m);
  });
});

test('a folder of the project that is written to gets its mode after its files', () => {
  const text = (source: string, kept = 'data/seed.json'): string =>
    dockerfileOf({ ...listening(`${source}; app.listen(3000)`), [kept]: '' });
  const whole = text("multer({ dest: 'data' })");
  expect(whole).toContain('RUN install -d -m 777 /writable/app/data\n');
  expect(whole).toMatch(/COPY \. \.\nCOPY --chmod=777 data \.\/data\nCOPY --from=dependencies \/writable \/\n/);
  expect(text("fs.writeFileSync('./data/x.txt', '')")).toMatch(/COPY \. \.\nCOPY --from=dependencies \/writable \/\n/);
  expect(text("multer({ dest: 'data' })", 'data/.gitkeep')).toMatch(
    /COPY \. \.\nCOPY --from=dependencies \/writable \/\n/,
  );
  expect(text("fs.writeFileSync('./made/data/x.txt', '')")).toMatch(/\/writable \/\n[\s\S]*COPY \. \.\n/);
});

test('a description of the variables that Varlock reads stays in the context, and beside the compiled program', () => {
  const files = {
    ...express({
      scripts: { build: 'tsc', start: 'node dist/index.js' },
      dependencies: { express: '4', varlock: '1' },
    }),
    'tsconfig.json': '{"compilerOptions": {"outDir": "dist", "rootDir": "src"}}',
    'src/index.ts': "import express from 'express';\nexpress().listen(3000);\n",
    '.env.schema': '# @type=url\nCORS_ORIGIN=\n',
  };
  expect(ignoreFileOf(files)).toContain('!**/.env.schema');
  expect(dockerfileOf(files)).toContain('COPY --from=build /app/.env.schema ./.env.schema');
  expect(ignoreFileOf(express())).not.toContain('.env.schema');
});

test.each([
  ["fs.mkdirSync('./uploads')", {}, '/app/uploads'],
  ["new Database('./shop.sqlite')", {}, '/app'],
  ["fs.writeFileSync('./data/x.json', '')", { 'data/seed.json': '{}' }, '/app'],
])('the note on what is written says where that lies in the image: %s', (source, more, folders) => {
  const { notes } = planOf({ ...listening(`${source}; app.listen(3000)`), ...more });
  expect(notes.find(({ code }) => code === 'writable-folders')?.args['folders']).toBe(folders);
});

test('what the .dockerignore leaves out is made for the program, and not copied', () => {
  const files = express(
    {},
    {
      'index.js':
        "const fs = require('fs');\nfs.appendFileSync('logs/app.log', 'x');\nfs.writeFileSync('data/db.json', '{}');\nrequire('express')().listen(3000);\n",
      'logs/app.log': '',
      'data/db.json': '{}',
    },
  );
  const text = dockerfileOf(files);
  expect(text).toContain('/writable/app/logs');
  expect(text).toContain('COPY --chmod=666 data/db.json ./data/db.json\n');
  expect(text).not.toContain('app.log');
});
