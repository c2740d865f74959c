/** A fault that can be planted into a Dockerfile that is right. */
export interface Fault {
  /** the rule that must catch it */
  readonly rule: string;
  /** the file with the fault in it, or `null` where it does not apply */
  readonly plant: (dockerfile: string) => string | null;
}

const LAST_FROM = /^FROM (\S+)(.*)$/gm;

function lastStage(text: string): { before: string; from: string; rest: string } {
  const [last] = [...text.matchAll(LAST_FROM)].slice(-1);
  const at = last?.index ?? 0;
  const from = last?.[0] ?? '';
  return { before: text.slice(0, at), from, rest: text.slice(at + from.length) };
}

/** Replaces the base image of the last stage. */
function withBase(text: string, image: string): string {
  const { before, from, rest } = lastStage(text);
  return before + from.replace(/^FROM (?:--\S+ )?\S+/, `FROM ${image}`) + rest;
}

/** Puts a line right behind the last FROM. */
function withFirstLine(text: string, line: string): string {
  const { before, from, rest } = lastStage(text);
  return `${before}${from}\n${line}${rest}`;
}

function withLastLine(text: string, line: string): string {
  return `${text.trimEnd()}\n${line}\n`;
}

/** Replaces the last line that matches; `null` where none does. */
function replaced(text: string, pattern: RegExp, by: string): string | null {
  const [last] = [...text.matchAll(pattern)].slice(-1);
  if (last === undefined) return null;
  return (
    text.slice(0, last.index) +
    last[0].replace(new RegExp(pattern.source, 'm'), by) +
    text.slice(last.index + last[0].length)
  );
}

/** A command of its own, so that what is started does not depend on the sample. */
function withCommand(text: string, command: string): string {
  return `${text.replaceAll(/^(?:CMD|ENTRYPOINT) .*\n/gm, '')}${command}\n`;
}

const hasShell = (text: string): boolean => !/distroless|scratch|chiseled/.test(lastStage(text).from);

/** Faults of every kind, planted at places that every generated file has. */
export const FAULTS: readonly Fault[] = [
  { rule: 'copy-source-missing', plant: (text) => withLastLine(text, 'COPY gone.conf /etc/gone.conf') },
  { rule: 'stage-unknown', plant: (text) => replaced(text, /^COPY (.*)--from=\w+/gm, 'COPY $1--from=builder') },
  {
    rule: 'copy-path-missing',
    plant: (text) => replaced(text, /^COPY (.*)--from=(\w+) \S+/gm, 'COPY $1--from=$2 /elsewhere/dist'),
  },
  { rule: 'from-invalid', plant: (text) => withBase(text, 'python:>=') },
  {
    rule: 'arg-out-of-scope',
    plant: (text) => withFirstLine(`ARG PLACE=/app\n${text.replace(/^# syntax.*\n/, '')}`, 'WORKDIR $PLACE'),
  },
  { rule: 'tool-missing', plant: (text) => (hasShell(text) ? withFirstLine(text, 'RUN apk add curl') : null) },
  {
    rule: 'user-taken',
    plant: (text) => withFirstLine(withBase(text, 'node:24-trixie-slim'), 'RUN useradd -u 1000 someone'),
  },
  {
    rule: 'user-unknown',
    // A package that the final stage installs may bring a user of its own, so there nobody can be sure.
    plant: (text) =>
      /^FROM .* AS runtime$[\s\S]*apt-get install/m.test(text) ? null : replaced(text, /^USER .*$/gm, 'USER appuser'),
  },
  {
    rule: 'apt-incomplete',
    plant: (text) => withFirstLine(withBase(text, 'debian:trixie-slim'), 'RUN apt-get install -y tini'),
  },
  { rule: 'instruction-invalid', plant: (text) => withLastLine(text, 'EXPOST 8080') },
  { rule: 'command-missing', plant: (text) => withCommand(text, 'ENTRYPOINT ["/application/docker-entrypoint.js"]') },
  {
    rule: 'entrypoint-doubled',
    plant: (text) =>
      withCommand(withBase(text, 'gcr.io/distroless/nodejs24-debian13:nonroot'), 'CMD ["node", "server.js"]'),
  },
  {
    rule: 'shell-missing',
    plant: (text) =>
      withCommand(withBase(text, 'gcr.io/distroless/nodejs24-debian13:nonroot'), 'CMD /nodejs/bin/node server.js'),
  },
  { rule: 'exec-form-broken', plant: (text) => withCommand(text, "CMD ['node', 'server.js']") },
  { rule: 'exec-form-shell-syntax', plant: (text) => withCommand(text, 'CMD ["java", "-jar", "/app/*.jar"]') },
  {
    rule: 'healthcheck-tool-missing',
    plant: (text) => withLastLine(withBase(text, 'debian:trixie-slim'), 'HEALTHCHECK CMD curl -f http://localhost/'),
  },
  { rule: 'shell-form-command', plant: (text) => withCommand(text, 'CMD node dist/server.js') },
  { rule: 'package-manager-start', plant: (text) => withCommand(text, 'CMD ["npm", "run", "start"]') },
  {
    rule: 'dev-server',
    plant: (text) => withCommand(text, 'CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]'),
  },
  {
    rule: 'listens-on-localhost',
    plant: (text) => withCommand(text, 'CMD ["uvicorn", "--host", "127.0.0.1", "main:app"]'),
  },
  { rule: 'port-privileged', plant: (text) => (/^USER /m.test(text) ? withLastLine(text, 'EXPOSE 80') : null) },
  { rule: 'secret-in-instruction', plant: (text) => withLastLine(text, 'ENV API_TOKEN=abcdef123456') },
  { rule: 'runs-as-root', plant: (text) => withLastLine(text, 'USER root') },
  { rule: 'floating-tag', plant: (text) => withBase(text, 'debian:latest') },
  { rule: 'end-of-life', plant: (text) => withBase(text, 'debian:buster-slim') },
  { rule: 'add-for-copy', plant: (text) => withLastLine(text, 'ADD . /elsewhere/') },
  {
    rule: 'package-cache-left',
    plant: (text) =>
      withFirstLine(withBase(text, 'debian:trixie-slim'), 'RUN apt-get update && apt-get install -y libpq5'),
  },
  {
    rule: 'cache-mount-unused',
    plant: (text) =>
      withFirstLine(
        withBase(text, 'node:24-trixie-slim'),
        'RUN --mount=type=cache,target=/app/.npm npm ci --prefix x',
      ).replaceAll(/^.*HOME=\/tmp.*$/gm, (line) => line.replace('HOME=/tmp', 'PLACE=/tmp')),
  },
  { rule: 'sudo-used', plant: (text) => withFirstLine(text, 'RUN sudo true') },
  { rule: 'workdir-relative', plant: (text) => withFirstLine(text, 'WORKDIR app') },
  { rule: 'user-command', plant: (text) => withFirstLine(withBase(text, 'alpine:3.22'), 'RUN adduser -r app') },
  {
    rule: 'layer-doubled',
    plant: (text) => withLastLine(text, 'COPY . /elsewhere/\nRUN chown -R 1000 /elsewhere'),
  },
  {
    rule: 'expose-port',
    plant: (text) =>
      withCommand(
        text.replaceAll(/^EXPOSE .*\n/gm, ''),
        'EXPOSE 81\nENTRYPOINT ["uvicorn", "--host", "0.0.0.0", "--port", "8000", "a:app"]',
      ),
  },
  {
    rule: 'root-home',
    plant: (text) => (/^USER (?!root|0)/m.test(text) ? withCommand(text, 'ENTRYPOINT ["/root/.local/bin/app"]') : null),
  },
  {
    rule: 'python-library-missing',
    plant: (text) => withFirstLine(withBase(text, 'python:3.13-slim-trixie'), 'RUN pip install psycopg2'),
  },
  { rule: 'silence-unexplained', plant: (text) => withLastLine(text, '# multistage ignore=floating-tag') },
];
