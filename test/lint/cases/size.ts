import { type Cases, lines, packageJson } from './case.ts';

const DEV = packageJson({ dependencies: { express: '5' }, devDependencies: { typescript: '5', vitest: '4' } });

/** What makes images large and rebuilds slow. */
export const SIZE: Cases = {
  'whole-tree-copied': {
    catches: [
      [
        lines(
          'FROM golang:1.27 AS b',
          'WORKDIR /app',
          'COPY . .',
          'RUN go build -o app .',
          'FROM alpine:3.24',
          'COPY --from=b /app /app',
        ),
      ],
      [lines('FROM node:24 AS b', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'FROM node:24', 'COPY --from=b /app/ ./')],
      [lines('FROM node:24 AS b', 'RUN x', 'FROM scratch', 'COPY --from=b / /')],
    ],
    allows: [
      [
        lines(
          'FROM golang:1.27 AS b',
          'WORKDIR /src',
          'COPY . .',
          'RUN go build -o /out/app .',
          'FROM alpine:3.24',
          'COPY --from=b /out /app',
        ),
      ],
      [
        lines(
          'FROM node:24 AS b',
          'WORKDIR /app',
          'COPY package.json .',
          'RUN npm ci',
          'FROM node:24',
          'COPY --from=b /app ./',
        ),
      ],
      [
        lines(
          'FROM node:24 AS b',
          'WORKDIR /app',
          'COPY . .',
          'RUN npm ci',
          'FROM node:24',
          'COPY --from=b /app/dist ./',
        ),
      ],
    ],
  },
  'package-cache-left': {
    catches: [
      [lines('FROM rockylinux:9', 'RUN dnf install -y nginx')],
      [lines('FROM debian:trixie-slim', 'RUN apt-get update && apt-get install -y curl')],
      [lines('FROM alpine:3.24', 'RUN apk update && apk add curl')],
      [lines('FROM python:3.13-slim', 'RUN pip install -r requirements.txt')],
    ],
    allows: [
      [lines('FROM rockylinux:9', 'RUN dnf install -y nginx && dnf clean all')],
      [
        lines(
          'FROM debian:trixie-slim',
          'RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*',
        ),
      ],
      [
        lines(
          'FROM debian:trixie-slim',
          'RUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl',
        ),
      ],
      [
        lines(
          'FROM debian:trixie-slim AS b',
          'RUN apt-get update && apt-get install -y curl',
          'FROM debian:trixie-slim',
        ),
      ],
      [lines('FROM alpine:3.24', 'RUN apk add --no-cache curl', 'RUN apk add curl')],
      [lines('FROM python:3.13-slim', 'ENV PIP_NO_CACHE_DIR=1', 'RUN pip install x')],
      [lines('FROM python:3.13-slim', 'RUN --mount=type=cache,target=/root/.cache/pip pip install x')],
    ],
  },
  'dev-dependencies-shipped': {
    catches: [
      [
        lines(
          'FROM node:24 AS build',
          'WORKDIR /app',
          'COPY package*.json ./',
          'RUN npm ci',
          'FROM node:24',
          'WORKDIR /app',
          'COPY --from=build /app/node_modules ./node_modules',
          'CMD ["node", "x.js"]',
        ),
        { 'package.json': packageJson({ devDependencies: { typescript: '5' } }), 'package-lock.json': '{}' },
      ],
      [
        lines('FROM python:3.13', 'COPY pyproject.toml poetry.lock ./', 'RUN poetry install --no-root'),
        { 'pyproject.toml': '[tool.poetry.group.dev.dependencies]\npytest = "8"\n', 'poetry.lock': '' },
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'COPY package*.json ./',
          'RUN npm ci',
          'COPY . .',
          'CMD ["node", "x.js"]',
        ),
        { 'package.json': DEV },
      ],
      [
        lines(
          'FROM node:24 AS b',
          'WORKDIR /app',
          'COPY . .',
          'RUN npm ci',
          'FROM node:24-slim',
          'WORKDIR /app',
          'COPY package.json .',
          'COPY --from=b /app/node_modules ./node_modules',
          'CMD ["node", "x.js"]',
        ),
        { 'package.json': DEV },
      ],
    ],
    allows: [
      [
        lines(
          'FROM node:24 AS build',
          'WORKDIR /app',
          'COPY package*.json ./',
          'RUN npm ci',
          'FROM build AS production',
          'RUN npm prune --omit=dev',
          'FROM node:24-slim',
          'WORKDIR /app',
          'COPY --from=production /app/node_modules ./node_modules',
          'COPY --from=build --exclude=**/node_modules /app ./',
          'CMD ["node", "x.js"]',
        ),
        { 'package.json': DEV },
      ],
      [
        lines(
          'FROM node:24 AS build',
          'WORKDIR /app',
          'COPY package*.json ./',
          'RUN npm ci',
          'RUN npm prune --omit=dev',
          'FROM node:24',
          'WORKDIR /app',
          'COPY --from=build /app/node_modules ./node_modules',
          'CMD ["node", "x.js"]',
        ),
        { 'package.json': packageJson({ devDependencies: { typescript: '5' } }), 'package-lock.json': '{}' },
      ],
      [
        lines('FROM python:3.13', 'COPY pyproject.toml poetry.lock ./', 'RUN poetry install --only main'),
        { 'pyproject.toml': '[tool.poetry.group.dev.dependencies]\npytest = "8"\n', 'poetry.lock': '' },
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'COPY package*.json ./',
          'RUN npm ci --omit=dev',
          'COPY . .',
          'CMD ["node", "x.js"]',
        ),
        { 'package.json': DEV },
      ],
      [
        lines(
          'FROM node:24 AS b',
          'WORKDIR /app',
          'COPY . .',
          'RUN npm ci',
          'RUN npm prune --omit=dev',
          'FROM node:24-slim',
          'WORKDIR /app',
          'COPY package.json .',
          'COPY --from=b /app/node_modules ./node_modules',
          'CMD ["node", "x.js"]',
        ),
        { 'package.json': DEV },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci', 'CMD ["node", "x.js"]'),
        { 'package.json': packageJson({ devDependencies: { '@types/node': '24' } }) },
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'ENV NODE_ENV=production',
          'COPY package*.json ./',
          'RUN npm install',
          'CMD ["node", "x.js"]',
        ),
        { 'package.json': DEV },
      ],
      [
        lines(
          'FROM node:24',
          'WORKDIR /app',
          'COPY package*.json ./',
          'RUN npm ci',
          'CMD ["npx", "vitest"]',
          'CMD ["vitest"]',
        ),
        { 'package.json': DEV },
      ],
    ],
  },
  'toolchain-shipped': {
    catches: [
      [lines('FROM eclipse-temurin:21-jdk-noble', 'COPY a.jar /', 'CMD ["java", "-jar", "/a.jar"]'), { 'a.jar': '' }],
      [lines('FROM node:24-trixie', 'COPY server.js /', 'CMD ["node", "/server.js"]'), { 'server.js': '' }],
      [lines('FROM golang:1.27', 'COPY . .', 'RUN go build -o /app .', 'CMD ["/app"]')],
      [
        lines(
          'FROM maven:3.9-eclipse-temurin-21',
          'COPY . .',
          'RUN mvn package',
          'CMD ["java", "-jar", "target/a.jar"]',
        ),
      ],
      [
        lines(
          'FROM python:3.13-slim',
          'RUN apt-get update && apt-get install -y build-essential',
          'CMD ["python", "x.py"]',
        ),
      ],
    ],
    allows: [
      [lines('FROM eclipse-temurin:21-jre-noble', 'COPY a.jar /', 'CMD ["java", "-jar", "/a.jar"]'), { 'a.jar': '' }],
      [
        lines('FROM node:24-trixie', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'CMD ["node", "server.js"]'),
        { 'package.json': '{}' },
      ],
      [
        lines(
          'FROM golang:1.27 AS b',
          'RUN go build -o /app .',
          'FROM scratch',
          'COPY --from=b /app /app',
          'CMD ["/app"]',
        ),
      ],
      [lines('FROM golang:1.27', 'RUN go install x@v1')],
      [
        lines(
          'FROM python:3.13-slim',
          'RUN apt-get update && apt-get install -y gcc && pip install x && apt-get purge -y gcc',
          'CMD ["python", "x.py"]',
        ),
      ],
    ],
  },
  'run-per-package': {
    catches: [
      [
        lines(
          'FROM debian:trixie',
          'RUN apt-get update',
          'RUN apt-get install -y a',
          'RUN apt-get install -y b',
          'RUN apt-get install -y c',
        ),
      ],
      [lines('FROM python:3.13', 'RUN pip install a', 'RUN pip install b', 'RUN pip install c')],
    ],
    allows: [
      [
        lines(
          'FROM debian:trixie',
          'RUN apt-get install -y a',
          'RUN make',
          'RUN apt-get install -y b',
          'RUN apt-get install -y c',
        ),
      ],
      [lines('FROM python:3.13', 'RUN pip install a', 'RUN pip install -r x', 'RUN pip install c')],
    ],
  },
  'context-unfiltered': {
    catches: [
      [lines('FROM node:24', 'COPY . .'), { 'node_modules/a/index.js': '', 'package.json': '{}' }],
      [lines('FROM node:24', 'COPY --chown=1:1 . /app'), { '.git/HEAD': '', '.dockerignore': 'dist\n' }],
    ],
    allows: [
      [lines('FROM node:24', 'COPY . .'), { 'node_modules/a/index.js': '', '.dockerignore': '**/node_modules\n' }],
      [lines('FROM node:24', 'COPY src .'), { 'node_modules/a/index.js': '', 'src/a.js': '' }],
      [lines('FROM node:24', 'COPY . .'), { 'src/a.js': '' }],
    ],
  },
  'source-before-dependencies': {
    catches: [
      [
        lines('FROM python:3.13', 'COPY src ./src', 'COPY requirements.txt .', 'RUN pip install -r requirements.txt'),
        { 'src/a.py': '', 'requirements.txt': 'flask\n' },
      ],
      [
        lines('FROM rust:1.92-trixie', 'COPY . .', 'RUN cargo build --release'),
        { 'Cargo.toml': '[dependencies]\nserde = "1"\n', 'src/main.rs': '' },
      ],
      [lines('FROM mcr.microsoft.com/dotnet/sdk:10.0', 'COPY . .', 'RUN dotnet restore'), { 'a.csproj': '<Project/>' }],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN apt-get update && apt-get install -y tini'),
        { 'package.json': packageJson({}), 'server.js': '' },
      ],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci'), { 'package.json': DEV }],
      [
        lines(
          'FROM maven:3.9-eclipse-temurin-21',
          'COPY . /usr/src/app',
          'RUN mvn -f /usr/src/app/pom.xml clean package',
        ),
        { 'pom.xml': '<project/>' },
      ],
      [
        lines('FROM python:3.13', 'COPY . .', 'RUN pip install --no-cache-dir -r requirements.txt'),
        { 'requirements.txt': 'flask==3\n' },
      ],
      [
        lines('FROM golang:1.27', 'COPY . .', 'RUN go build -o /app .'),
        { 'go.mod': 'module x\nrequire github.com/a/b v1.0.0\n' },
      ],
    ],
    allows: [
      [
        lines(
          'FROM maven:3.9-eclipse-temurin-21',
          'WORKDIR /app',
          'COPY pom.xml ./',
          'RUN mvn -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:go-offline',
          'COPY . .',
          'RUN mvn -B package',
        ),
        { 'pom.xml': '<project></project>', 'src/main/java/A.java': '' },
      ],
      [
        lines('FROM python:3.13', 'COPY requirements.txt .', 'RUN pip install -r requirements.txt', 'COPY src ./src'),
        { 'src/a.py': '', 'requirements.txt': 'flask\n' },
      ],
      [
        lines('FROM rust:1.92-trixie', 'COPY . .', 'RUN cargo build --release'),
        { 'Cargo.toml': '[package]\nname = "a"\n' },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN apt-get update && apt-get install -y ./own.deb'),
        { 'package.json': packageJson({}), 'own.deb': '' },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN ./add-repository && apt-get install -y their-package'),
        { 'package.json': packageJson({}), 'add-repository': '' },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci', 'COPY . .', 'RUN npm run build'),
        { 'package.json': DEV },
      ],
      [lines('FROM node:24', 'COPY . .', 'RUN --mount=type=cache,target=/root/.npm npm ci'), { 'package.json': DEV }],
      [
        lines('FROM node:24', 'COPY . .', 'RUN npm ci'),
        { 'package.json': packageJson({ scripts: { postinstall: 'node x' } }) },
      ],
      [
        lines('FROM python:3.13', 'COPY . .', 'RUN pip install -r requirements.txt'),
        { 'requirements.txt': '-e .\nflask\n' },
      ],
      [
        lines('FROM golang:1.27', 'COPY go.* .', 'RUN go mod download', 'COPY . .', 'RUN go build -o /app .'),
        { 'go.mod': 'require github.com/a/b v1.0.0\n' },
      ],
      [lines('FROM golang:1.27', 'COPY . .', 'RUN go build -o /app .'), { 'go.mod': 'module x\n' }],
    ],
  },
  'cache-mount-unused': {
    catches: [
      [lines('FROM node:24', 'RUN --mount=type=cache,target=/root/.npm pnpm install')],
      [lines('FROM python:3.13', 'RUN --mount=type=cache,target=/home/app/.cache/pip pip install -r r.txt')],
      [lines('FROM python:3.13', 'RUN --mount=type=cache,target=/root/.cache/pip pip install --no-cache-dir a')],
      [lines('FROM node:24', 'WORKDIR /app', 'RUN --mount=type=cache,id=npm,target=/app/.npm npm ci')],
      [
        lines(
          'FROM golang:1.27',
          'RUN --mount=type=cache,target=/root/go/pkg/mod --mount=type=cache,target=/var/go-build go build .',
        ),
      ],
      [lines('FROM maven:3.9-eclipse-temurin-21', 'RUN --mount=type=cache,target=/app/.m2 mvn package')],
    ],
    allows: [
      [lines('FROM node:24', 'RUN --mount=type=cache,target=/root/.npm npm i -g pnpm@10 && pnpm install')],
      [lines('FROM node:24', 'ENV PNPM_HOME=/pnpm', 'RUN --mount=type=cache,target=/pnpm/store pnpm install')],
      [lines('FROM python:3.13', 'USER 1000', 'RUN --mount=type=cache,target=/home/app/.cache/pip pip install a')],
      [lines('FROM node:24', 'RUN --mount=type=cache,target=/root/.npm npm ci')],
      [lines('FROM node:24', 'ENV npm_config_cache=/app/.npm', 'RUN --mount=type=cache,target=/app/.npm npm ci')],
      [lines('FROM node:24', 'RUN --mount=type=cache,target=/app/.next/cache npm run build')],
      [lines('FROM node:24', 'RUN --mount=type=cache,target=/app/.npm npm ci --cache /app/.npm')],
      [lines('FROM maven:3.9-eclipse-temurin-21', 'RUN --mount=type=cache,target=/root/.m2/repository mvn package')],
    ],
  },
};
