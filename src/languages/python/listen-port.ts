import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import { hintedPort, portFact } from '../shared/ports.ts';
import type { Application } from './application.ts';
import type { ListenSettings } from './settings-file.ts';
import { isTalk, placeIn, type Source } from './sources.ts';

/** Ways in which a source says on which port it listens, the surest first; the first group is the port. */
const IN_SOURCE: readonly RegExp[] = [
  /(?:environ\.get|getenv|config|env(?:\.int)?)\(\s*["']\w*PORT["']\s*,\s*(?:default\s*=\s*|cast\s*=\s*int,\s*default\s*=\s*)?["']?(\d{2,5})\b/,
  /(?:environ\.get|getenv)\(\s*["']\w*PORT["']\s*\)\s*or\s*["']?(\d{2,5})\b/,
  /\b(?:run|run_app|serve|run_server|run_simple|launch|start|start_server|make_server|FastMCP|run_http_async)\(\s*(?:[^()]|\([^()]*\))*?\b(?:port|server_port)\s*=\s*(?:int\(\s*)?["']?(\d{2,5})\b/,
  /["']--port["'](?:[^()]|\([^()]*\))*?\bdefault\s*=\s*["']?(\d{2,5})\b/,
  /\bdefine\(\s*["']port["'](?:[^()]|\([^()]*\))*?\bdefault\s*=\s*(\d{2,5})\b/,
  /\.listen\(\s*(\d{2,5})\b/,
  /(?:HTTPServer|TCPServer|WSGIServer|bind|make_server)\(\s*\(?\s*["'][\w.:]*["']\s*,\s*(\d{2,5})\b/,
  /add_(?:in)?secure_port\(\s*f?["'][^"']*:(\d{2,5})["']/,
  /^[ \t]+(?:server_|http_|app_)?port\s*:\s*int\s*=\s*(\d{2,5})\b/m,
  /^(?:SERVER_|HTTP_|APP_|LISTEN_)?PORT\s*(?::\s*\w+\s*)?=\s*(?:int\(\s*)?["']?(\d{2,5})\b/m,
];

/** Variables that a program reads its port from. */
const PORT_VARIABLE = /(?:environ\.get|getenv|environ|config|env(?:\.int)?)[([]\s*["'](\w*PORT)["']/;

/** The port that the service listens on: its command's, the source's, the files' beside it, or the framework's usual one. */
export function listenPort(
  project: Project,
  directory: string,
  application: Application,
  reached: readonly Source[],
  settings: ListenSettings,
): Fact<number> {
  const hinted =
    application.port === null
      ? null
      : { value: application.port, from: application.from, holds: `${application.port}` };
  const found = [
    hinted,
    fromSources(reached),
    application.speaks === null && settings.port ? portFact(settings.port) : null,
    configuredPort(project, directory, application),
    hintedPort(project, directory),
  ].filter((fact) => fact !== null);
  // A server of ours has no need of a port that an unprivileged user may not open everywhere.
  const usable = found.find((fact) => fact.value >= 1024 || application.speaks === null);
  return usable ?? { value: application.usualPort, from: application.from, holds: application.holds };
}

/** A smaller number is a count of something. */
const LOWEST_PORT = 80;

function fromSources(reached: readonly Source[]): Fact<number> | null {
  for (const pattern of IN_SOURCE) {
    for (const source of reached) {
      const match = pattern.exec(source.text);
      if (!match?.[1] || isTalk(source, match.index)) continue;
      const offset = match.index + match[0].lastIndexOf(match[1]);
      const port = portFact({ value: match[1], from: placeIn(source, offset) });
      if (port && port.value >= LOWEST_PORT && !isOfAnother(match[0])) return port;
    }
  }
  return null;
}

/** The port of a database, a queue or a mail server that the program talks to. */
export function isOfAnother(text: string): boolean {
  return /(?:DB|DATABASE|SQL|POSTGRES\w*|PG|MYSQL|MARIA\w*|REDIS|MEMCACHED?|MONGO\w*|RABBIT\w*|AMQP|SMTP|MAIL|EMAIL|IMAP|FTP|SSH|KAFKA|NATS|ELASTIC\w*|ES|CLICKHOUSE|INFLUX\w*|STATSD|GRAPHITE|SYSLOG|METRICS|PROMETHEUS|MQTT|CACHE|BROKER|LDAP|PROXY|DEBUG\w*)_?\w*PORT/i.test(
    text,
  );
}

function configuredPort(project: Project, directory: string, application: Application): Fact<number> | null {
  const files: readonly (readonly [string, RegExp])[] = [
    [joinPath(application.workdir, 'gunicorn.conf.py'), /^\s*bind\s*=\s*f?["'][^"']*:(\d{2,5})["']/m],
    ['.streamlit/config.toml', /^\s*port\s*=\s*(\d{2,5})\b/m],
  ];
  for (const [file, pattern] of files) {
    const fact = firstMatch(project, joinPath(directory, file), pattern);
    if (fact) return portFact(fact);
  }
  return null;
}

/** The variable by which the program can be told its port; `null` where it reads none. */
export function portVariable(reached: readonly Source[]): string | null {
  for (const source of reached) {
    const name = PORT_VARIABLE.exec(source.text)?.[1];
    if (name && !isOfAnother(name)) return name;
  }
  return null;
}
