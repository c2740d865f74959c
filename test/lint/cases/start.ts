import { type Cases, lines, packageJson } from './case.ts';

const NODE_BUILD = ['FROM node:24 AS build', 'WORKDIR /app', 'COPY . .', 'RUN npm ci && npm run build'];
const APP = {
  'package.json': packageJson({ scripts: { build: 'tsc', start: 'node server.js' } }),
  'package-lock.json': '{}',
  'server.js': '',
};
const LOCKED = { 'package.json': packageJson({}), 'package-lock.json': '{}' };
const MODULES = 'COPY --from=build /app/node_modules ./node_modules';
/** TypeScript that is built in one stage and started in another. */
const compiled = (start: string, copied: readonly string[]): string =>
  lines(
    ...['FROM node:24-trixie AS build', 'WORKDIR /app', 'COPY package.json package-lock.json ./', 'RUN npm ci'],
    ...['COPY . .', 'RUN npm run build', 'FROM node:24-trixie-slim', 'WORKDIR /app', ...copied],
    ...['COPY --from=build /app/dist ./dist', `CMD ["node", "dist/${start}.js"]`],
  );
const typescript = (build = 'rimraf dist && tsc') => ({
  ...LOCKED,
  'package.json': packageJson({
    scripts: { build },
    dependencies: { express: '5' },
    devDependencies: { typescript: '5', rimraf: '6' },
  }),
  'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
  'src/server.ts': "import express from 'express';\n",
});
const SCRIPT = { text: '#!/bin/sh\nexec "$@"\n', executable: true };

/** What would not start, or not be reached, or not be stopped. */
export const START: Cases = {
  'dependencies-missing': {
    catches: [
      [compiled('server', []), typescript()],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package.json server.js ./', 'CMD ["node", "server.js"]'),
        { 'package.json': packageJson({ dependencies: { express: '5' } }), 'server.js': "require('express')();\n" },
      ],
      [
        lines('FROM python:3.13', 'WORKDIR /app', 'COPY . .', 'CMD ["python", "app.py"]'),
        { 'requirements.txt': 'Flask==3\n', 'app.py': 'from flask import Flask\n' },
      ],
    ],
    allows: [
      [compiled('server', []), typescript('tsup src/server.ts')],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package.json server.js ./', 'CMD ["node", "server.js"]'),
        {
          'package.json': packageJson({ dependencies: { express: '5' } }),
          'server.js': "const http = require('node:http');// require('express')\n",
        },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'CMD ["node", "-r", "./.pnp.cjs", "server.js"]'),
        {
          'package.json': packageJson({ dependencies: { express: '5' } }),
          'server.js': "require('express')\n",
          '.pnp.cjs': '',
        },
      ],
      [
        lines('FROM python:3.13', 'ENV PYTHONPATH=/deps', 'COPY . /app', 'CMD ["python", "/app/app.py"]'),
        { 'requirements.txt': 'Flask==3\n', 'app.py': 'from flask import Flask\n' },
      ],
      [
        lines('FROM python:3.13', 'WORKDIR /app', 'COPY . .', 'CMD ["python", "app.py"]'),
        { 'requirements.txt': 'flask==3\n', 'app.py': 'from flask import Flask\n', 'flask/__init__.py': '' },
      ],
    ],
  },
  'instruction-overridden': {
    catches: [
      [lines('FROM node:24', 'CMD ["node", "a.js"]', 'CMD ["node", "b.js"]')],
      [lines('FROM node:24', 'HEALTHCHECK CMD true', 'HEALTHCHECK NONE')],
    ],
    allows: [
      [lines('FROM node:24 AS a', 'CMD ["a"]', 'FROM node:24', 'CMD ["b"]')],
      [lines('FROM node:24', 'ENTRYPOINT ["node"]', 'CMD ["b.js"]')],
    ],
  },
  'path-replaced': {
    catches: [
      [lines('FROM node:24', 'ENV PATH=/app/node_modules/.bin')],
      [lines('FROM python:3.13', 'ENV PATH="/opt/venv/bin" A=1')],
    ],
    allows: [
      [lines('FROM node:24', 'ENV PATH=/app/bin:$PATH', 'ENV PATH=/a:${PATH}')],
      [lines('FROM node:24', 'ENV PATH=/app/bin:/usr/local/bin:/usr/bin:/bin', 'ENV MY_PATH=/x')],
      [lines('FROM scratch', 'ENV PATH=/app')],
    ],
  },
  'healthcheck-port': {
    catches: [
      [
        lines(
          'FROM node:24-trixie',
          'ENV PORT=3000',
          'EXPOSE 3000',
          'HEALTHCHECK CMD curl -f http://localhost:8080/',
          'CMD ["node", "server.js"]',
        ),
        {},
      ],
      [
        lines(
          'FROM python:3.13',
          'HEALTHCHECK CMD curl localhost:8080',
          'CMD ["gunicorn", "-b", "0.0.0.0:8000", "a:b"]',
        ),
      ],
      [
        lines(
          'FROM python:3.13',
          'EXPOSE 8000',
          'HEALTHCHECK CMD curl http://127.0.0.1:80/x',
          'CMD ["uvicorn", "a:b", "--host", "0.0.0.0", "--port", "8000"]',
        ),
      ],
    ],
    allows: [
      [
        lines(
          'FROM node:24-trixie',
          'ENV PORT=3000',
          'EXPOSE 8080',
          'HEALTHCHECK CMD curl -f http://localhost:8080/',
          'CMD ["node", "server.js"]',
        ),
        {},
      ],
      [
        lines(
          'FROM node:24-trixie',
          'ENV PORT=3000',
          'EXPOSE 3000 8080',
          'HEALTHCHECK CMD curl -f http://localhost:8080/',
          'CMD ["node", "server.js"]',
        ),
        {},
      ],
      [
        lines(
          'FROM python:3.13',
          'HEALTHCHECK CMD curl localhost:8000',
          'CMD ["gunicorn", "-b", "0.0.0.0:8000", "a:b"]',
        ),
      ],
      [
        lines(
          'FROM python:3.13',
          'EXPOSE 8000 9090',
          'HEALTHCHECK CMD curl localhost:9090/metrics',
          'CMD ["gunicorn", "-b", "0.0.0.0:8000", "a:b"]',
        ),
      ],
      [lines('FROM node:24', 'HEALTHCHECK CMD curl localhost:3000', 'CMD ["node", "server.js"]')],
    ],
  },
  'server-folders-refused': {
    catches: [
      [lines('FROM nginx:1.30-trixie', 'COPY site /usr/share/nginx/html', 'USER nginx'), { 'site/index.html': '' }],
      [
        lines('FROM nginx:1.30-trixie', 'COPY default.conf /etc/nginx/conf.d/', 'USER 101:101', 'EXPOSE 8080'),
        { 'default.conf': 'server { listen 8080; }\n' },
      ],
    ],
    allows: [
      [lines('FROM nginx:1.30-trixie', 'COPY site /usr/share/nginx/html'), { 'site/index.html': '' }],
      [
        lines('FROM nginx:1.30-trixie', 'COPY nginx.conf /etc/nginx/nginx.conf', 'USER nginx'),
        { 'nginx.conf': 'pid /tmp/nginx.pid;\n' },
      ],
      [lines('FROM nginx:1.30-trixie', 'RUN chown -R nginx /var/cache/nginx /run', 'USER nginx')],
      [lines('FROM nginxinc/nginx-unprivileged:1.30-trixie', 'USER 101')],
    ],
  },
  'command-missing': {
    catches: [
      [
        lines('FROM our/python:1', 'WORKDIR /app', 'COPY . .', 'CMD ["gunicorn", "app:application"]'),
        { 'app.py': 'app = Flask(__name__)\n' },
      ],
      [compiled('index', [MODULES]), typescript()],
      [
        lines(
          'FROM python:3.13-slim-trixie',
          'WORKDIR /app',
          'COPY requirements.txt .',
          'RUN pip install -r requirements.txt',
          'COPY . .',
          'CMD ["gunicorn", "-b", "0.0.0.0:8000", "app:app"]',
        ),
        { 'requirements.txt': 'Flask==3.1.0\nrequests>=2 # for the feed\n', 'app.py': '' },
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'COPY package*.json ./',
          'RUN npm ci',
          'COPY . .',
          'CMD ["node", "index.js"]',
        ),
        { 'package.json': packageJson({}), 'package-lock.json': '{}', 'server.js': '' },
      ],
      [
        lines('FROM python:3.13-slim', 'ENV PATH=/opt/venv/bin:$PATH', 'COPY a.js /app/', 'CMD ["pm2", "/app/a.js"]'),
        { 'a.js': '' },
      ],
      [lines('FROM node:24-slim', 'WORKDIR /app', 'COPY package.json .', 'CMD ["node", "server.js"]'), APP],
      [
        lines(
          ...NODE_BUILD,
          'FROM node:24-slim',
          'WORKDIR /app',
          'COPY --from=build /app/dist ./dist',
          'ENTRYPOINT ["/app/docker-entrypoint.js"]',
        ),
        APP,
      ],
      [
        lines(
          'FROM rust:1 AS build',
          'WORKDIR /src',
          'COPY . .',
          'RUN cargo build --release',
          'FROM debian:trixie-slim',
          'WORKDIR /app',
          'COPY --from=build /src/target/release/app /app/server',
          'CMD ["./target/release/app"]',
        ),
        {},
      ],
      [lines('FROM debian:trixie-slim', 'WORKDIR /app', 'COPY . .', 'CMD ["npm", "start"]'), APP],
      [lines('FROM node:24-slim', 'WORKDIR /app', 'COPY . .', 'CMD nodemon server.js'), APP],
      [
        lines(
          'FROM eclipse-temurin:21-jre',
          'WORKDIR /app',
          'COPY app.jar .',
          'ENTRYPOINT ["java", "-jar", "server.jar"]',
        ),
        { 'app.jar': '' },
      ],
      [
        lines(
          'FROM python:3.13-slim',
          'WORKDIR /app',
          'COPY requirements.txt .',
          'RUN pip install -r requirements.txt',
          'COPY src ./src',
          'CMD ["uvicorn", "main:app", "--host", "0.0.0.0"]',
        ),
        { 'requirements.txt': 'uvicorn\n', 'src/main.py': '' },
      ],
    ],
    allows: [
      [
        lines('FROM our/python:1', 'WORKDIR /app', 'COPY . .', 'CMD ["gunicorn", "app:create_app()"]'),
        { 'app.py': 'from factory import create_app\n' },
      ],
      [
        lines('FROM our/python:1', 'WORKDIR /app', 'COPY . .', 'CMD ["gunicorn", "app:application"]'),
        { 'app.py': 'from site import *\n' },
      ],
      [compiled('server', [MODULES]), typescript()],
      [
        lines(
          'FROM python:3.13-slim-trixie',
          'WORKDIR /app',
          'COPY requirements.txt .',
          'RUN pip install -r requirements.txt',
          'COPY . .',
          'CMD ["uvicorn", "--host", "0.0.0.0", "app:app"]',
        ),
        { 'requirements.txt': 'fastapi[standard]==0.120\n', 'app.py': '' },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY api/ ./', 'RUN npm ci', 'CMD ["node", "made.js"]'),
        {
          'package.json': packageJson({}),
          'api/package.json': packageJson({ scripts: { prepare: 'node make.js' } }),
          'api/package-lock.json': '{}',
        },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'CMD ["node", "made.js"]'),
        { 'package.json': packageJson({ scripts: { prepare: 'node make.js' } }), 'package-lock.json': '{}' },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'CMD ["node", "node_modules/a/cli.js"]'),
        { 'package.json': packageJson({}), 'package-lock.json': '{}' },
      ],
      [
        lines(
          'FROM python:3.13-slim AS b',
          'RUN python -m venv /opt/venv',
          'FROM python:3.13-slim',
          'COPY --from=b /opt/venv /opt/venv',
          'ENV PATH=/opt/venv/bin:$PATH',
          'CMD ["gunicorn", "-c", "x", "a:b"]',
        ),
        {},
      ],
      [
        lines('FROM debian:trixie-slim', 'ARG P', 'COPY x /x', 'ENV PATH=$P:$PATH', 'CMD ["npm", "start"]'),
        { 'x/npm': '' },
      ],
      [lines('FROM node:24-slim', 'WORKDIR /app', 'COPY . .', 'CMD ["node", "server.js"]'), APP],
      [lines('FROM node:24-slim', 'WORKDIR /app', 'COPY . .', 'CMD ["node", "server"]'), APP],
      [
        lines(
          ...NODE_BUILD,
          'FROM node:24-slim',
          'WORKDIR /app',
          'COPY --from=build /app/dist ./dist',
          'CMD ["node", "dist/main.js"]',
        ),
        APP,
      ],
      [
        lines(
          ...NODE_BUILD,
          'FROM gcr.io/distroless/nodejs24-debian13:nonroot',
          'WORKDIR /app',
          'COPY --from=build /app/dist ./',
          'CMD ["main.js"]',
        ),
        APP,
      ],
      [
        lines(
          'FROM node:24-slim',
          'WORKDIR /app',
          'COPY . .',
          'CMD ["node", "--enable-source-maps", "-r", "./server.js", "-e", "1"]',
        ),
        APP,
      ],
      [lines('FROM node:24-slim', 'RUN npm i -g nodemon', 'COPY . .', 'CMD ["nodemon", "server.js"]'), APP],
      [
        lines(
          'FROM eclipse-temurin:21-jre',
          'WORKDIR /app',
          'COPY target/*.jar server.jar',
          'ENTRYPOINT ["java", "-jar", "server.jar"]',
        ),
        { 'target/a.jar': '' },
      ],
      [lines('FROM our/base:1', 'CMD ["/start"]'), {}],
      [
        lines(
          'FROM python:3.13-slim',
          'RUN pip install httpbin gunicorn',
          'CMD ["gunicorn", "-b", "0.0.0.0:80", "httpbin:app"]',
        ),
        {},
      ],
      [lines('FROM eclipse-temurin:21-jre', 'COPY target/*.jar /app.jar', 'CMD ["java", "-jar", "/app.jar"]'), {}],
      [lines('FROM debian:trixie-slim', 'RUN apt-get update && apt-get install -y redis', 'CMD ["redis-server"]'), {}],
      [
        lines(
          'FROM python:3.13-slim',
          'WORKDIR /app',
          'COPY . .',
          'RUN pip install -r requirements.txt',
          'CMD ["uvicorn", "main:app"]',
        ),
        { 'requirements.txt': '', 'main.py': '' },
      ],
      [
        lines(
          'FROM python:3.13-slim',
          'WORKDIR /app',
          'COPY . .',
          'RUN pip install .',
          'CMD ["uvicorn", "api.main:app"]',
        ),
        { 'pyproject.toml': '', 'src/api/main.py': '' },
      ],
      [lines('FROM node:24-slim', 'WORKDIR /app', 'COPY . .', 'CMD cd api && node index.js'), { 'api/index.js': '' }],
    ],
  },
  'copy-flattens': {
    catches: [
      [
        lines(
          ...NODE_BUILD,
          'FROM node:24-slim',
          'WORKDIR /app',
          'COPY --from=build /app/dist .',
          'CMD ["node", "dist/main.js"]',
        ),
        APP,
      ],
      [
        lines(
          ...NODE_BUILD,
          'FROM node:24-slim',
          'WORKDIR /srv',
          'COPY --from=build /app/build/ ./',
          'ENTRYPOINT ["node", "build/index.js"]',
        ),
        APP,
      ],
    ],
    allows: [
      [
        lines(
          ...NODE_BUILD,
          'FROM node:24-slim',
          'WORKDIR /app',
          'COPY --from=build /app/dist ./dist',
          'CMD ["node", "dist/main.js"]',
        ),
        APP,
      ],
      [
        lines(
          ...NODE_BUILD,
          'FROM node:24-slim',
          'WORKDIR /app',
          'COPY --from=build /app/dist .',
          'CMD ["node", "main.js"]',
        ),
        APP,
      ],
      [
        lines(
          ...NODE_BUILD,
          'FROM node:24-slim',
          'WORKDIR /app',
          'COPY --from=build /app/dist .',
          'COPY . .',
          'CMD ["node", "dist/main.js"]',
        ),
        { ...APP, 'dist/main.js': '' },
      ],
    ],
  },
  'entrypoint-doubled': {
    catches: [
      [lines('FROM node:24', 'ENTRYPOINT ["node", "server.js"]', 'CMD ["node", "server.js"]')],
      [lines('FROM node:24', 'ENTRYPOINT ["node"]', 'CMD node server.js')],
      [lines('FROM gcr.io/distroless/nodejs24-debian13', 'COPY . /app', 'CMD ["node", "/app/server.js"]'), APP],
      [
        lines('FROM gcr.io/distroless/java21-debian13:nonroot', 'COPY app.jar /', 'CMD ["java", "-jar", "/app.jar"]'),
        { 'app.jar': '' },
      ],
      [lines('FROM gcr.io/distroless/python3-debian13', 'COPY . /app', 'CMD ["python", "/app/main.py"]'), {}],
      [lines('FROM node:24', 'COPY . .', 'ENTRYPOINT ["node"]', 'CMD ["node", "server.js"]'), APP],
    ],
    allows: [
      [lines('FROM node:24', 'ENTRYPOINT ["node", "cli.js"]', 'CMD ["node"]')],
      [lines('FROM node:24', 'ENTRYPOINT ["/entry.sh"]', 'CMD node server.js')],
      [lines('FROM gcr.io/distroless/nodejs24-debian13', 'COPY . /app', 'CMD ["/app/server.js"]'), APP],
      [
        lines(
          'FROM gcr.io/distroless/nodejs24-debian13',
          'COPY . /app',
          'ENTRYPOINT ["/nodejs/bin/node", "/app/server.js"]',
        ),
        APP,
      ],
      [lines('FROM node:24', 'COPY . .', 'CMD ["node", "server.js"]'), APP],
      [lines('FROM node:24', 'COPY . .', 'ENTRYPOINT ["docker-entrypoint.sh"]', 'CMD ["node", "server.js"]'), APP],
      [lines('FROM node:24', 'COPY . .', 'ENTRYPOINT ["tini", "--"]', 'CMD ["node", "server.js"]'), APP],
    ],
  },
  'shell-missing': {
    catches: [
      [lines('FROM gcr.io/distroless/static-debian13', 'COPY . /', 'RUN ls'), APP],
      [lines('FROM gcr.io/distroless/nodejs24-debian13', 'COPY . /app', 'CMD node /app/server.js'), APP],
      [lines('FROM scratch', 'COPY app /app', 'ENTRYPOINT ["sh", "-c", "/app $PORT"]'), { app: '' }],
      [
        lines('FROM scratch', 'COPY app /app', 'HEALTHCHECK CMD wget -q http://localhost', 'ENTRYPOINT ["/app"]'),
        { app: '' },
      ],
    ],
    allows: [
      [
        lines(
          'FROM gcr.io/distroless/static-debian13',
          'COPY app /app',
          'HEALTHCHECK CMD ["/app", "health"]',
          'ENTRYPOINT ["/app"]',
        ),
        { app: '' },
      ],
      [lines('FROM gcr.io/distroless/base-debian13:debug', 'RUN ls'), {}],
      [lines('FROM scratch', 'ADD rootfs.tar.gz /', 'RUN ls'), { 'rootfs.tar.gz': '' }],
      [lines('FROM scratch', 'COPY --from=busybox:1 /bin /bin', 'RUN ls'), {}],
      [lines('FROM debian:trixie-slim', 'RUN ls', 'CMD ls'), {}],
    ],
  },
  'user-unknown': {
    catches: [
      [lines('FROM python:3.13-slim', 'USER node')],
      [lines('FROM node:24', 'COPY --chown=app:app . .'), APP],
      [lines('FROM gcr.io/distroless/static-debian13', 'USER app')],
    ],
    allows: [
      [lines('FROM node:24', 'USER node', 'COPY --chown=node:node . .'), APP],
      [lines('FROM python:3.13-slim', 'RUN useradd app', 'USER app')],
      [lines('FROM python:3.13-slim', 'ARG UID=1000', 'USER $UID', 'USER 10001:10001')],
      [lines('FROM python:3.13-slim', 'RUN apt-get update && apt-get install -y nginx', 'USER nginx')],
      [lines('FROM scratch', 'COPY --from=a/b:1 /etc/passwd /etc/passwd', 'USER app')],
      [lines('FROM our/base:1', 'USER app')],
      [lines('FROM gcr.io/distroless/static-debian13', 'USER nonroot')],
    ],
  },
  'script-unusable': {
    catches: [
      [
        lines('FROM debian:trixie-slim', 'COPY --chmod=755 start.sh /', 'ENTRYPOINT ["/start.sh"]'),
        { 'start.sh': '#!/bin/sh\nuntil nc -z db 5432; do sleep 1; done\nexec "$@"\n' },
      ],
      [
        lines('FROM maven:3.9-eclipse-temurin-21', 'WORKDIR /app', 'COPY . .', 'RUN ./mvnw package'),
        { mvnw: '#!/bin/sh\n', 'pom.xml': '' },
      ],
      [
        lines('FROM node:24', 'COPY run.sh /', 'ENTRYPOINT ["/run.sh"]'),
        { 'run.sh': { text: '#!/bin/sh\r\nnode x\r\n', executable: true } },
      ],
      [
        lines('FROM node:24', 'COPY run.sh /', 'ENTRYPOINT ["/run.sh"]'),
        { 'run.sh': { text: 'exec node x\n', executable: true } },
      ],
      [
        lines('FROM node:24-alpine', 'COPY run.sh /usr/local/bin/', 'ENTRYPOINT ["/usr/local/bin/run.sh"]'),
        { 'run.sh': { text: '#!/bin/bash\nnode x\n', executable: true } },
      ],
      [
        lines(
          'FROM node:24 AS a',
          'COPY run.sh /s/',
          'FROM node:24',
          'COPY --from=a /s/run.sh /run.sh',
          'CMD ["/run.sh"]',
        ),
        { 'run.sh': '#!/bin/sh\n' },
      ],
    ],
    allows: [
      [
        lines('FROM debian:trixie-slim', 'COPY --chmod=755 start.sh /', 'ENTRYPOINT ["/start.sh"]'),
        { 'start.sh': '#!/bin/sh\nif command -v nc >/dev/null; then nc -z db 5432; fi\nexec "$@"\n' },
      ],
      [lines('FROM node:24', 'COPY run.sh /', 'ENTRYPOINT ["/run.sh"]'), { 'run.sh': SCRIPT }],
      [lines('FROM node:24', 'COPY --chmod=755 run.sh /', 'ENTRYPOINT ["/run.sh"]'), { 'run.sh': '#!/bin/sh\n' }],
      [
        lines('FROM node:24', 'COPY run.sh /', 'RUN chmod +x /run.sh', 'ENTRYPOINT ["/run.sh"]'),
        { 'run.sh': '#!/bin/sh\n' },
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'COPY . .',
          "RUN sed -i 's/\\r$//' run.sh && chmod 755 run.sh",
          'CMD ["./run.sh"]',
        ),
        { 'run.sh': '#!/bin/sh\r\n' },
      ],
      [lines('FROM node:24', 'COPY run.sh /', 'CMD ["sh", "/run.sh"]'), { 'run.sh': '#!/bin/sh\n' }],
      [
        lines('FROM node:24-alpine', 'RUN apk add --no-cache bash', 'COPY run.sh /', 'CMD ["/run.sh"]'),
        { 'run.sh': { text: '#!/bin/bash\n', executable: true } },
      ],
      [
        lines(
          'FROM golang:1.27 AS build',
          'WORKDIR /app',
          'COPY . .',
          'RUN go build -o app .',
          'FROM alpine:3.24',
          'COPY --from=build /app/app /app',
          'CMD ["/app"]',
        ),
        { 'app/main.go': '' },
      ],
    ],
  },
  'exec-form-broken': {
    catches: [
      [lines('FROM tomcat:11', 'CMD [“catalina.sh”, “run”]')],
      [lines('FROM node:24', "ENTRYPOINT ['node', 'server.js']")],
      [lines('FROM node:24', 'CMD ["node", "server.js",]')],
      [lines('FROM node:24', 'CMD [node, server.js]')],
      [lines('FROM node:24', 'CMD ["pm2-runtime", "npm", "--", "start"]`')],
      [lines('FROM node:24', 'RUN ["npm" "start"]')],
    ],
    allows: [
      [lines('FROM node:24', 'CMD ["node", "server.js"]', 'ENTRYPOINT [ "node" ]')],
      [lines('FROM node:24', 'CMD [ "$A" = "," ] && node x', 'RUN [ "$A" = "b" ] || exit 1', 'RUN [[ "$A" ]]')],
      [lines('FROM node:24', 'CMD [ -f /x ] && node x', 'RUN [ -f /x ]')],
      [lines('FROM node:24', 'CMD node server.js', 'VOLUME /a')],
    ],
  },
  'exec-form-shell-syntax': {
    catches: [
      [lines('FROM node:24', 'CMD ["node server.js"]')],
      [lines('FROM eclipse-temurin:21-jre', 'ENTRYPOINT ["java", "-jar", "/app/*.jar"]')],
      [lines('FROM python:3.13', 'CMD ["gunicorn", "--bind", "0.0.0.0:$PORT", "app:app"]')],
      [lines('FROM node:24', 'CMD ["npm", "run", "migrate", "&&", "npm", "start"]')],
    ],
    allows: [
      [lines('FROM node:24', 'CMD ["sh", "-c", "node $APP && true"]')],
      [
        lines(
          'FROM eclipse-temurin:21-jre',
          'ENTRYPOINT ["java", "-cp", "/app/lib/*", "Main", "--server.port=${PORT}"]',
        ),
      ],
      [lines('FROM node:24', 'CMD ["node", "-e", "fetch(`$x`) && 1"]')],
      [lines('FROM nginx:1.30', 'CMD ["nginx", "-g", "daemon off;"]')],
      [lines('FROM node:24', 'CMD ["./my app", "x"]', 'ENTRYPOINT ["/run.sh", "$PORT"]')],
    ],
  },
  'healthcheck-tool-missing': {
    catches: [
      [lines('FROM node:24-slim', 'HEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1', 'CMD ["node", "x.js"]')],
      [lines('FROM python:3.13-slim', 'HEALTHCHECK --interval=5s CMD ["wget", "-q", "http://127.0.0.1/"]')],
      [lines('FROM alpine:3.24', 'HEALTHCHECK CMD ["sh", "-c", "curl -f http://localhost || exit 1"]')],
    ],
    allows: [
      [lines('FROM node:24', 'HEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1')],
      [lines('FROM node:24-alpine', 'HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:3000/')],
      [
        lines(
          'FROM node:24-slim',
          'RUN apt-get update && apt-get install -y curl',
          'HEALTHCHECK CMD curl -f http://localhost',
        ),
      ],
      [lines('FROM node:24-slim', 'HEALTHCHECK CMD ["node", "-e", "1"]')],
      [lines('FROM our/base:1', 'HEALTHCHECK CMD curl x', 'HEALTHCHECK NONE')],
      [lines('FROM alpine:3.24', 'HEALTHCHECK CMD curl -f x || wget -q x')],
    ],
  },
  'libc-mismatch': {
    catches: [
      [
        lines(
          'FROM golang:1.26-alpine3.24 AS build',
          'RUN apk add --no-cache gcc musl-dev',
          'WORKDIR /src',
          'COPY . .',
          'RUN CGO_ENABLED=1 go build -o /server .',
          'FROM debian:trixie-slim',
          'COPY --from=build /server /server',
          'ENTRYPOINT ["/server"]',
        ),
        { 'go.mod': 'module x\n', 'main.go': 'package main\n\nimport "net/http"\n' },
      ],
      [lines('FROM rust:1.90-bookworm AS b', 'FROM debian:bullseye-slim', 'COPY --from=b /s/target/release/x /x')],
      [lines('FROM alpine:3.24', 'COPY --from=eclipse-temurin:21-jre-noble /opt/java/openjdk /opt/java/openjdk')],
      [
        lines(
          'FROM eclipse-temurin:21-jdk-noble AS j',
          'RUN jlink --add-modules java.base --output /javaruntime',
          'FROM alpine:3.24',
          'COPY --from=j /javaruntime /opt/java',
        ),
      ],
      [
        lines(
          'FROM rust:1.98 AS build',
          'WORKDIR /s',
          'COPY . .',
          'RUN cargo build --release',
          'FROM alpine:3.24',
          'COPY --from=build /s/target/release/app /app',
        ),
      ],
      [
        lines(
          'FROM golang:1.27 AS build',
          'WORKDIR /s',
          'COPY . .',
          'RUN go build -o /server .',
          'FROM scratch',
          'COPY --from=build /server /server',
        ),
        { 'main.go': 'package main\nimport (\n\t"net/http"\n)\n' },
      ],
      [
        lines(
          'FROM node:24-slim AS deps',
          'WORKDIR /app',
          'COPY package*.json .',
          'RUN npm ci',
          'FROM node:24-alpine',
          'COPY --from=deps /app/node_modules ./node_modules',
        ),
        { 'package.json': packageJson({ dependencies: { sharp: '1' } }) },
      ],
    ],
    allows: [
      [
        lines(
          'FROM golang:1.26-alpine3.24 AS build',
          'RUN apk add --no-cache gcc musl-dev',
          'WORKDIR /src',
          'COPY . .',
          'RUN CGO_ENABLED=0 go build -o /server .',
          'FROM debian:trixie-slim',
          'COPY --from=build /server /server',
          'ENTRYPOINT ["/server"]',
        ),
        { 'go.mod': 'module x\n', 'main.go': 'package main\n\nimport "net/http"\n' },
      ],
      [lines('FROM rust:1.90-bookworm AS b', 'FROM debian:trixie-slim', 'COPY --from=b /s/target/release/x /x')],
      [lines('FROM alpine:3.24', 'COPY --from=eclipse-temurin:21-jre-alpine /opt/java/openjdk /opt/java/openjdk')],
      [
        lines(
          'FROM rust:1.98 AS build',
          'RUN rustup target add x86_64-unknown-linux-musl && cargo build --release',
          'FROM alpine:3.24',
          'COPY --from=build /s/target/release/app /app',
        ),
      ],
      [
        lines(
          'FROM golang:1.27 AS build',
          'WORKDIR /s',
          'COPY . .',
          'RUN CGO_ENABLED=0 go build -o /server .',
          'FROM scratch',
          'COPY --from=build /server /server',
        ),
        { 'main.go': 'import "net/http"\n' },
      ],
      [
        lines(
          'FROM golang:1.27-alpine AS build',
          'WORKDIR /s',
          'COPY . .',
          'RUN go build -o /server .',
          'FROM scratch',
          'COPY --from=build /server /server',
        ),
        { 'main.go': 'import "net/http"\n' },
      ],
      [
        lines(
          'FROM node:24-slim AS deps',
          'WORKDIR /app',
          'COPY package*.json .',
          'RUN npm ci',
          'FROM node:24-alpine',
          'COPY --from=deps /app/node_modules ./node_modules',
        ),
        { 'package.json': packageJson({ dependencies: { express: '5' } }) },
      ],
      [
        lines(
          'FROM maven:3.9-eclipse-temurin-21 AS b',
          'COPY . .',
          'RUN mvn package',
          'FROM eclipse-temurin:21-jre-alpine',
          'COPY --from=b /target/a.jar /a.jar',
        ),
      ],
    ],
  },
  'venv-broken': {
    catches: [
      [
        lines(
          'FROM python:3.13-slim-trixie AS build',
          'COPY requirements.txt .',
          'RUN pip install --prefix=/install -r requirements.txt',
          'FROM python:3.12-slim-trixie',
          'COPY --from=build /install /usr/local',
          'CMD ["gunicorn", "app:app"]',
        ),
        { 'requirements.txt': 'gunicorn\n' },
      ],
      [
        lines(
          'FROM python:3.13-slim AS b',
          'RUN python -m venv /opt/venv',
          'FROM python:3.13-slim',
          'COPY --from=b /opt/venv /venv',
          'ENV PATH=/venv/bin:$PATH',
          'CMD ["gunicorn", "app:app"]',
        ),
      ],
      [
        lines(
          'FROM python:3.13-slim AS b',
          'RUN python -m venv /opt/venv',
          'FROM python:3.12-slim',
          'COPY --from=b /opt/venv /opt/venv',
          'ENV PATH=/opt/venv/bin:$PATH',
          'CMD ["python", "a.py"]',
        ),
      ],
      [
        lines(
          'FROM python:3.13-slim AS b',
          'RUN python -m venv /opt/venv',
          'FROM debian:trixie-slim',
          'COPY --from=b /opt/venv /opt/venv',
          'CMD ["/opt/venv/bin/python", "a.py"]',
        ),
      ],
      [
        lines(
          'FROM python:3.13 AS b',
          'RUN pip install x',
          'FROM python:3.11-slim',
          'COPY --from=b /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages',
        ),
      ],
    ],
    allows: [
      [
        lines(
          'FROM python:3.13-slim-trixie AS build',
          'COPY requirements.txt .',
          'RUN pip install --prefix=/install -r requirements.txt',
          'FROM python:3.13-slim-trixie',
          'COPY --from=build /install /usr/local',
          'CMD ["gunicorn", "app:app"]',
        ),
        { 'requirements.txt': 'gunicorn\n' },
      ],
      [
        lines(
          'FROM python:3.13 AS b',
          'RUN python -m venv /opt/venv',
          'FROM python:3.13-slim',
          'COPY --from=b /opt/venv /opt/venv',
          'ENV PATH=/opt/venv/bin:$PATH',
          'CMD ["gunicorn", "app:app"]',
        ),
      ],
      [
        lines(
          'FROM python:3.13-slim AS b',
          'RUN python -m venv /opt/venv',
          'FROM python:3.13-slim',
          'COPY --from=b /opt/venv /venv',
          'CMD ["/venv/bin/python", "-m", "gunicorn", "app:app"]',
        ),
      ],
      [
        lines(
          'FROM python:3.13-slim AS b',
          'RUN python -m venv /opt/venv && ln -sf /usr/bin/python3.13 /opt/venv/bin/python',
          'FROM gcr.io/distroless/python3-debian13',
          'COPY --from=b /opt/venv /opt/venv',
          'ENTRYPOINT ["/opt/venv/bin/python"]',
        ),
      ],
      [
        lines(
          'FROM python:3.13-slim AS b',
          'ENV VIRTUAL_ENV=/opt/venv',
          'RUN python -m venv $VIRTUAL_ENV',
          'FROM python:3-slim',
          'COPY --from=b /opt/venv /opt/venv',
          'CMD ["python", "a.py"]',
        ),
      ],
    ],
  },
  'dev-dependency-missing': {
    catches: [
      [
        lines(
          'FROM node:24-trixie',
          'WORKDIR /app',
          'COPY package.json package-lock.json ./',
          'RUN npm ci --omit=dev',
          'COPY . .',
          'RUN npx tsc',
          'CMD ["node", "dist/server.js"]',
        ),
        typescript(),
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'ENV NODE_ENV=production', 'COPY . .', 'RUN npm ci', 'RUN npm run build'),
        {
          ...APP,
          'package.json': packageJson({ scripts: { build: 'tsc -p .' }, devDependencies: { typescript: '5' } }),
        },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci --omit=dev', 'CMD ["npm", "start"]'),
        {
          ...APP,
          'package.json': packageJson({ scripts: { start: 'nodemon server.js' }, devDependencies: { nodemon: '3' } }),
        },
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'COPY . .',
          'RUN npm ci && npm run build',
          'RUN npm prune --omit=dev',
          'CMD ["npx", "ts-node", "a.ts"]',
          'CMD ["node_modules/.bin/ts-node", "a.ts"]',
        ),
        { ...APP, 'package.json': packageJson({ devDependencies: { 'ts-node': '3' } }) },
      ],
    ],
    allows: [
      [
        lines(
          'FROM node:24-trixie',
          'WORKDIR /app',
          'COPY package.json package-lock.json ./',
          'RUN npm ci --omit=dev',
          'COPY . .',
          'RUN npx rimraf dist',
          'CMD ["node", "dist/server.js"]',
        ),
        typescript(),
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'ENV NODE_ENV=production', 'RUN npm run build'),
        {
          ...APP,
          'package.json': packageJson({ scripts: { build: 'tsc -p .' }, devDependencies: { typescript: '5' } }),
        },
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'ENV NODE_ENV=production',
          'COPY . .',
          'RUN npm ci --include=dev',
          'RUN npm run build',
        ),
        {
          ...APP,
          'package.json': packageJson({ scripts: { build: 'tsc -p .' }, devDependencies: { typescript: '5' } }),
        },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci --omit=dev', 'RUN npm run build'),
        { ...APP, 'package.json': packageJson({ scripts: { build: 'tsc -p .' }, dependencies: { typescript: '5' } }) },
      ],
      [
        lines(
          'FROM node:24 AS b',
          'WORKDIR /app',
          'COPY . .',
          'RUN npm ci --omit=dev',
          'FROM b',
          'RUN npm ci',
          'RUN npm run build',
        ),
        {
          ...APP,
          'package.json': packageJson({ scripts: { build: 'tsc -p .' }, devDependencies: { typescript: '5' } }),
        },
      ],
    ],
  },
  'dev-server': {
    catches: [
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'CMD ["npm", "start"]'),
        { 'package.json': packageJson({ scripts: { start: 'react-scripts start' } }) },
      ],
      [lines('FROM python:3.13', 'COPY . .', 'CMD python manage.py runserver 0.0.0.0:8000'), {}],
      [lines('FROM node:24', 'CMD ["npx", "vite", "--host"]'), {}],
      [lines('FROM python:3.13', 'CMD ["python", "-m", "uvicorn", "a:b", "--reload", "--host", "0.0.0.0"]'), {}],
    ],
    allows: [
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'CMD ["npm", "start"]'),
        { 'package.json': packageJson({ scripts: { start: 'next start' } }) },
      ],
      [lines('FROM python:3.13', 'CMD ["gunicorn", "a:b"]', 'RUN python manage.py migrate'), {}],
      [lines('FROM node:24', 'CMD ["npx", "vite", "preview", "--host"]'), {}],
    ],
  },
  'listens-on-localhost': {
    catches: [
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY server.js .', 'CMD ["node", "server.js"]'),
        { 'server.js': "app.listen(process.env.PORT || 3000, '127.0.0.1', () => {});\n" },
      ],
      [
        lines('FROM python:3.13', 'WORKDIR /app', 'COPY app.py .', 'CMD ["python", "app.py"]'),
        { 'app.py': 'app = Flask(__name__)\napp.run(port=5000)\n' },
      ],
      [lines('FROM python:3.13', 'CMD ["uvicorn", "main:app", "--host", "127.0.0.1"]')],
      [lines('FROM python:3.13', 'CMD ["uvicorn", "main:app"]')],
      [lines('FROM python:3.13', 'CMD flask run --port 80')],
      [lines('FROM python:3.13', 'CMD ["gunicorn", "-b", "localhost:8000", "app:app"]'), {}],
      [lines('FROM python:3.13', 'CMD ["python", "manage.py", "runserver", "8000"]')],
    ],
    allows: [
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY server.js .', 'CMD ["node", "server.js"]'),
        { 'server.js': "// app.listen(3000, '127.0.0.1')\napp.listen(3000, '0.0.0.0');\ndb.connect('localhost');\n" },
      ],
      [
        lines('FROM python:3.13', 'WORKDIR /app', 'COPY app.py .', 'CMD ["python", "app.py"]'),
        { 'app.py': 'app = Flask(__name__)\napp.run(host="0.0.0.0", port=5000)\n' },
      ],
      [
        lines('FROM python:3.13', 'WORKDIR /app', 'COPY app.py .', 'CMD ["python", "app.py"]'),
        { 'app.py': 'import os\napp = Flask(__name__)\napp.run(host=os.environ["HOST"])\n' },
      ],
      [lines('FROM python:3.13', 'CMD ["uvicorn", "main:app", "--host", "0.0.0.0"]')],
      [lines('FROM python:3.13', 'ENV FLASK_RUN_HOST=0.0.0.0', 'CMD flask run')],
      [lines('FROM python:3.13', 'CMD ["gunicorn", "app:app"]'), { 'gunicorn.conf.py': 'bind = "0.0.0.0:8000"' }],
      [lines('FROM python:3.13', 'CMD ["gunicorn", "-c", "conf.py", "app:app"]'), {}],
      [lines('FROM python:3.13', 'CMD ["uvicorn", "main:app", "--uds", "/tmp/s"]')],
      [lines('FROM python:3.13', 'CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]')],
      [lines('FROM node:24', 'CMD ["node", "x.js", "--host", "127.0.0.1"]')],
    ],
  },
  'port-privileged': {
    catches: [
      [lines('FROM nginxinc/nginx-unprivileged:1.30', 'EXPOSE 80')],
      [lines('FROM node:24', 'EXPOSE 3000 443/tcp', 'USER node')],
    ],
    allows: [
      [lines('FROM nginx:1.30', 'EXPOSE 80')],
      [lines('FROM node:24', 'EXPOSE 8080', 'USER node')],
      [lines('FROM our/base:1', 'EXPOSE 80')],
    ],
  },
  'shell-form-command': {
    catches: [
      [lines('FROM node:24', 'CMD node src/index.js')],
      [lines('FROM eclipse-temurin:21-jre', 'ENTRYPOINT java $JAVA_OPTS -jar /app.jar')],
      [lines('FROM eclipse-temurin:21-jre', 'CMD ["/bin/bash", "-c", "find . -name *.jar | xargs java -jar"]')],
    ],
    allows: [
      [lines('FROM node:24', 'CMD ["node", "src/index.js"]')],
      [lines('FROM eclipse-temurin:21-jre', 'ENTRYPOINT exec java $JAVA_OPTS -jar /app.jar')],
      [lines('FROM eclipse-temurin:21-jre', 'ENTRYPOINT ["sh", "-c", "exec java $JAVA_OPTS -jar /app.jar"]')],
      [lines('FROM node:24 AS build', 'CMD node x', 'FROM node:24', 'CMD ["node", "y"]')],
    ],
  },
  'package-manager-start': {
    catches: [
      [lines('FROM node:24', 'CMD ["npm", "run", "start"]')],
      [lines('FROM node:24', 'CMD yarn start')],
      [lines('FROM rust:1.98', 'CMD ["cargo", "run", "-q"]')],
      [lines('FROM maven:3.9-eclipse-temurin-21', 'CMD ["./mvnw", "spring-boot:run"]')],
      [lines('FROM node:24', 'ENTRYPOINT ["tini", "--", "npm", "start"]')],
    ],
    allows: [
      [lines('FROM node:24', 'CMD ["node", "npm.js"]')],
      [lines('FROM node:24', 'CMD ["npm", "test"]')],
      [lines('FROM node:24', 'CMD ["node_modules/.bin/next", "start"]')],
      [lines('FROM golang:1.27', 'CMD ["go", "version"]')],
    ],
  },
};
