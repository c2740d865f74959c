import { type Cases, lines, packageJson } from './case.ts';

const SERVER = { 'server.js': "const app = require('express')();\napp.listen(3000);\n" };
const MAIN = { 'main.go': 'package main\nfunc main() { http.ListenAndServe(":8080", nil) }\n' };
const GO = (port: string) =>
  lines(
    'FROM golang:1.26-trixie AS b',
    'WORKDIR /src',
    'COPY . .',
    'RUN CGO_ENABLED=0 go build -o /out/app .',
    'FROM scratch',
    'COPY --from=b /out/app /app',
    `EXPOSE ${port}`,
    'ENTRYPOINT ["/app"]',
  );
const JAVA = lines('FROM eclipse-temurin:21-jre-noble', 'EXPOSE 8080', 'CMD ["java", "-jar", "/app.jar"]');
const PSYCOPG = { 'requirements.txt': 'flask==3.1\npsycopg2==2.9.10\n' };
const VENV = (final: string, ...more: readonly string[]) =>
  lines(
    'FROM python:3.13-trixie AS b',
    'RUN python -m venv /opt/venv',
    'COPY requirements.txt .',
    'RUN /opt/venv/bin/pip install -r requirements.txt',
    `FROM ${final}`,
    ...more,
    'COPY --from=b /opt/venv /opt/venv',
    'CMD ["/opt/venv/bin/gunicorn", "app:app"]',
  );

/** Where things lie, who may reach them, and what the system brings. */
export const PLACES: Cases = {
  'workdir-relative': {
    catches: [
      [lines('FROM node:24', 'WORKDIR app')],
      [lines('FROM node:24 AS a', 'FROM our/base:1', 'RUN x', 'WORKDIR "./app"')],
    ],
    allows: [
      [lines('FROM node:24', 'WORKDIR /srv', 'WORKDIR app')],
      [lines('FROM node:24 AS a', 'WORKDIR /srv', 'FROM a', 'WORKDIR app')],
      [lines('FROM node:24', 'ARG HOME_DIR=/app', 'WORKDIR ${HOME_DIR}/x')],
      [lines('FROM mcr.microsoft.com/windows/nanoserver:ltsc2025', 'WORKDIR C:\\app')],
    ],
  },
  'workdir-missing': {
    catches: [
      [lines('FROM node:24', 'COPY . .', 'CMD ["node", "server.js"]'), SERVER],
      [lines('FROM python:3.13-slim', 'COPY src setup.cfg ./', 'CMD ["python", "a.py"]'), { 'src/a.py': '' }],
    ],
    allows: [
      [lines('FROM golang:1.26', 'COPY . .', 'RUN go build -o app')],
      [lines('FROM oven/bun:1', 'COPY . .')],
      [lines('FROM node:24', 'COPY . /app')],
      [lines('FROM debian:trixie', 'COPY run.sh .', 'CMD ["/run.sh"]'), { 'run.sh': '' }],
      [lines('FROM our/base:1', 'COPY . .')],
      [lines('FROM gcr.io/distroless/nodejs24-debian13:nonroot', 'COPY . .')],
    ],
  },
  'sudo-used': {
    catches: [
      [lines('FROM node:24', 'RUN apt-get update && apt-get install -y git sudo')],
      [lines('FROM our/base:1', 'RUN sudo npm ci')],
      [lines('FROM alpine:3.22', 'RUN apk add --no-cache sudo')],
    ],
    allows: [
      [lines('FROM node:24', 'RUN echo "no sudo here"')],
      [lines('FROM node:24', 'RUN apt-get install -y gosu && gosu nobody true')],
    ],
  },
  'layer-doubled': {
    catches: [
      [lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci && chown -R node:node .')],
      [lines('FROM node:24 AS b', 'FROM node:24', 'COPY --from=b /x /app', 'RUN chmod -R 755 /app')],
      [lines('FROM node:24', 'ENV H=/app', 'COPY src $H/src', 'RUN chown -R node $H'), { 'src/a.js': '' }],
    ],
    allows: [
      [lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN mkdir -p data && chown -R node data')],
      [lines('FROM node:24', 'WORKDIR /app', 'RUN chown -R node /app', 'USER node', 'COPY --chown=node . .')],
      [lines('FROM node:24 AS b', 'COPY . /app', 'RUN chown -R node /app', 'FROM node:24', 'COPY --from=b /app /app')],
      [lines('FROM node:24', 'COPY run.sh /app/', 'RUN chown -R node /app'), { 'run.sh': '' }],
      [lines('FROM node:24', 'COPY . /app', 'RUN chmod +x /app/run.sh && chown node /app')],
    ],
  },
  'user-command': {
    catches: [
      [lines('FROM python:3.13-slim-bookworm', 'RUN addgroup -S app && adduser -S -G app app')],
      [lines('FROM ubuntu:24.04', 'RUN adduser -D app')],
      [lines('FROM alpine:3.22', 'RUN adduser -r -m app')],
      [lines('FROM amazonlinux:2023', 'RUN adduser -S app')],
      [lines('FROM debian:trixie', 'RUN useradd --disabled-password --gecos "" app')],
    ],
    allows: [
      [lines('FROM alpine:3.22', 'RUN addgroup -S -g 1001 app && adduser -SDH -u 1001 -G app app')],
      [lines('FROM node:24-alpine', 'RUN addgroup --system --gid 1001 n && adduser --system --uid 1001 n2')],
      [lines('FROM debian:bookworm', 'RUN adduser --system --group --no-create-home -u 1200 app')],
      [lines('FROM debian:trixie', 'RUN groupadd -r app && useradd -rm -g app -s /bin/false app')],
      [lines('FROM debian:bookworm', 'RUN adduser -S app || adduser --system app')],
      [lines('FROM our/base:1', 'RUN adduser -S app')],
    ],
  },
  'expose-port': {
    catches: [
      [
        lines('FROM nginx:1.30', 'COPY default.conf /etc/nginx/conf.d/default.conf', 'EXPOSE 80'),
        { 'default.conf': 'server {\n  listen 8080;\n  listen [::]:8080;\n}\n' },
      ],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'EXPOSE 8080', 'CMD ["node", "server.js"]'), SERVER],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'ENV PORT=4000', 'EXPOSE 3000', 'CMD ["node", "server.js"]'),
        { 'server.js': 'const port = process.env.PORT || 3000;\napp.listen(port);\n' },
      ],
      [GO('3000'), MAIN],
      [JAVA, { 'src/main/resources/application.properties': 'server.port = 9000\n' }],
      [lines('FROM python:3.13', 'EXPOSE 80', 'CMD ["uvicorn", "--host", "0.0.0.0", "--port", "8000", "a:app"]')],
      [
        lines('FROM python:3.13', 'WORKDIR /app', 'COPY . .', 'EXPOSE 8000', 'CMD ["python", "app.py"]'),
        { 'app.py': "app = Flask(__name__)\napp.run(host='0.0.0.0', port=5000)\n" },
      ],
      [
        lines(
          'FROM node:24 AS b',
          'FROM node:24',
          'COPY --from=b /dist /dist',
          'EXPOSE 80',
          'CMD ["node", "dist/main.js"]',
        ),
        { 'src/main.ts': 'await app.listen(process.env.PORT ?? 3000);\n' },
      ],
    ],
    allows: [
      [
        lines('FROM nginx:1.30', 'COPY default.conf /etc/nginx/conf.d/default.conf', 'EXPOSE 80'),
        { 'default.conf': 'server {\n  listen 80;\n}\nserver {\n  listen 8443 ssl;\n}\n' },
      ],
      [lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'EXPOSE 3000 9090', 'CMD ["node", "server.js"]'), SERVER],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'ENV PORT=8080', 'EXPOSE $PORT', 'CMD ["node", "server.js"]'),
        { 'server.js': 'app.listen(process.env.PORT || 3000);\n' },
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'EXPOSE 8080', 'CMD ["node", "server.js"]'),
        { 'server.js': 'app.listen(config.port);\nmetrics.listen(9090);\n' },
      ],
      [GO('8080/tcp'), MAIN],
      [JAVA, { 'src/main/resources/application.properties': 'spring.profiles.active=prod\nserver.port=9000\n' }],
      [lines('FROM python:3.13', 'EXPOSE 8000', 'CMD exec gunicorn --bind :$PORT a:app')],
    ],
  },
  'root-home': {
    catches: [
      [
        lines(
          'FROM python:3.13-slim AS b',
          'RUN pip install --user flask',
          'FROM python:3.13-slim',
          'COPY --from=b /root/.local /root/.local',
          'ENV PATH=/root/.local/bin:$PATH',
          'USER 1000',
          'CMD ["flask", "run"]',
        ),
      ],
      [
        lines(
          'FROM node:24',
          'RUN npx -y playwright@1.50 install --with-deps chromium',
          'USER node',
          'CMD ["node", "a.js"]',
        ),
      ],
      [
        lines('FROM node:24', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'USER node', 'CMD ["node", "a.js"]'),
        { 'package.json': packageJson({ dependencies: { puppeteer: '24' } }) },
      ],
      [lines('FROM debian:trixie', 'USER 1000', 'CMD ["/root/.cargo/bin/app"]')],
    ],
    allows: [
      [lines('FROM python:3.13-slim', 'RUN pip install --user flask', 'CMD ["python", "-m", "flask", "run"]')],
      [
        lines(
          'FROM node:24',
          'ENV PLAYWRIGHT_BROWSERS_PATH=/opt/b',
          'RUN npx playwright install',
          'USER node',
          'CMD ["node"]',
        ),
      ],
      [
        lines(
          'FROM python:3.13-slim',
          'USER 1000',
          'RUN pip install --user flask',
          'CMD ["python", "-m", "flask", "run"]',
        ),
      ],
      [
        lines(
          'FROM python:3.13-slim AS b',
          'RUN pip install --user flask',
          'FROM python:3.13-slim',
          'COPY --from=b --chown=app /root/.local /home/app/.local',
          'ENV PATH=/home/app/.local/bin:$PATH',
          'USER app',
          'CMD ["flask", "run"]',
        ),
      ],
      [lines('FROM debian:trixie', 'RUN chmod 755 /root', 'USER 1000', 'CMD ["/root/.cargo/bin/app"]')],
    ],
  },
  'web-root-empty': {
    catches: [
      [lines('FROM node:24 AS b', 'FROM nginx:1.30', 'COPY --from=b /app/dist /var/www/html')],
      [lines('FROM httpd:2.4', 'COPY public /var/www/html'), { 'public/index.html': '' }],
      [lines('FROM node:24 AS b', 'FROM caddy:2.10', 'COPY --from=b /app/dist /usr/share/nginx/html')],
    ],
    allows: [
      [lines('FROM node:24 AS b', 'FROM nginx:1.30', 'COPY --from=b /app/dist /usr/share/nginx/html/app')],
      [lines('FROM nginx:1.30', 'COPY nginx.conf /etc/nginx/nginx.conf', 'COPY dist /srv'), { 'nginx.conf': '' }],
      [lines('FROM caddy:2.10', 'COPY dist /srv', 'CMD ["caddy", "file-server", "--root", "/srv"]')],
      [lines('FROM nginx:1.30', 'COPY dist /app', 'RUN ln -s /app /usr/share/nginx/html')],
      [lines('FROM nginx:1.30', 'COPY 10-x.sh /docker-entrypoint.d/', 'COPY dist /app')],
    ],
  },
  'python-library-missing': {
    catches: [
      [lines('FROM python:3.13-slim', 'COPY requirements.txt .', 'RUN pip install -r requirements.txt'), PSYCOPG],
      [VENV('python:3.13-slim'), PSYCOPG],
      [
        lines('FROM python:3.13-slim-trixie', 'WORKDIR /app', 'COPY pyproject.toml .', 'RUN pip install .'),
        { 'pyproject.toml': '[project]\nname = "a"\ndependencies = [\n  "flask",\n  "mysqlclient>=2",\n]\n' },
      ],
      [lines('FROM python:3.13-slim', 'RUN pip install opencv-python flask', 'CMD ["python", "a.py"]')],
    ],
    allows: [
      [VENV('python:3.13-slim', 'RUN apt-get update && apt-get install -y libpq5'), PSYCOPG],
      [VENV('python:3.13-trixie'), PSYCOPG],
      [
        lines(
          'FROM python:3.13-slim',
          'RUN apt-get update && apt-get install -y gcc libpq-dev && pip install psycopg2',
        ),
      ],
      [lines('FROM python:3.13-slim', 'RUN pip install psycopg2-binary "psycopg[binary]"', 'CMD ["python", "a.py"]')],
      [
        lines('FROM python:3.13-slim', 'WORKDIR /app', 'COPY . .', 'RUN pip install .', 'CMD ["python", "a.py"]'),
        {
          'pyproject.toml': '[project]\ndependencies = ["flask"]\n[project.optional-dependencies]\ndb = ["psycopg2"]\n',
        },
      ],
      [lines('FROM python:3.13-slim', 'RUN apt-get update && apt-get install -y ffmpeg && pip install opencv-python')],
    ],
  },
};
