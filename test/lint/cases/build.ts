import { type Cases, lines, packageJson } from './case.ts';

const LOCKED = { 'package.json': packageJson({}), 'package-lock.json': '{}' };

/** What would not build. */
export const BUILD: Cases = {
  'copy-source-missing': {
    catches: [
      [lines('FROM node:24', 'COPY package.json yarn.lock ./'), LOCKED],
      [lines('FROM node:24', 'RUN --mount=type=cache,target=/x true', 'COPY ["app dir", "/app/"]'), LOCKED],
      [lines('FROM eclipse-temurin:21-jre', 'COPY target/app.jar /app.jar'), { 'pom.xml': '<project/>' }],
      [lines('FROM node:24', 'ARG DIR=web', 'COPY ${DIR}/src ./src'), { 'api/src/a.js': '' }],
      [lines('FROM eclipse-temurin:21-jre', 'COPY target/*.jar app.jar'), { 'pom.xml': '<project/>' }],
      [lines('FROM node:24', 'RUN --mount=type=bind,source=yarn.lock,target=yarn.lock yarn'), LOCKED],
      [lines('FROM nginx:1.30', 'COPY public /x'), { '.gitignore': '/public/\n' }],
    ],
    allows: [
      [lines('FROM node:24', 'COPY package.json yarn.lock* ./'), LOCKED],
      [
        lines('FROM node:24', 'COPY ./package*.json /app/', 'COPY ../package.json /app/', 'COPY /package.json .'),
        LOCKED,
      ],
      [lines('FROM node:24 AS build', 'FROM node:24', 'COPY --from=build /nowhere /x'), LOCKED],
      [lines('FROM node:24 AS unused', 'COPY gone .', 'FROM node:24', 'COPY package.json .'), LOCKED],
      [
        lines(
          'FROM node:24',
          'ARG DIR',
          'COPY ${DIR}/x .',
          'ADD https://example.org/a.tgz /a/',
          'COPY <<EOF /b',
          'x',
          'EOF',
        ),
        LOCKED,
      ],
      [lines('FROM node:24', 'COPY deps/lib /lib'), { '.gitmodules': '[submodule "deps"]\n\tpath = deps\n' }],
    ],
  },
  'copy-source-ignored': {
    catches: [
      [lines('FROM node:24', 'COPY dist ./dist'), { 'dist/a.js': '', '.dockerignore': 'dist\n' }],
      [lines('FROM node:24', 'COPY package.json .'), { 'package.json': '{}', '.dockerignore': '*\n!src\n' }],
      [
        lines('FROM node:24', 'COPY package.json .'),
        { 'package.json': '{}', 'Dockerfile.dockerignore': '*.json', '.dockerignore': 'x' },
      ],
    ],
    allows: [
      [lines('FROM node:24', 'COPY src ./src'), { 'src/a.js': '', '.dockerignore': '*\n!src\n' }],
      [
        lines('FROM node:24', 'COPY docs ./docs'),
        { 'docs/a.md': '', 'docs/b.md': '', '.dockerignore': 'docs\n!docs/b.md\n' },
      ],
      [lines('FROM node:24', 'COPY dist ./dist'), { 'dist/a.js': '', '.dockerignore': 'web/dist\n' }],
      [
        lines('FROM node:24', 'COPY dist ./dist'),
        { 'dist/a.js': '', 'Dockerfile.dockerignore': '', '.dockerignore': 'dist' },
      ],
    ],
  },
  'stage-unknown': {
    catches: [
      [lines('FROM node:24 AS build', 'FROM node:24-slim', 'COPY --from=builder /app /app')],
      [lines('FROM node:24', 'COPY --from=build /a /a', 'FROM node:24 AS build')],
      [lines('FROM base', 'FROM node:24 AS base')],
      [lines('FROM node:24 AS a', 'COPY --from=a /x /y')],
      [lines('ARG IMG=x', 'FROM node:24', 'COPY --from=$IMG /x /y')],
      [lines('FROM node:24', 'COPY --from=1 /x /y')],
    ],
    allows: [
      [lines('FROM node:24 AS Build', 'FROM node:24-slim', 'COPY --from=build /app /app', 'COPY --from=0 /x /y')],
      [lines('FROM node:24', 'COPY --from=composer:2 /usr/bin/composer /usr/bin/', 'COPY --from=nginx /etc/nginx /n')],
      [lines('FROM our-own-base', 'COPY --from=our-own-tools /x /y')],
      [lines('FROM node:24', 'COPY --from=assets /x /y'), { 'compose.yaml': 'additional_contexts:\n  assets: ./a\n' }],
      [lines('FROM node', 'FROM alpine:3.24 AS node')],
    ],
  },
  'from-invalid': {
    catches: [
      [lines('FROM node:$VERSION')],
      [lines('FROM python:>=')],
      [lines('FROM node:-slim')],
      [lines('FROM eclipse-temurin:JavaVersion VERSION_17-jdk-jammy')],
      [lines('ARG BASE', 'FROM ${BASE}')],
      [lines('ARG V=', 'FROM node:$V')],
      [lines('FROM Node:24')],
    ],
    allows: [
      [lines('ARG VERSION=24', 'FROM node:${VERSION}-slim')],
      [
        lines(
          'FROM node:${VERSION:-24}',
          'FROM --platform=$BUILDPLATFORM registry.example.org:5000/team/node:24@sha256:0123456789abcdef0123456789abcdef',
        ),
      ],
      [lines('FROM scratch', 'FROM node:24 AS x')],
    ],
  },
  'arg-out-of-scope': {
    catches: [
      [lines('FROM node:24', 'WORKDIR /srv/$SERVICE')],
      [lines('ARG APP_DIR=/app', 'FROM node:24', 'WORKDIR $APP_DIR')],
      [lines('ARG REV=1', 'FROM node:24', 'RUN echo ${REV} > /rev')],
    ],
    allows: [
      [lines('FROM golang:1.26', 'ARG TARGETARCH', 'COPY app-$TARGETARCH $GOPATH/bin/app', 'WORKDIR $HOME')],
      [lines('ARG APP_DIR=/app', 'FROM node:24', 'ARG APP_DIR', 'WORKDIR $APP_DIR')],
      [lines('ARG NODE_VERSION=24', 'FROM node:$NODE_VERSION', 'RUN echo $NODE_VERSION')],
      [lines('ARG X=1', 'FROM node:24', 'RUN X=2 && echo $X', "RUN echo '$X'", 'CMD ["$X"]')],
      [lines('ARG X=1', 'FROM our/base:1', 'WORKDIR $X')],
      [lines('ARG X=1', 'FROM node:24 AS a', 'ARG X', 'FROM a', 'ENV Y=$X')],
    ],
  },
  'tool-missing': {
    catches: [
      [lines('FROM python:3.13-slim-trixie', 'RUN adduser --system app')],
      [lines('FROM python:3.13', 'RUN python -m venv /v && source /v/bin/activate && pip install a')],
      [lines('FROM node:24-trixie-slim', 'RUN sudo mkdir /x')],
      [lines('FROM node:24-alpine3.23', 'SHELL ["/bin/bash", "-c"]')],
      [lines('FROM eclipse-temurin:21-jre', 'RUN npm ci')],
      [lines('FROM alpine:3.24', 'RUN apt-get update && apt-get install -y curl')],
      [lines('FROM debian:trixie-slim', 'RUN apk add --no-cache curl')],
      [lines('FROM node:26-trixie-slim', 'RUN corepack enable')],
      [lines('FROM node:26', 'RUN yarn install --frozen-lockfile')],
      [lines('FROM node:24-slim', 'RUN git clone https://example.org/x.git')],
      [lines('FROM alpine:3.24', 'RUN apk add --no-cache ca-certificates libpq', 'RUN useradd -r app')],
      [lines('FROM python:3.13-slim', 'RUN pip install -r requirements.txt && npm ci')],
      [lines('FROM python:3.13-slim', 'RUN curl -sSLo /x https://example.org/x')],
    ],
    allows: [
      [lines('FROM python:3.13-slim-bookworm', 'RUN adduser --system app')],
      [lines('FROM debian:trixie', 'RUN apt-get update && apt-get install -y adduser && adduser --system app')],
      [lines('FROM python:3.13', 'RUN . /v/bin/activate', 'RUN bash -c "source /v/bin/activate"')],
      [lines('FROM python:3.13', 'SHELL ["/bin/bash", "-c"]', 'RUN source /v/bin/activate')],
      [lines('FROM node:24-alpine3.23', 'RUN source /x && apk add --no-cache bash', 'SHELL ["/bin/bash", "-c"]')],
      [lines('FROM node:24-trixie-slim', 'RUN apt-get update && apt-get install -y sudo && sudo mkdir /x')],
      [lines('FROM node:24-slim', 'RUN corepack enable && pnpm -v', 'RUN yarn install')],
      [lines('FROM alpine:3.24', 'RUN apk add --no-cache nodejs npm', 'RUN npm ci')],
      [lines('FROM node:26-slim', 'RUN npm i -g yarn@1', 'RUN yarn install')],
      [lines('FROM debian:trixie-slim', 'COPY --from=node:24 /usr/local/bin/ /usr/local/bin/', 'RUN npm ci')],
      [
        lines(
          'FROM debian:trixie-slim',
          'RUN apt-get update && apt-get install -y something-big',
          'RUN curl https://x',
        ),
      ],
      [lines('FROM our/base:1', 'RUN npm ci')],
      [lines('FROM debian:trixie-slim', 'RUN which curl || apt-get install -y curl', 'RUN if true; then curl x; fi')],
      [lines('FROM node:24-slim', 'RUN apt-get update && apt-get install -y git && git clone x')],
      [
        lines(
          'FROM debian:trixie-slim AS base',
          'RUN apt-get update && apt-get install -y curl',
          'FROM base',
          'RUN curl x',
        ),
      ],
      [lines('FROM python:3.13-slim', 'COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /bin/', 'RUN uv sync')],
    ],
  },
  'user-taken': {
    catches: [
      [lines('FROM node:24', 'RUN useradd -m -u 1000 app')],
      [lines('FROM eclipse-temurin:21-jre-noble', 'RUN groupadd --gid 1000 app && useradd --uid=1000 -g app app')],
      [lines('FROM node:24-alpine', 'RUN adduser -D -u 1000 app')],
      [lines('FROM node:24', 'RUN useradd node')],
    ],
    allows: [
      [lines('FROM node:24', 'RUN useradd -m -u 10001 app')],
      [lines('FROM python:3.13-slim', 'RUN useradd -u 1000 app')],
      [lines('FROM node:24', 'RUN userdel -r node && useradd -u 1000 app')],
      [lines('FROM node:24', 'RUN useradd --non-unique -u 1000 app')],
      [lines('FROM ubuntu:22.04', 'RUN useradd -u 1000 app')],
    ],
  },
  'install-file-missing': {
    catches: [
      [
        lines('FROM python:3.13', 'WORKDIR /app', 'COPY prod.txt .', 'RUN pip install -r prod.txt'),
        { 'prod.txt': '-r base.txt\ngunicorn\n', 'base.txt': 'flask\n' },
      ],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY package.json ./', 'RUN npm ci'), LOCKED],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci'), { 'package.json': '{}' }],
      [
        lines(
          'FROM python:3.13-slim',
          'WORKDIR /app',
          'COPY app.py .',
          'RUN pip install --no-cache-dir -r requirements.txt',
        ),
        { 'app.py': '', 'requirements.txt': '' },
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'RUN npm i -g pnpm@10',
          'COPY package.json ./',
          'RUN pnpm install --frozen-lockfile',
        ),
        { 'package.json': '{}', 'pnpm-lock.yaml': '' },
      ],
      [lines('FROM golang:1.27', 'WORKDIR /src', 'COPY main.go .', 'RUN go build -o /app .'), { 'main.go': '' }],
      [
        lines('FROM maven:3.9-eclipse-temurin-21', 'WORKDIR /src', 'COPY src src', 'RUN mvn -B package'),
        { 'src/A.java': '', 'pom.xml': '' },
      ],
      [lines('FROM python:3.13-slim', 'COPY . .', 'RUN pipenv install --deploy'), { Pipfile: '' }],
      [lines('FROM eclipse-temurin:21-jdk', 'WORKDIR /app', 'COPY . .', 'RUN ./mvnw package'), { 'pom.xml': '' }],
      [
        lines('FROM eclipse-temurin:21-jdk', 'WORKDIR /app', 'COPY . .', 'RUN ./gradlew build'),
        {
          gradlew: '#!/bin/sh\nCLASSPATH=gradle/wrapper/gradle-wrapper.jar\n',
          'gradle/wrapper/gradle-wrapper.jar': '',
          '.dockerignore': '**/*.jar',
        },
      ],
    ],
    allows: [
      [
        lines('FROM python:3.13', 'WORKDIR /app', 'COPY *.txt ./', 'RUN pip install -r prod.txt'),
        { 'prod.txt': '-r base.txt\n# -r old.txt\n-r https://example.org/r.txt\n', 'base.txt': 'flask\n' },
      ],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY package.json package-lock.json ./', 'RUN npm ci'), LOCKED],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci'), LOCKED],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'RUN --mount=type=bind,source=package.json,target=package.json --mount=type=bind,source=package-lock.json,target=package-lock.json npm ci',
        ),
        LOCKED,
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package.json ./', 'RUN npm install --package-lock-only && npm ci'),
        { 'package.json': '{}' },
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'COPY web/package.json web/package-lock.json web/',
          'RUN cd web && npm ci',
          'RUN npm ci --prefix web',
        ),
        { 'web/package.json': '{}', 'web/package-lock.json': '{}' },
      ],
      [lines('FROM our/base:1', 'RUN npm ci'), LOCKED],
      [
        lines('FROM eclipse-temurin:21-jdk', 'WORKDIR /app', 'COPY . .', 'RUN ./gradlew build'),
        { gradlew: '#!/bin/sh\n', 'gradle/wrapper/gradle-wrapper.jar': '' },
      ],
      [lines('FROM node:24', 'WORKDIR /app', 'RUN git clone https://example.org/x.git .', 'RUN npm ci'), {}],
      [
        lines('FROM python:3.13', 'COPY requirements/ /tmp/req/', 'RUN pip install -r /tmp/req/base.txt'),
        { 'requirements/base.txt': '' },
      ],
      [
        lines(
          'FROM node:24 AS src',
          'WORKDIR /s',
          'COPY . .',
          'FROM node:24',
          'WORKDIR /app',
          'COPY --from=src /s ./',
          'RUN npm ci',
        ),
        LOCKED,
      ],
    ],
  },
  'copy-path-missing': {
    catches: [
      [
        lines(
          'FROM node:24-trixie AS build',
          'WORKDIR /app',
          'COPY package.json package-lock.json ./',
          'RUN npm ci',
          'COPY . .',
          'RUN npm run build',
          'FROM nginxinc/nginx-unprivileged:1.30-trixie',
          'COPY --from=build /app/build /usr/share/nginx/html',
        ),
        {
          ...LOCKED,
          'package.json': packageJson({
            scripts: { build: 'tsc -b && vite build' },
            devDependencies: { vite: '7', typescript: '5' },
          }),
          'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
          'tsconfig.app.json': '{ "compilerOptions": { "noEmit": true } }',
          'index.html': '',
        },
      ],
      [
        lines(
          'FROM golang:1.26-trixie AS build',
          'WORKDIR /src',
          'COPY go.mod ./',
          'RUN go mod download',
          'COPY . .',
          'RUN CGO_ENABLED=0 go build -o /out/app .',
          'FROM gcr.io/distroless/static-debian13:nonroot',
          'COPY --from=build /out/server /server',
          'ENTRYPOINT ["/server"]',
        ),
        { 'go.mod': 'module x\n', 'main.go': 'package main\n' },
      ],
      [
        lines(
          'FROM node:24-trixie AS build',
          'WORKDIR /app',
          'COPY package.json package-lock.json ./',
          'RUN npm ci',
          'COPY . .',
          'RUN npm run build',
          'FROM node:24-trixie-slim',
          'WORKDIR /app',
          'COPY --from=build /app/.next/standalone ./',
          'CMD ["node", "server.js"]',
        ),
        {
          ...LOCKED,
          'package.json': packageJson({ scripts: { build: 'next build' }, dependencies: { next: '16' } }),
          'next.config.js': 'module.exports = {};',
        },
      ],
      [
        lines(
          'FROM maven:3.9-eclipse-temurin-21 AS build',
          'WORKDIR /src',
          'COPY . .',
          'RUN mvn -B package',
          'FROM eclipse-temurin:21-jre',
          'COPY --from=build /src/target/app.jar /app.jar',
        ),
        { 'pom.xml': '<project><artifactId>demo</artifactId><version>1.0</version></project>' },
      ],
      [
        lines(
          'FROM node:24 AS build',
          'WORKDIR /app',
          'COPY . .',
          'RUN npm run build',
          'FROM node:24',
          'COPY --from=build /app/build /app/build',
        ),
        {
          'package.json': packageJson({ scripts: { build: 'tsc' } }),
          'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}',
        },
      ],
      [
        lines(
          'FROM node:24 AS build',
          'WORKDIR /src',
          'COPY . .',
          'RUN npm run build',
          'FROM node:24',
          'COPY --from=build /app/dist ./dist',
        ),
        LOCKED,
      ],
      [
        lines(
          'FROM scratch AS files',
          'COPY package.json /',
          'FROM node:24',
          'COPY --from=files /package-lock.json /x/',
        ),
        LOCKED,
      ],
      [
        lines(
          'FROM node:24 AS deps',
          'WORKDIR /app',
          'COPY package.json .',
          'FROM node:24',
          'COPY --from=deps /app/server.js /x/',
        ),
        LOCKED,
      ],
    ],
    allows: [
      [
        lines(
          'FROM node:24-trixie AS build',
          'WORKDIR /app',
          'COPY package.json ./',
          'RUN pnpm install',
          'FROM node:24-trixie-slim',
          'COPY --from=build /app/pnpm-lock.yaml ./',
        ),
        LOCKED,
      ],
      [
        lines(
          'FROM node:24-trixie AS build',
          'WORKDIR /app',
          'COPY package.json package-lock.json ./',
          'RUN npm ci',
          'COPY . .',
          'RUN npm run build',
          'FROM nginxinc/nginx-unprivileged:1.30-trixie',
          'COPY --from=build /app/dist /usr/share/nginx/html',
        ),
        {
          ...LOCKED,
          'package.json': packageJson({
            scripts: { build: 'tsc -b && vite build' },
            devDependencies: { vite: '7', typescript: '5' },
          }),
          'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
          'tsconfig.app.json': '{ "compilerOptions": { "noEmit": true } }',
          'index.html': '',
        },
      ],
      [
        lines(
          'FROM node:24-trixie AS build',
          'WORKDIR /app',
          'COPY package.json package-lock.json ./',
          'RUN npm ci',
          'COPY . .',
          'RUN npm run build',
          'FROM nginxinc/nginx-unprivileged:1.30-trixie',
          'COPY --from=build /app/build /usr/share/nginx/html',
        ),
        {
          ...LOCKED,
          'package.json': packageJson({
            scripts: { build: 'tsc -b && vite build' },
            devDependencies: { vite: '7', typescript: '5' },
          }),
          'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
          'tsconfig.app.json': '{ "compilerOptions": { "noEmit": true } }',
          'index.html': '',
          'vite.config.ts': "export default { build: { outDir: 'build' } };",
        },
      ],
      [
        lines(
          'FROM golang:1.26-trixie AS build',
          'WORKDIR /src',
          'COPY go.mod ./',
          'RUN go mod download',
          'COPY . .',
          'RUN CGO_ENABLED=0 go build -o /out/server .',
          'FROM gcr.io/distroless/static-debian13:nonroot',
          'COPY --from=build /out/server /server',
          'ENTRYPOINT ["/server"]',
        ),
        { 'go.mod': 'module x\n', 'main.go': 'package main\n' },
      ],
      [
        lines(
          'FROM node:24-trixie AS build',
          'WORKDIR /app',
          'COPY package.json package-lock.json ./',
          'RUN npm ci',
          'COPY . .',
          'RUN npm run build',
          'FROM node:24-trixie-slim',
          'WORKDIR /app',
          'COPY --from=build /app/.next/standalone ./',
          'CMD ["node", "server.js"]',
        ),
        {
          ...LOCKED,
          'package.json': packageJson({ scripts: { build: 'next build' }, dependencies: { next: '16' } }),
          'next.config.js': "module.exports = { output: 'standalone' };",
        },
      ],
      [
        lines(
          'FROM maven:3.9-eclipse-temurin-21 AS build',
          'WORKDIR /src',
          'COPY . .',
          'RUN mvn -B package',
          'FROM eclipse-temurin:21-jre',
          'COPY --from=build /src/target/demo-1.0.jar /app.jar',
        ),
        {
          'pom.xml':
            '<project><parent><artifactId>p</artifactId><version>1.0</version></parent><artifactId>demo</artifactId></project>',
        },
      ],
      [
        lines(
          'FROM maven:3.9-eclipse-temurin-21 AS build',
          'WORKDIR /src',
          'COPY . .',
          'RUN mvn -B package',
          'FROM eclipse-temurin:21-jre',
          'COPY --from=build /src/target/app.jar /app.jar',
        ),
        {
          'pom.xml':
            '<project><artifactId>demo</artifactId><version>1</version><build><finalName>app</finalName></build></project>',
        },
      ],
      [
        lines(
          'FROM node:24 AS build',
          'WORKDIR /app',
          'COPY . .',
          'RUN npm run build',
          'FROM node:24',
          'COPY --from=build /app/build /app/build',
        ),
        {
          'package.json': packageJson({ scripts: { build: 'tsc && node pack.js' } }),
          'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}',
        },
      ],
      [
        lines(
          'FROM python:3.13 AS build',
          'COPY package.json /code/',
          'RUN pip install x',
          'FROM python:3.13-slim',
          'COPY --from=build /code /code',
        ),
        LOCKED,
      ],
      [
        lines(
          'FROM node:24 AS b',
          'WORKDIR /work/dir',
          'RUN mkdir -p /out/logs && chown 1:1 /out',
          'FROM scratch',
          'COPY --from=b /out /x',
          'COPY --from=b /work /y',
        ),
      ],
      [
        lines(
          'FROM node:24 AS b',
          'ARG DIR=/data',
          'RUN install -d -m 1777 $DIR ${OTHER}',
          'FROM scratch',
          'COPY --from=b /data /x',
          'COPY --from=b /other /y',
        ),
      ],
      [
        lines(
          'FROM node:24 AS build',
          'WORKDIR /app',
          'COPY . .',
          'RUN npm run build',
          'FROM node:24',
          'COPY --from=build /app/dist ./dist',
        ),
        LOCKED,
      ],
      [
        lines(
          'FROM node:24 AS build',
          'WORKDIR /src',
          'RUN mkdir /out && cp -r x /out',
          'FROM node:24',
          'COPY --from=build /out /x',
        ),
        LOCKED,
      ],
      [
        lines(
          'FROM node:24 AS build',
          'ENV OUT=/out',
          'RUN make install DESTDIR=$OUT',
          'FROM node:24',
          'COPY --from=build /out/bin /x',
        ),
        LOCKED,
      ],
      [lines('FROM our/base:1 AS build', 'FROM node:24', 'COPY --from=build /app/dist ./dist'), LOCKED],
      [lines('FROM node:24 AS build', 'FROM node:24', 'COPY --from=build /usr/local/bin/node /node'), LOCKED],
      [
        lines(
          'FROM node:24 AS deps',
          'WORKDIR /app',
          'COPY package*.json .',
          'FROM node:24',
          'COPY --from=deps /app/package-lock.json /x/',
        ),
        LOCKED,
      ],
    ],
  },
  'apt-incomplete': {
    catches: [
      [
        lines(
          'FROM debian:trixie-slim',
          'RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*',
          'RUN apt-get install -y tini',
        ),
      ],
      [lines('FROM debian:trixie-slim', 'RUN apt-get update && apt-get install curl')],
      [lines('FROM node:24', 'RUN apt-get update && apt-get install sqlite3')],
      [lines('FROM node:24-slim', 'RUN apt-get install -y git')],
      [
        lines(
          'FROM ubuntu:24.04 AS base',
          'ENV A=1',
          'FROM base',
          'RUN DEBIAN_FRONTEND=noninteractive apt-get install -yq git',
        ),
      ],
    ],
    allows: [
      [
        lines(
          'FROM debian:trixie-slim',
          'RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*',
          'RUN apt-get update && apt-get install -y tini',
        ),
      ],
      [lines('FROM debian:trixie-slim', 'RUN apt-get update && apt-get install -yq curl')],
      [lines('FROM debian:trixie-slim', 'RUN apt-get update', 'RUN apt-get install --yes curl')],
      [
        lines(
          'FROM debian:trixie-slim',
          'RUN apt-get -y update && apt-get -y install curl',
          'RUN apt-get -qq install curl',
        ),
      ],
      [lines('FROM debian:trixie-slim', 'COPY a.deb /tmp/', 'RUN apt-get install -y /tmp/a.deb')],
      [lines('FROM our/base:1', 'RUN apt-get install git')],
      [
        lines(
          'FROM node:24',
          'RUN curl -fsSL https://deb.nodesource.com/setup_24.x | bash - && apt-get install -y nodejs',
        ),
      ],
    ],
  },
  'run-without-effect': {
    catches: [
      [lines('FROM debian:trixie', 'RUN x && service redis-server start')],
      [lines('FROM node:24', 'RUN cd /app')],
      [lines('FROM node:24', 'RUN export A=1 B=2')],
    ],
    allows: [
      [lines('FROM node:24', 'RUN cd /app && npm ci')],
      [lines('FROM debian:trixie', 'RUN service mariadb start && mariadb -e "CREATE DATABASE a"')],
      [lines('FROM node:24', 'RUN export A=1 > /etc/env', 'RUN A=1')],
    ],
  },
  'pipe-unchecked': {
    catches: [
      [lines('FROM node:24', 'RUN curl -fsSL https://example.org/a | bash')],
      [lines('FROM node:24', 'RUN mkdir /x && wget -qO- https://example.org/a.tgz | tar xz -C /x')],
    ],
    allows: [
      [lines('FROM node:24', 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]', 'RUN curl https://example.org/a | bash')],
      [lines('FROM node:24', 'RUN set -o pipefail; curl https://example.org/a | bash')],
      [lines('FROM node:24', 'RUN curl -o /a https://example.org/a && bash /a', 'RUN cat /a | grep b')],
      [lines('FROM node:24', 'RUN echo a | curl --data @- https://example.org/a')],
    ],
  },
  'root-needed': {
    catches: [
      [lines('FROM node:24', 'USER node', 'RUN apt-get update && apt-get install -y tini')],
      [lines('FROM node:24', 'USER node', 'RUN npm install -g pm2@6')],
      [lines('FROM node:24', 'USER node', 'RUN corepack enable')],
      [lines('FROM node:24', 'WORKDIR /app', 'USER node', 'COPY package*.json ./', 'RUN npm ci'), LOCKED],
    ],
    allows: [
      [lines('FROM node:24', 'USER node', 'RUN corepack enable --install-directory /home/node/bin')],
      [lines('FROM node:24', 'USER node', 'USER root', 'RUN apt-get update && apt-get install -y tini')],
      [lines('FROM node:24', 'USER node', 'RUN sudo apt-get update')],
      [lines('FROM node:24', 'ENV NPM_CONFIG_PREFIX=/home/node/.npm', 'USER node', 'RUN npm install -g pm2@6')],
      [lines('FROM node:24', 'USER node', 'WORKDIR /home/node/app', 'COPY package*.json ./', 'RUN npm ci'), LOCKED],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'RUN chown node /app',
          'USER node',
          'COPY package*.json ./',
          'RUN npm ci',
        ),
        LOCKED,
      ],
      [lines('FROM registry.example.org/base:1', 'RUN apt-get update')],
    ],
  },
  'instruction-invalid': {
    catches: [
      [lines('FROM node:24', 'COPY --owner=node a /b')],
      [lines('FROM node:24', 'RUN --mount=type=cash,target=/x true')],
      [lines('FROM node:24', 'ENV PORT')],
      [lines('FROM node:24', 'ENV A=1 B')],
      [lines('FROM node:24', 'EXPOSE http')],
      [lines('FROM node:24', 'EXPOSE 99999')],
      [lines('FROM node:24', 'USER')],
      [lines('FROM node:24', 'SHELL /bin/bash')],
      [lines('FROM node:24', 'HEALTHCHECK curl localhost')],
      [lines('FROM node:24', 'HEALTHCHECK --interval=5 CMD true')],
      [lines('FROM node:24', 'RUN <<EOF', 'echo a', 'USER node')],
      [lines('FROM node:24 AS a', 'FROM node:24 AS a')],
      [lines('FROM node:24', 'RUNN npm ci')],
      [lines('FROM node:24', 'RUN npm ci', '  && npm test')],
      [lines('ENV A=1', 'FROM node:24')],
      [lines('# nothing here')],
      [lines('FROM node:24', 'COPY package.json')],
      [lines('FROM node:24', 'WORKDIR', 'RUN npm ci')],
    ],
    allows: [
      [lines('FROM node:24', 'ENV A=1 B="x y" C=a\\ b', 'ENV D some value', 'ENV E=', 'LABEL "a b"=c')],
      [lines('FROM node:24', 'ARG P=1', 'EXPOSE 80/TCP 5000-5005/udp $P ${P}/tcp 8080:80')],
      [
        lines(
          'FROM node:24',
          'HEALTHCHECK --interval=1m30s --start-period=0s --retries=3 CMD true',
          'HEALTHCHECK none',
        ),
      ],
      [lines('# syntax=docker/dockerfile:1-labs', 'FROM node:24', 'RUN --later=1 true')],
      [lines('FROM node:24', 'ARG T=cache', 'RUN --mount=type=$T,target=/x true', 'RUN --mount=target=/x true')],
      [lines('FROM node:24', 'COPY <<"A" <<-B /cfg/', 'x', 'A', '\ty', '\tB', 'RUN echo "<<X" $((1<<2))')],
      [lines('from node:24', 'run npm ci \\', '  && npm test', 'maintainer me')],
      [lines('FROM node:24', 'CMD', 'ENTRYPOINT []', 'WORKDIR $A', 'ENV A=')],
      [lines('ARG A=1', 'FROM node:24', 'ONBUILD COPY . .')],
      [lines('FROM node:24', 'RUN <<EOF', 'npm ci', 'EOF', 'COPY ["a b", "/c"]')],
    ],
  },
  'package-script-missing': {
    catches: [
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm run build'),
        { 'package.json': packageJson({ scripts: { start: 'node x' } }) },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package.json .', 'CMD ["npm", "run", "serve"]'),
        { 'package.json': packageJson({}) },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'CMD npm start'),
        { 'package.json': packageJson({}), 'index.js': '' },
      ],
    ],
    allows: [
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm run build'),
        { 'package.json': packageJson({ scripts: { build: 'tsc' } }) },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'CMD npm start'),
        { 'package.json': packageJson({}), 'server.js': '' },
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'COPY . .',
          'RUN npm run build --if-present',
          'RUN npm run lint -w web',
          'RUN cd web && npm run build',
        ),
        { 'package.json': packageJson({}) },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN yarn tsc', 'RUN npm ci'),
        { 'package.json': packageJson({}) },
      ],
    ],
  },
  'install-script-fails': {
    catches: [
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci'),
        {
          ...LOCKED,
          'package.json': packageJson({ scripts: { postinstall: 'node scripts/setup.js' } }),
          'scripts/setup.js': '',
        },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci --omit=dev'),
        { ...LOCKED, 'package.json': packageJson({ scripts: { prepare: 'husky' }, devDependencies: { husky: '9' } }) },
      ],
    ],
    allows: [
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'COPY package*.json ./',
          'RUN npm pkg delete scripts.postinstall && npm install',
        ),
        {
          ...LOCKED,
          'package.json': packageJson({ scripts: { postinstall: 'node scripts/setup.js' } }),
          'scripts/setup.js': '',
        },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci'),
        {
          ...LOCKED,
          'package.json': packageJson({ scripts: { postinstall: 'node scripts/setup.js' } }),
          'scripts/setup.js': '',
        },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci --ignore-scripts'),
        {
          ...LOCKED,
          'package.json': packageJson({ scripts: { postinstall: 'node scripts/setup.js' } }),
          'scripts/setup.js': '',
        },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci --omit=dev'),
        {
          ...LOCKED,
          'package.json': packageJson({ scripts: { prepare: 'husky || true' }, devDependencies: { husky: '9' } }),
        },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci'),
        { ...LOCKED, 'package.json': packageJson({ scripts: { prepare: 'husky' }, devDependencies: { husky: '9' } }) },
      ],
    ],
  },
  'lock-file-unused': {
    catches: [
      [
        lines(
          'FROM node:24-trixie',
          'WORKDIR /app',
          'COPY package.json package-lock.json ./',
          'RUN yarn install --frozen-lockfile',
          'COPY . .',
          'CMD ["node", "server.js"]',
        ),
        { ...LOCKED, 'package.json': packageJson({}), 'server.js': '' },
      ],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY package.json ./', 'RUN npm install', 'COPY . .'), LOCKED],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY web/package.json ./', 'RUN yarn'),
        { 'web/package.json': '{}', 'web/yarn.lock': '' },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm install'),
        { ...LOCKED, '.dockerignore': 'package-lock.json' },
      ],
    ],
    allows: [
      [
        lines(
          'FROM node:24-trixie',
          'WORKDIR /app',
          'COPY package.json yarn.lock ./',
          'RUN yarn install --frozen-lockfile',
          'COPY . .',
          'CMD ["node", "server.js"]',
        ),
        { ...LOCKED, 'package.json': packageJson({}), 'yarn.lock': '', 'server.js': '' },
      ],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm install'), LOCKED],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY package.json ./', 'RUN npm install'), { 'package.json': '{}' }],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package.json ./', 'RUN npm install express', 'RUN npm i -g pnpm'),
        LOCKED,
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'COPY package.json ./',
          'RUN --mount=type=bind,source=package-lock.json,target=package-lock.json npm i',
        ),
        LOCKED,
      ],
    ],
  },
  'version-too-old': {
    catches: [
      [
        lines(
          'FROM node:22-trixie',
          'WORKDIR /app',
          'COPY package.json yarn.lock ./',
          'RUN yarn install --frozen-lockfile',
          'CMD ["node", "server.js"]',
        ),
        { ...LOCKED, 'package.json': packageJson({ engines: { node: '>=24' } }), 'yarn.lock': '' },
      ],
      [
        lines('FROM golang:1.22', 'WORKDIR /s', 'COPY . .', 'RUN go build -o /app .'),
        { 'go.mod': 'module x\n\ngo 1.24.1\n' },
      ],
      [
        lines('FROM rust:1.65', 'WORKDIR /s', 'COPY . .', 'RUN cargo build --release'),
        { 'Cargo.toml': '[package]\nrust-version = "1.85"\n' },
      ],
      [
        lines('FROM python:3.9-slim', 'WORKDIR /s', 'COPY . .', 'RUN pip install .'),
        { 'pyproject.toml': '[project]\nrequires-python = ">=3.12"\n' },
      ],
      [
        lines('FROM maven:3.9-eclipse-temurin-17', 'WORKDIR /s', 'COPY . .', 'RUN mvn -B package'),
        { 'pom.xml': '<java.version>21</java.version>' },
      ],
      [
        lines(
          'FROM maven:3.9-eclipse-temurin-21 AS b',
          'WORKDIR /s',
          'COPY . .',
          'RUN mvn -B package',
          'FROM eclipse-temurin:17-jre',
          'COPY --from=b /s/target/a.jar /a.jar',
          'CMD ["java", "-jar", "/a.jar"]',
        ),
        { 'pom.xml': '<maven.compiler.release>21</maven.compiler.release>' },
      ],
    ],
    allows: [
      [
        lines(
          'FROM node:22-trixie',
          'WORKDIR /app',
          'COPY package.json package-lock.json ./',
          'RUN npm ci',
          'CMD ["node", "server.js"]',
        ),
        { ...LOCKED, 'package.json': packageJson({ engines: { node: '>=24' } }), 'yarn.lock': '' },
      ],
      [
        lines('FROM golang:1.27', 'WORKDIR /s', 'COPY . .', 'RUN go build -o /app .'),
        { 'go.mod': 'module x\n\ngo 1.24.1\n' },
      ],
      [
        lines('FROM golang:1.22', 'ENV GOTOOLCHAIN=auto', 'WORKDIR /s', 'COPY . .', 'RUN go build -o /app .'),
        { 'go.mod': 'go 1.24\n' },
      ],
      [lines('FROM golang:1', 'WORKDIR /s', 'COPY . .', 'RUN go build -o /app .'), { 'go.mod': 'go 1.24\n' }],
      [
        lines('FROM python:3.9-slim', 'WORKDIR /s', 'COPY . .', 'RUN uv sync'),
        { 'pyproject.toml': 'requires-python = ">=3.12"\n' },
      ],
      [
        lines(
          'FROM maven:3.9-eclipse-temurin-21 AS b',
          'WORKDIR /s',
          'COPY . .',
          'RUN mvn -B package',
          'FROM eclipse-temurin:17-jre',
          'COPY --from=b /s/target/a.jar /a.jar',
          'CMD ["java", "-jar", "/a.jar"]',
        ),
        { 'pom.xml': '<maven.compiler.release>17</maven.compiler.release>' },
      ],
    ],
  },
  'ignore-malformed': {
    catches: [
      [lines('FROM scratch', 'COPY a /'), { a: '', '.dockerignore': 'x\n[a\n' }],
      [lines('FROM scratch', 'COPY a /'), { a: '', 'Dockerfile.dockerignore': '!\n' }],
    ],
    allows: [
      [lines('FROM scratch', 'COPY a /'), { a: '', '.dockerignore': '[ab]\n!x\n# [\n\\[a\n' }],
      [lines('FROM scratch', 'COPY a /'), { a: '', 'Dockerfile.dockerignore': '', '.dockerignore': '[a\n' }],
    ],
  },
  'workspace-manifests-missing': {
    catches: [
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci', 'COPY . .'),
        { ...LOCKED, 'package.json': packageJson({ workspaces: ['packages/*'] }), 'packages/a/package.json': '{}' },
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./',
          'RUN pnpm install --frozen-lockfile',
        ),
        {
          'package.json': packageJson({}),
          'pnpm-lock.yaml': '',
          'pnpm-workspace.yaml': "packages:\n  - 'apps/*'\n",
          'apps/web/package.json': '{}',
        },
      ],
    ],
    allows: [
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'COPY package*.json ./',
          'COPY packages/a/package.json packages/a/',
          'RUN npm ci',
        ),
        { ...LOCKED, 'package.json': packageJson({ workspaces: ['packages/*'] }), 'packages/a/package.json': '{}' },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY --parents package*.json packages/*/package.json ./', 'RUN npm ci'),
        { ...LOCKED, 'package.json': packageJson({ workspaces: ['packages/*'] }), 'packages/a/package.json': '{}' },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci'),
        { ...LOCKED, 'package.json': packageJson({ workspaces: ['packages/*'] }), 'packages/a/package.json': '{}' },
      ],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci'), LOCKED],
    ],
  },
};
