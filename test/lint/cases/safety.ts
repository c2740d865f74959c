import { type Cases, lines, packageJson } from './case.ts';

const TOKEN = `npm_${'a'.repeat(36)}`;

/** What would leak, or is not safe to depend on. */
export const SAFETY: Cases = {
  'secret-in-instruction': {
    catches: [
      [lines('FROM node:24', 'RUN --mount=type=secret,id=t cat /run/secrets/t > /app/.token')],
      [lines('FROM node:24', 'RUN --mount=type=secret,id=n cp /run/secrets/n /root/.npmrc && npm ci')],
      [lines('FROM node:24', 'ENV DATABASE_URL=postgres://app:h4rdt0guess@db:5432/app')],
      [lines('FROM node:24', 'ARG NPM_TOKEN', 'RUN npm ci')],
      [lines('FROM node:24', 'ENV DB_PASSWORD=hunter22')],
      [lines('FROM node:24', `RUN echo "//npm.example.com/:_authToken=${TOKEN}" > .npmrc`)],
      [lines('FROM node:24', 'RUN git clone https://me:hunter22@example.org/x.git')],
    ],
    allows: [
      [
        lines(
          'FROM node:24',
          'RUN --mount=type=secret,id=n cp /run/secrets/n /root/.npmrc && npm ci && rm /root/.npmrc',
        ),
      ],
      [lines('FROM node:24', 'RUN --mount=type=secret,id=t TOKEN=$(cat /run/secrets/t) npm ci')],
      [lines('FROM node:24', 'ENV DATABASE_URL=postgres://postgres:postgres@db/app', 'ENV R=redis://redis:6379/0')],
      [lines('FROM node:24', 'RUN DB=mysql://u:h4rdt0guess@localhost/x true', 'ENV M=mongodb://u:$P@db')],
      [lines('FROM node:24', 'ENV NEXT_PUBLIC_KEY=abc GPG_KEY=ABCD KEYCLOAK_URL=x TOKEN_FILE=/run/secrets/t')],
      [lines('FROM node:24', 'RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci')],
      [lines('FROM node:24', 'RUN echo "//npm.example.com/:_authToken=${NPM_TOKEN}" > .npmrc')],
      [
        lines(
          'FROM node:24',
          'ENV DB_PASSWORD=""',
          'RUN SECRET_KEY_BASE_DUMMY=1 rails x',
          'RUN curl https://user:$PASS@example.org',
        ),
      ],
    ],
  },
  'world-writable': {
    catches: [[lines('FROM node:24', 'RUN chmod -R 777 /app')], [lines('FROM node:24', 'RUN chmod -R a+rwX .')]],
    allows: [
      [lines('FROM node:24', 'RUN chmod -R 755 /app && chmod 1777 /tmp && chmod -R g+w /data')],
      [lines('FROM node:24', 'RUN chmod -R 777 /tmp/cache')],
    ],
  },
  'secret-copied': {
    catches: [
      [lines('FROM node:24', 'COPY . .'), { 'api/.env': 'API_KEY=abcdef123456\n', '.dockerignore': '.env\n' }],
      [
        lines('FROM node:24', 'COPY . .'),
        { 'gcp.json': '{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\nMII"}' },
      ],
      [lines('FROM node:24', 'COPY . .'), { '.env': 'API_TOKEN=abcdef123456\n' }],
      [lines('FROM node:24', 'COPY certs /certs'), { 'certs/a.key': '-----BEGIN PRIVATE KEY-----\n' }],
      [
        lines('FROM node:24', 'COPY package.json .npmrc ./'),
        { 'package.json': '{}', '.npmrc': '//r/:_authToken=abcdefghijkl\n' },
      ],
    ],
    allows: [
      [lines('FROM node:24', 'COPY . .'), { 'api/.env': 'API_KEY=abcdef123456\n', '.dockerignore': '**/.env\n' }],
      [lines('FROM node:24', 'COPY . .'), { 'data.json': '{"type": "service_accounts"}' }],
      [lines('FROM node:24', 'COPY . .'), { '.env': 'API_TOKEN=abcdef123456\n', '.dockerignore': '.env\n' }],
      [
        lines('FROM node:24', 'COPY . .'),
        { '.env.example': 'API_TOKEN=abcdef123456\n', '.env': 'PORT=3000\nAPI_TOKEN=\n' },
      ],
      [lines('FROM node:24', 'COPY src ./src'), { '.env': 'API_TOKEN=abcdef123456\n', 'src/a.js': '' }],
      [
        lines('FROM node:24', 'COPY . .'),
        { '.npmrc': '//r/:_authToken=${NPM_TOKEN}\nengine-strict=true\n', 'ca.pem': '-----BEGIN CERTIFICATE-----' },
      ],
    ],
  },
  'runs-as-root': {
    catches: [
      [lines('FROM node:24', 'CMD ["node", "x.js"]')],
      [lines('FROM our/base:1', 'USER root', 'CMD ["x"]')],
      [lines('FROM python:3.13-slim', 'RUN useradd app', 'USER app', 'USER 0', 'CMD ["python", "x.py"]')],
    ],
    allows: [
      [lines('FROM node:24', 'USER node', 'CMD ["node", "x.js"]')],
      [lines('FROM gcr.io/distroless/nodejs24-debian13:nonroot', 'CMD ["x.js"]')],
      [lines('FROM nginx:1.30', 'COPY . /usr/share/nginx/html', 'CMD ["nginx", "-g", "daemon off;"]')],
      [
        lines('FROM node:24', 'COPY run.sh /', 'ENTRYPOINT ["/run.sh"]', 'CMD ["node", "x"]'),
        { 'run.sh': { text: '#!/bin/sh\nexec gosu node "$@"\n', executable: true } },
      ],
      [lines('FROM our/base:1', 'CMD ["x"]')],
      [lines('FROM node:24', 'RUN x')],
    ],
  },
  'floating-tag': {
    catches: [
      [lines('FROM node', 'CMD ["x"]')],
      [lines('FROM alpine:latest')],
      [lines('FROM node:24', 'COPY --from=composer /usr/bin/composer /c')],
      [lines('FROM node:lts-alpine')],
    ],
    allows: [
      [lines('FROM node:24-slim AS a', 'FROM a', 'COPY --from=a /x /y')],
      [lines('FROM node@sha256:0123456789abcdef0123456789abcdef')],
      [lines('FROM debian:trixie-slim')],
      [lines('FROM gcr.io/distroless/nodejs24-debian13', 'FROM scratch')],
      [lines('ARG TAG', 'FROM node:$TAG')],
      [lines('FROM node AS unused', 'FROM node:24')],
    ],
  },
  'end-of-life': {
    catches: [
      [lines('FROM centos:7')],
      [lines('FROM node:14')],
      [lines('FROM python:3.9-slim')],
      [lines('FROM debian:buster-slim')],
      [lines('FROM alpine:3.15')],
      [lines('FROM openjdk:17-jdk-slim')],
      [lines('ARG V=1.20', 'FROM golang:$V AS b', 'FROM debian:trixie', 'COPY --from=b /x /y')],
      [lines('FROM mcr.microsoft.com/dotnet/sdk:6.0')],
      [lines('FROM python:2.7')],
    ],
    allows: [
      [lines('FROM node:24')],
      [lines('FROM python:3.13-slim-trixie')],
      [lines('FROM alpine:3.24')],
      [lines('FROM our/node:14')],
      [lines('FROM node:14 AS old', 'FROM node:24')],
      [lines('FROM eclipse-temurin:8-jre', 'FROM golang:1', 'FROM python:3')],
    ],
  },
  'add-for-copy': {
    catches: [
      [lines('FROM node:24', 'ADD . /app')],
      [lines('FROM node:24', 'ADD --chown=node:node package.json /app/'), { 'package.json': packageJson({}) }],
    ],
    allows: [
      [lines('FROM node:24', 'ADD rootfs.tar.xz /', 'ADD https://example.org/a.js /a.js')],
      [lines('FROM node:24', 'ADD https://github.com/a/b.git /b', 'ADD --unpack=true a.zip /a')],
      [lines('FROM node:24', 'ADD files/* /x/', 'ADD blob /x', 'COPY . .')],
    ],
  },
  'silence-unexplained': {
    catches: [
      [lines('# multistage ignore=floating-tag', 'FROM node')],
      [lines('FROM node:24', 'RUN a \\', '  # multistage ignore=tool-missing --', '  && b')],
    ],
    allows: [
      [lines('# multistage ignore=floating-tag -- we rebuild it each night', 'FROM node')],
      [lines('# hadolint ignore=DL3006', 'FROM node')],
      [lines('# multistage images are small', 'FROM node')],
    ],
  },
  'silence-idle': {
    catches: [
      [lines('# multistage ignore=floating-tag -- because', 'FROM node:24')],
      [lines('# multistage ignore=no-such-rule -- because', 'FROM node')],
    ],
    allows: [
      [lines('# multistage ignore=floating-tag -- because', 'FROM node')],
      [lines('# multistage ignore-file=DL3006 -- because', 'FROM node:24 AS a', 'FROM node')],
      [lines('# hadolint ignore=DL3008', 'FROM node:24')],
    ],
  },
};
