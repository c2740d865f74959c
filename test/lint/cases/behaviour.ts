import { type Cases, lines } from './case.ts';

const BOOT = (version: string, more = '') => ({
  'build.gradle': `plugins {\n  id 'org.springframework.boot' version '${version}'\n}\n${more}`,
});
const GRADLE = (task: string, target = '/app.jar') =>
  lines(
    'FROM gradle:9-jdk21 AS b',
    `RUN gradle ${task} -x test`,
    'FROM eclipse-temurin:21-jre',
    `COPY --from=b /home/gradle/build/libs/*.jar ${target}`,
  );
const JAVA = (version: number, ...args: readonly string[]) =>
  lines(`FROM eclipse-temurin:${version}-jre`, `CMD ${JSON.stringify(['java', ...args])}`);
const SCRIPT = (text: string) => ({ 'start.sh': { text: `#!/bin/sh\nset -e\n${text}\n`, executable: true } });
const STARTED = lines('FROM node:24', 'WORKDIR /app', 'COPY start.sh .', 'CMD ["./start.sh"]');
const CLIENT = {
  'go.mod': 'module x\n',
  'api/client.go': 'package api\n\nfunc f() { http.Get("https://api.example.com") }\n',
};
const GO = (image: string, ...more: readonly string[]) =>
  lines('FROM golang:1.26 AS b', `FROM ${image}`, ...more, 'COPY --from=b /app /app', 'CMD ["/app"]');

/** How what is started behaves, and commands that end otherwise than they look. */
export const BEHAVIOUR: Cases = {
  'process-detached': {
    catches: [
      [lines('FROM debian:trixie', 'CMD ["nginx"]')],
      [lines('FROM node:24', 'CMD ["pm2", "start", "server.js"]')],
      [lines('FROM ubuntu:24.04', 'CMD service apache2 start')],
      [lines('FROM python:3.13', 'CMD ["gunicorn", "--daemon", "app:app"]')],
    ],
    allows: [
      [lines('FROM debian:trixie', 'ADD etc /etc/nginx', 'CMD ["nginx"]'), { 'etc/nginx.conf': 'daemon off;' }],
      [lines('FROM debian:trixie', 'CMD ["nginx", "-g", "daemon off;"]')],
      [lines('FROM debian:trixie', 'COPY nginx.conf /etc/nginx/', 'CMD ["nginx"]'), { 'nginx.conf': 'daemon off;\n' }],
      [lines('FROM debian:trixie', 'RUN echo "daemon off;" >> /etc/nginx/nginx.conf', 'CMD ["nginx"]')],
      [lines('FROM node:24', 'CMD ["pm2-runtime", "start", "server.js"]')],
      [lines('FROM debian:trixie', 'CMD service cron start && exec node server.js')],
      [lines('FROM debian:trixie', 'CMD ["apache2ctl", "-D", "FOREGROUND"]')],
    ],
  },
  'script-without-exec': {
    catches: [
      [STARTED, SCRIPT('npx prisma migrate deploy\nnode dist/server.js')],
      [STARTED, SCRIPT('echo ready\n"$@"')],
      [lines('FROM node:24', 'COPY start.sh /', 'CMD ["sh", "/start.sh"]'), SCRIPT('gunicorn app:app')],
    ],
    allows: [
      [STARTED, SCRIPT('exec node dist/server.js')],
      [STARTED, SCRIPT('trap "kill %1" TERM\nnode server.js &\nwait')],
      [STARTED, SCRIPT('if [ "$1" = x ]; then\n  node a.js\nelse\n  exec node b.js\nfi')],
      [STARTED, SCRIPT('pg_dump "$URL" > /backup/db.sql')],
    ],
  },
  'tls-unchecked': {
    catches: [
      [lines('FROM node:24', 'RUN GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no" git clone git@example.com:x')],
      [lines('FROM node:24', 'RUN curl -fkL https://example.com/x -o /x')],
      [lines('FROM node:24', 'ENV NODE_TLS_REJECT_UNAUTHORIZED=0')],
      [lines('FROM node:24', 'RUN npm config set strict-ssl false && npm ci')],
      [lines('FROM python:3.13', 'RUN pip install --trusted-host pypi.example.com -r requirements.txt')],
    ],
    allows: [
      [lines('FROM node:24', 'RUN curl -fsSL https://example.com/k -o /k')],
      [lines('FROM node:24', 'ENV NODE_TLS_REJECT_UNAUTHORIZED=1', 'RUN wget --https-only https://example.com/x')],
      [lines('FROM node:24', 'RUN npm config set strict-ssl true')],
    ],
  },
  'debug-left': {
    catches: [
      [lines('FROM python:3.13', 'ENV FLASK_DEBUG=1', 'CMD ["gunicorn", "a:app"]')],
      [lines('FROM node:24', 'ENV NODE_ENV=development', 'CMD ["node", "a.js"]')],
      [lines('FROM node:24', 'CMD ["node", "--inspect=0.0.0.0:9229", "a.js"]')],
      [JAVA(21, '-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005', '-jar', '/app.jar')],
    ],
    allows: [
      [lines('FROM node:24', 'ENV constructor=1 toString=1', 'CMD ["node", "a.js"]')],
      [lines('FROM node:24 AS b', 'ENV NODE_ENV=development', 'RUN x', 'FROM node:24', 'CMD ["node", "a.js"]')],
      [lines('FROM node:24', 'ENV NODE_ENV=development', 'RUN x', 'ENV NODE_ENV=production', 'CMD ["node", "a.js"]')],
      [lines('FROM node:24', 'CMD ["node", "--inspect=127.0.0.1:9229", "a.js"]')],
    ],
  },
  'runtime-option': {
    catches: [
      [JAVA(21, '-jar', '/app.jar', '-Xmx512m')],
      [JAVA(21, '-jar /app.jar')],
      [JAVA(17, '-XX:+PrintGCDateStamps', '-jar', '/app.jar')],
      [
        lines(
          'FROM eclipse-temurin:21-jre',
          'ENV JAVA_TOOL_OPTIONS="-XX:+UseConcMarkSweepGC"',
          'CMD ["java", "-jar", "/a.jar"]',
        ),
      ],
    ],
    allows: [
      [JAVA(21, '-Xmx512m', '-jar', '/app.jar', '--spring.profiles.active=prod')],
      [JAVA(8, '-XX:+UseConcMarkSweepGC', '-XX:MaxPermSize=128m', '-jar', '/app.jar')],
      [JAVA(21, '-XX:+IgnoreUnrecognizedVMOptions', '-XX:+UseConcMarkSweepGC', '-jar', '/app.jar')],
      [lines('FROM node:24', 'CMD ["node", "-e", "console.log(1)"]')],
    ],
  },
  'pip-managed': {
    catches: [
      [lines('FROM debian:trixie', 'RUN apt-get update && apt-get install -y python3-pip', 'RUN pip install flask')],
      [lines('FROM alpine:3.22', 'RUN apk add --no-cache py3-pip && pip3 install awscli')],
      [lines('FROM ubuntu:24.04', 'RUN apt-get update && apt-get install -y python3-pip && pip3 install -r r.txt')],
    ],
    allows: [
      [lines('FROM debian:bullseye', 'RUN apt-get update && apt-get install -y python3-pip && pip3 install flask')],
      [lines('FROM alpine:3.22', 'RUN apk add --no-cache py3-pip && pip3 install --break-system-packages awscli')],
      [lines('FROM python:3.13-slim-trixie', 'RUN apt-get update && apt-get install -y python3-pip && pip install x')],
      [
        lines(
          'FROM debian:trixie',
          'RUN apt-get install -y python3-pip && python3 -m venv /v && . /v/bin/activate && pip install x',
        ),
      ],
    ],
  },
  'healthcheck-blind': {
    catches: [
      [lines('FROM node:24', 'HEALTHCHECK --interval=30s CMD curl -s http://localhost:3000/ || exit 1')],
      [lines('FROM node:24', 'HEALTHCHECK CMD ["curl", "http://localhost:3000/"]')],
      [lines('FROM node:24', 'HEALTHCHECK CMD curl -f http://localhost:3000/ || true')],
    ],
    allows: [
      [lines('FROM node:24', 'HEALTHCHECK CMD curl -fsS http://localhost:3000/ || exit 1')],
      [lines('FROM node:24', 'HEALTHCHECK CMD ["curl", "--fail", "http://localhost:3000/"]')],
      [lines('FROM node:24', 'HEALTHCHECK CMD curl -s http://localhost:3000/ | grep -q ok')],
      [lines('FROM node:24', 'HEALTHCHECK CMD wget -qO- http://localhost:3000/ || exit 1')],
    ],
  },
  'removed-too-late': {
    catches: [
      [lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN rm -rf test'), { 'test/a.js': '' }],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'RUN npm prune --omit=dev')],
    ],
    allows: [
      [lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'RUN npm prune')],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci && npm run build && npm prune --omit=dev')],
      [lines('FROM node:24 AS b', 'COPY . .', 'RUN npm ci', 'RUN npm prune', 'FROM node:24', 'COPY --from=b /a /a')],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN rm -rf dist .cache')],
    ],
  },
  'variable-too-late': {
    catches: [
      [lines('FROM node:24 AS b', 'RUN npm run build', 'FROM nginx:1.30', 'ENV VITE_API=x')],
      [
        lines(
          'FROM node:24 AS b',
          'FROM node:24',
          'ENV NEXT_PUBLIC_URL=https://a.example',
          'CMD ["node", "server.js"]',
        ),
      ],
    ],
    allows: [
      [lines('FROM node:24 AS b', 'ARG VITE_API', 'RUN npm run build', 'FROM nginx:1.30', 'ENV VITE_API=x')],
      [lines('FROM node:24', 'ENV VITE_API=x', 'RUN npm run build')],
      [lines('FROM node:24 AS b', 'FROM nginx:1.30', 'ENV VITE_API=x', 'RUN envsubst < a > b')],
    ],
  },
  'start-missing': {
    catches: [
      [lines('FROM node:24 AS b', 'CMD ["node", "a.js"]', 'FROM node:24-slim', 'COPY --from=b /a /a')],
      [lines('FROM golang:1.26 AS b', 'ENTRYPOINT ["/app"]', 'FROM alpine:3.22', 'COPY --from=b /app /app')],
    ],
    allows: [
      [lines('FROM node:24 AS b', 'CMD ["node", "a.js"]', 'FROM node:24-slim AS shell', 'RUN x')],
      [lines('FROM node:24 AS b', 'CMD ["node", "a.js"]', 'FROM nginx:1.30', 'COPY --from=b /a /usr/share/nginx/html')],
      [lines('FROM node:24 AS b', 'CMD ["node", "a.js"]', 'FROM b AS final', 'USER node')],
      [lines('FROM node:24 AS b', 'FROM node:24-slim', 'COPY --from=b /a /a')],
    ],
  },
  'platform-fixed': {
    catches: [[lines('FROM --platform=linux/amd64 node:24')], [lines('FROM --platform=linux/arm64/v8 node:24 AS b')]],
    allows: [[lines('FROM --platform=$BUILDPLATFORM node:24')], [lines('FROM --platform=${TARGETPLATFORM} node:24')]],
  },
  'volume-not-writable': {
    catches: [
      [lines('FROM node:24', 'VOLUME /data', 'USER node')],
      [lines('FROM node:24', 'RUN mkdir -p /srv/uploads', 'VOLUME ["/srv/uploads"]', 'USER 1000:1000')],
    ],
    allows: [
      [lines('FROM node:24', 'RUN mkdir /data && chown node /data', 'VOLUME /data', 'USER node')],
      [lines('FROM node:24', 'VOLUME /data')],
      [lines('FROM node:24', 'USER node', 'WORKDIR /data', 'VOLUME /data')],
      [lines('FROM node:24', 'VOLUME /tmp /home/node/x', 'USER node')],
      [lines('FROM our/base:1', 'VOLUME /data', 'USER app')],
    ],
  },
  'command-refused': {
    catches: [
      [lines('FROM alpine:3.22', 'RUN apk add -y curl')],
      [lines('FROM node:24', 'RUN npm ci && npm cache clean')],
      [lines('FROM python:3.13', 'RUN pip install poetry', 'RUN poetry install --no-dev')],
      [lines('FROM debian:trixie', 'RUN apt-key add /tmp/k')],
    ],
    allows: [
      [lines('FROM node:24', 'RUN npm ci && npm cache clean --force')],
      [lines('FROM node:24', 'RUN npm cache clean || true')],
      [lines('FROM python:3.13', 'RUN pip install "poetry==1.8.5" && poetry install --no-dev')],
      [lines('FROM python:3.13', 'ARG V', 'RUN pip install poetry==$V && poetry install --no-dev')],
      [lines('FROM debian:bookworm', 'RUN apt-key add /tmp/k')],
    ],
  },
  'package-gone': {
    catches: [
      [lines('FROM node:24-alpine3.22', 'RUN apk add --no-cache python make g++')],
      [lines('FROM python:3.13-slim-trixie', 'RUN apt-get update && apt-get install -y libgl1-mesa-glx')],
      [lines('FROM node:24-bookworm', 'RUN apt-get update && apt-get install -y netcat')],
    ],
    allows: [
      [lines('FROM debian:trixie', 'RUN apt-get update && apt-get install -y constructor')],
      [lines('FROM alpine:3.22', 'RUN apk add --no-cache toString')],
      [lines('FROM node:24-alpine3.22', 'RUN apk add --no-cache python3 py3-pip')],
      [lines('FROM node:24-bookworm', 'RUN apt-get update && apt-get install -y libgl1 netcat-openbsd')],
      [
        lines(
          'FROM debian:trixie',
          'RUN echo "deb http://x y z" > /etc/apt/sources.list.d/x && apt-get install -y netcat',
        ),
      ],
    ],
  },
  'instruction-deprecated': {
    catches: [[lines('FROM node:24', 'MAINTAINER me')], [lines('FROM node:24', 'ENV NODE_ENV production')]],
    allows: [[lines('FROM node:24', 'LABEL a=b')], [lines('FROM node:24', 'ENV A=1 B="x y"')]],
  },
  'jar-ambiguous': {
    catches: [
      [GRADLE('build'), BOOT('3.5.0')],
      [GRADLE('clean assemble'), BOOT('4.0.0')],
      [
        lines(
          'FROM maven:3-eclipse-temurin-21 AS b',
          'FROM eclipse-temurin:21-jre',
          'COPY --from=b /a/target/*.jar /a.jar',
        ),
        {
          'pom.xml': '<project><build><plugins><artifactId>maven-shade-plugin</artifactId></plugins></build></project>',
        },
      ],
    ],
    allows: [
      [GRADLE('bootJar'), BOOT('3.5.0')],
      [GRADLE('build'), BOOT('3.5.0', "tasks.named('jar') {\n  enabled = false\n}\n")],
      [GRADLE('build', '/libs/'), BOOT('3.5.0')],
      [GRADLE('build'), BOOT('2.4.1')],
    ],
  },
  'certificates-missing': {
    catches: [
      [GO('scratch'), CLIENT],
      [GO('debian:trixie-slim', 'RUN apt-get update && apt-get install -y tzdata'), CLIENT],
    ],
    allows: [
      [GO('gcr.io/distroless/static-debian13'), CLIENT],
      [GO('debian:trixie-slim', 'RUN apt-get update && apt-get install -y ca-certificates'), CLIENT],
      [GO('scratch', 'COPY --from=b /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/'), CLIENT],
      [GO('scratch'), { 'go.mod': 'module x\n', 'a_test.go': 'http.Get("https://example.com")' }],
    ],
  },
  'bash-only': {
    catches: [
      [lines('FROM node:24', 'RUN if [[ "$A" == "b" ]]; then npm ci; fi')],
      [lines('FROM alpine:3.22', 'RUN mkdir -p /app/{logs,data}')],
      [lines('FROM python:3.13-slim-bookworm', 'RUN set -o pipefail && curl https://example.com | sh')],
    ],
    allows: [
      [lines('FROM node:24', 'SHELL ["/bin/bash", "-c"]', 'RUN [[ a == a ]] && mkdir /x/{a,b}')],
      [lines('FROM node:24', 'RUN bash -c "[[ a == a ]] && mkdir /x/{a,b}"', 'RUN mkdir -p ${HOME}/x')],
      [lines('FROM alpine:3.22', 'RUN set -o pipefail && [[ a = a ]]')],
      [lines('FROM node:24', "RUN echo '{a,b}' && find . -name x -exec rm {} +")],
    ],
  },
  'comment-taken': {
    catches: [[lines('FROM node:24', 'WORKDIR /app # here')], [lines('FROM node:24', 'USER node # not root')]],
    allows: [[lines('FROM node:24', '# here', 'WORKDIR /app')], [lines('FROM node:24', 'RUN npm ci # fast')]],
  },
  'migration-in-build': {
    catches: [
      [lines('FROM python:3.13', 'RUN pip install x && python manage.py migrate --noinput')],
      [lines('FROM node:24', 'RUN npx prisma migrate deploy')],
    ],
    allows: [
      [
        lines(
          'FROM python:3.13',
          'RUN python manage.py collectstatic',
          'CMD python manage.py migrate && exec gunicorn a',
        ),
      ],
      [lines('FROM node:24', 'RUN npx prisma generate')],
    ],
  },
  'archive-packed': {
    catches: [
      [lines('FROM debian:trixie', 'ADD https://example.com/t.tar.gz /opt/')],
      [lines('FROM debian:trixie', 'ADD https://example.com/t.tgz /opt/', 'RUN /opt/t/install')],
    ],
    allows: [
      [lines('FROM debian:trixie', 'ADD https://example.com/t.tar.gz /opt/', 'RUN cd /opt && tar xf t.tar.gz')],
      [lines('FROM debian:trixie', 'ADD t.tar.gz /opt/', 'ADD https://example.com/x.jar /opt/'), { 't.tar.gz': '' }],
    ],
  },
  'go-package-missing': {
    catches: [
      [
        lines('FROM golang:1.26', 'WORKDIR /src', 'COPY . .', 'RUN CGO_ENABLED=0 go build -o /app .'),
        { 'go.mod': '', 'cmd/api/main.go': 'package main' },
      ],
      [
        lines('FROM golang:1.26', 'COPY . /src', 'WORKDIR /src', 'RUN go build ./cmd/web'),
        { 'go.mod': '', 'cmd/api/main.go': '' },
      ],
    ],
    allows: [
      [lines('FROM golang:1.26', 'WORKDIR /src', 'COPY . .', 'RUN go build ./server'), { 'deploy.yaml': '' }],
      [
        lines('FROM golang:1.26', 'WORKDIR /src', 'COPY . .', 'RUN go build -o /app ./cmd/api'),
        { 'go.mod': '', 'cmd/api/main.go': '' },
      ],
      [
        lines('FROM golang:1.26', 'WORKDIR /src', 'COPY . .', 'RUN go build ./...'),
        { 'go.mod': '', 'cmd/api/main.go': '' },
      ],
      [
        lines('FROM golang:1.26', 'WORKDIR /src', 'COPY cmd/api .', 'RUN go build .'),
        { 'go.mod': '', 'cmd/api/main.go': '' },
      ],
      [
        lines('FROM golang:1.26', 'WORKDIR /src', 'RUN git clone x .', 'COPY . .', 'RUN go build .'),
        { 'go.mod': '', 'a/b.go': '' },
      ],
    ],
  },
  'next-static-missing': {
    catches: [
      [lines('FROM node:24 AS b', 'FROM node:24', 'COPY --from=b /app/.next/standalone ./')],
      [
        lines(
          'FROM node:24 AS b',
          'FROM node:24',
          'COPY --from=b /app/.next/standalone ./',
          'COPY --from=b /app/.next/static ./.next/static',
        ),
        { 'public/a.png': '' },
      ],
    ],
    allows: [
      [
        lines(
          'FROM node:24 AS b',
          'FROM node:24',
          'COPY --from=b /a/.next ./.next',
          'COPY --from=b /a/.next/standalone ./',
        ),
      ],
      [
        lines('FROM node:24 AS b', 'FROM node:24', 'COPY --from=b /app/.next/standalone ./'),
        { 'next.config.mjs': "export default { assetPrefix: 'https://cdn.example.com' };\n" },
      ],
      [
        lines(
          'FROM node:24 AS b',
          'FROM node:24',
          'COPY --from=b /app/.next/standalone ./',
          'COPY --from=b /app/.next/static ./.next/static',
          'COPY --from=b /app/public ./public',
        ),
        { 'public/a.png': '' },
      ],
      [
        lines(
          'FROM node:24 AS b',
          'RUN npm run build && cp -r .next/static .next/standalone/.next/',
          'FROM node:24',
          'COPY --from=b /app/.next/standalone ./',
        ),
      ],
    ],
  },
};
