import type { CheckId } from '../../src/model/report.ts';
import { readHttpExpectation, type VerifyRequest } from '../../src/verify/request.ts';

/** A small image with one defect, and the same one without it. Files by path; they are the build context. */
export interface Defect {
  readonly name: string;
  readonly planted: Readonly<Record<string, string>>;
  readonly clean: Readonly<Record<string, string>>;
  readonly request?: Partial<VerifyRequest>;
  /** exactly these checks do not pass, by id and reason */
  readonly named: readonly (readonly [CheckId, string])[];
  /** what the sentence must say */
  readonly says: RegExp;
  /** line of the Dockerfile that must be named */
  readonly line?: number;
}

const SERVER = `import http.server, os, signal, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b'ok')
    def log_message(self, *args): pass
signal.signal(signal.SIGTERM, lambda *args: sys.exit(0))
#start
http.server.HTTPServer(('0.0.0.0', 8000), Handler).serve_forever()
`;

const DOCKERFILE = `FROM python:3.13-slim-trixie
WORKDIR /app
#files
COPY server.py ./
USER 1000:1000
EXPOSE 8000
#health
CMD ["python", "server.py"]
`;

const IGNORE = '.git\n.env*\n.npmrc\n';

interface Parts {
  readonly server?: readonly [string, string];
  readonly dockerfile?: readonly [string, string];
  readonly files?: Readonly<Record<string, string>>;
}

function image(parts: Parts): Record<string, string> {
  return {
    Dockerfile: parts.dockerfile === undefined ? DOCKERFILE : replace(DOCKERFILE, parts.dockerfile),
    'server.py': parts.server === undefined ? SERVER : replace(SERVER, parts.server),
    '.dockerignore': IGNORE,
    ...parts.files,
  };
}

function replace(text: string, [old, fresh]: readonly [string, string]): string {
  if (!text.includes(old)) throw new Error(`nothing to replace: ${old}`);
  return text.replace(old, fresh);
}

/** A small service with nothing to be named. */
export const CLEAN = image({});
const QUICK = { rebuild: false } as const;

const WORKER = `#include <stdio.h>
#include <signal.h>
#include <unistd.h>
#include <stdlib.h>
const char *greeting(void);
static void end(int number) { exit(0); }
int main(void) { signal(SIGTERM, end); puts(greeting()); fflush(stdout); for (;;) pause(); }
`;
const LIBRARY = 'const char *greeting(void) { return "ready"; }\n';

function linked(isComplete: boolean): Record<string, string> {
  return {
    Dockerfile: `FROM python:3.13-trixie AS build
WORKDIR /src
COPY greet.c main.c ./
RUN gcc -shared -fPIC -o libgreet.so greet.c && gcc -o worker main.c -L. -lgreet
FROM python:3.13-slim-trixie
${isComplete ? 'COPY --from=build /src/libgreet.so /usr/lib/x86_64-linux-gnu/' : '# the library stays behind'}
COPY --from=build /src/worker /usr/local/bin/worker
USER 1000:1000
CMD ["worker"]
`,
    'main.c': WORKER,
    'greet.c': LIBRARY,
  };
}

const TOKEN = `//registry.example.com/:_authToken=${'a1b2c3d4'.repeat(4)}\n`;

const NODE_DOCKERFILE = `FROM node:24-trixie-slim
WORKDIR /app
COPY package.json ./
COPY node_modules ./node_modules
COPY index.js ./
USER 1000:1000
CMD ["node", "index.js"]
`;

function node(modules: readonly string[]): Record<string, string> {
  const manifest = { name: 'x', dependencies: { good: '1.0.0' }, devDependencies: { tool: '1.0.0', shared: '1.0.0' } };
  const packages = modules.map((name) => {
    const dependencies = name === 'good' ? { shared: '1.0.0' } : {};
    return [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', dependencies })] as const;
  });
  return {
    Dockerfile: NODE_DOCKERFILE,
    'package.json': JSON.stringify(manifest),
    'index.js': "process.on('SIGTERM', () => process.exit(0)); console.log('ready'); setInterval(() => {}, 1000);\n",
    ...Object.fromEntries(packages),
  };
}

const NEEDS_ROOT = "open('/etc/shadow').read()";

export const DEFECTS: readonly Defect[] = [
  {
    name: 'root only',
    planted: image({ server: ['#start', NEEDS_ROOT], dockerfile: ['USER 1000:1000', 'USER root'] }),
    clean: CLEAN,
    request: QUICK,
    named: [
      ['user', 'needs-root'],
      ['arbitrary-uid', 'root'],
    ],
    says: /does not start as anybody else/,
    line: 5,
  },
  {
    name: 'root without need',
    planted: image({ dockerfile: ['USER 1000:1000\n', ''] }),
    clean: CLEAN,
    request: QUICK,
    named: [['user', 'root']],
    says: /runs as root, but does not need to/,
  },
  {
    name: 'runs only as its own user',
    planted: image({
      server: ['#start', "open('/app/key').read()"],
      dockerfile: ['#files', 'COPY --chown=1000:1000 --chmod=400 key ./'],
      files: { key: 'x' },
    }),
    clean: image({
      server: ['#start', "open('/app/key').read()"],
      dockerfile: ['#files', 'COPY key ./'],
      files: { key: 'x' },
    }),
    request: QUICK,
    named: [['arbitrary-uid', 'broken']],
    says: /not as an arbitrary user.*\/app\/key/,
    line: 3,
  },
  {
    name: 'writes to its own folder',
    planted: image({
      server: ['#start', "open('/app/data/state', 'w').write('x')"],
      dockerfile: ['#files', 'RUN mkdir data && chmod 1777 data'],
    }),
    clean: image({ server: ['#start', "open('/tmp/state', 'w').write('x')"] }),
    request: QUICK,
    named: [['read-only', 'tmpfs']],
    says: /works, but not read-only: writes to \/app\/data\/state; works with --tmpfs \/app\/data/,
    line: 3,
  },
  {
    name: 'complains about a read-only root',
    planted: image({
      server: [
        '#start',
        "try: open('/app/data/state', 'w').write('x')\nexcept OSError as error: print(error, flush=True)",
      ],
      dockerfile: ['#files', 'RUN mkdir data && chmod 1777 data'],
    }),
    clean: CLEAN,
    request: QUICK,
    named: [['read-only', 'complains']],
    says: /complains that it cannot write to \/app\/data\/state/,
    line: 3,
  },
  {
    name: 'needs a capability',
    planted: image({
      server: ['#start', "os.chown('/tmp/x', 1, 1) if os.getuid() == 0 and not open('/tmp/x', 'w').close() else None"],
      dockerfile: ['USER 1000:1000', 'USER root'],
    }),
    clean: CLEAN,
    request: QUICK,
    named: [['user', 'root']],
    says: /runs as root/,
  },
  {
    name: 'needs more memory than it gets',
    planted: image({ server: ['#start', "ballast = b'x' * 200_000_000"] }),
    clean: CLEAN,
    request: { ...QUICK, memory: 96 * 1024 * 1024 },
    named: [['memory', 'broken']],
    says: /not in 96 MiB of memory/,
  },
  {
    name: 'ignores SIGTERM',
    planted: image({ server: ['signal.signal(', '#signal.signal('] }),
    clean: CLEAN,
    request: QUICK,
    named: [['stop', 'killed']],
    says: /does not react to SIGTERM/,
    line: 8,
  },
  {
    name: 'listens on 127.0.0.1',
    planted: image({ server: ['0.0.0.0', '127.0.0.1'] }),
    clean: CLEAN,
    request: QUICK,
    named: [['start', 'loopback-only']],
    says: /listens on 127\.0\.0\.1:8000 only/,
    line: 8,
  },
  {
    name: 'listens on another port than it exposes',
    planted: image({ dockerfile: ['EXPOSE 8000', 'EXPOSE 8080'] }),
    clean: CLEAN,
    request: { ...QUICK, startSeconds: 20 },
    named: [['start', 'other-port']],
    says: /listens on 8000, but the image exposes 8080/,
    line: 6,
  },
  {
    name: 'dies after two seconds',
    planted: image({ server: ['#start', 'import threading; threading.Timer(2, os._exit, [3]).start()'] }),
    clean: CLEAN,
    request: QUICK,
    named: [['stays-up', 'exited']],
    says: /ends by itself after [23]\.\d s with exit code 3/,
    line: 8,
  },
  {
    name: 'does not start at all',
    planted: image({ dockerfile: ['"python", "server.py"', '"/app/start.sh"'] }),
    clean: CLEAN,
    request: QUICK,
    named: [['start', 'no-start']],
    says: /\/app\/start\.sh/,
    line: 8,
  },
  {
    name: 'a shared library is missing',
    planted: linked(false),
    clean: linked(true),
    request: { ...QUICK, output: '^ready$' },
    named: [['start', 'library-missing']],
    says: /libgreet\.so is missing/,
    line: 9,
  },
  {
    name: 'a secret in a lower layer',
    planted: image({
      dockerfile: ['#files', 'COPY .npmrc /home/.npmrc\nRUN rm /home/.npmrc'],
      files: { '.npmrc': TOKEN, '.dockerignore': '.git\n.env*\n' },
    }),
    clean: image({ files: { '.npmrc': TOKEN } }),
    request: QUICK,
    named: [['secrets', 'removed']],
    says: /npm-token in \/home\/\.npmrc of layer \d+: a later layer removes it/,
    line: 3,
  },
  {
    name: 'a secret in a build argument',
    planted: image({ dockerfile: ['#files', 'ARG API_TOKEN=hunter2hunter2\nRUN true'] }),
    clean: image({ dockerfile: ['#files', 'RUN true'] }),
    request: QUICK,
    named: [['secrets', '']],
    says: /build-argument in history/,
  },
  {
    name: 'a mounted secret that is written down',
    planted: image({
      dockerfile: ['#files', 'RUN --mount=type=secret,id=token cat /run/secrets/token > /opt/token'],
    }),
    clean: image({ dockerfile: ['#files', 'RUN --mount=type=secret,id=token wc -c /run/secrets/token'] }),
    request: { ...QUICK, secrets: { token: 'correct-horse-battery' } },
    named: [['secrets', 'canary']],
    says: /came through .*\/opt\/token/,
    line: 3,
  },
  {
    name: 'the whole tree is copied, nothing is ignored',
    planted: image({ dockerfile: ['COPY server.py ./', 'COPY . .'], files: { '.dockerignore': '' } }),
    clean: image({ dockerfile: ['COPY server.py ./', 'COPY . .'] }),
    request: QUICK,
    named: [
      ['secrets', 'canary'],
      ['secrets', 'canary'],
    ],
    says: /a planted secret came through the build context: \/app\/\.env/,
    line: 4,
  },
  {
    name: 'version control in the image',
    planted: image({
      dockerfile: ['COPY server.py ./', 'COPY . .'],
      files: { '.dockerignore': '.env*\n', '.git/HEAD': 'ref: refs/heads/main\n', '.git/canary': 'x' },
    }),
    clean: image({
      dockerfile: ['COPY server.py ./', 'COPY . .'],
      files: { '.git/HEAD': 'ref: refs/heads/main\n' },
    }),
    request: QUICK,
    named: [['version-control', '']],
    says: /in the image: \/app\/\.git/,
    line: 4,
  },
  {
    name: 'a health check that needs an absent curl',
    planted: image({ dockerfile: ['#health', 'HEALTHCHECK CMD curl --fail http://127.0.0.1:8000/'] }),
    clean: image({
      dockerfile: [
        '#health',
        'HEALTHCHECK CMD ["python", "-c", "import urllib.request as u; u.urlopen(\'http://127.0.0.1:8000/\')"]',
      ],
    }),
    request: QUICK,
    named: [['health', 'unhealthy']],
    says: /health check fails: .*curl: not found/,
    line: 7,
  },
  {
    name: 'answers another status than was asked for',
    planted: image({ server: ['send_response(200)', 'send_response(404)'] }),
    clean: CLEAN,
    request: { ...QUICK, http: [readHttpExpectation('/=200')].filter((one) => one !== null) },
    named: [['http', '']],
    says: /GET \/ answers 404, wanted 200/,
  },
  {
    name: 'the application may change its own files',
    planted: image({ dockerfile: ['COPY server.py', 'COPY --chown=1000:1000 server.py'] }),
    clean: CLEAN,
    request: QUICK,
    named: [['writable', '']],
    says: /can change 1 of its own files: \/app/,
    line: 4,
  },
  {
    name: 'a compiler in the final image',
    planted: image({ dockerfile: ['slim-trixie', 'trixie'] }),
    clean: CLEAN,
    request: QUICK,
    named: [['compilers', 'base']],
    says: /come with the base image: .*gcc/,
    line: 1,
  },
  {
    name: 'a package cache is left',
    planted: image({
      dockerfile: ['#files', 'RUN mkdir -p /root/.cache/pip/http && echo x > /root/.cache/pip/http/y'],
    }),
    clean: image({ dockerfile: ['#files', 'RUN mkdir -p /root/.cache'] }),
    request: QUICK,
    named: [['caches', '']],
    says: /left in \/root\/\.cache\/pip/,
    line: 3,
  },
  {
    name: 'development dependencies in the image',
    planted: node(['good', 'shared', 'tool']),
    clean: node(['good', 'shared']),
    request: QUICK,
    named: [['dev-dependencies', '']],
    says: /\/app\/node_modules\/tool/,
    line: 4,
  },
  {
    name: 'a code change installs dependencies again',
    planted: image({
      dockerfile: ['COPY server.py ./', 'COPY . .\nRUN pip --version && : pip install -r requirements.txt'],
      files: { 'requirements.txt': '' },
    }),
    clean: image({
      dockerfile: ['#files', 'COPY requirements.txt ./\nRUN pip --version && : pip install -r requirements.txt'],
      files: { 'requirements.txt': '' },
    }),
    named: [['rebuild', 'install']],
    says: /after a change of server\.py dependencies are installed again/,
    line: 5,
  },
  {
    name: 'does not build',
    planted: image({ dockerfile: ['#files', 'COPY absent.txt ./'] }),
    clean: CLEAN,
    request: QUICK,
    named: [['build', '']],
    says: /absent\.txt/,
    line: 3,
  },
];
