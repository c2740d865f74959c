import { describe, expect, it } from 'vitest';
import { reportConversion } from '../../src/convert/report.ts';
import { converted, convertText, refusal } from './case.ts';

const NODE = {
  'package.json': '{"dependencies":{"express":"4"}}',
  'server.js': "require('express');",
  'fetch.js': "fs.writeFileSync('/var/lib/x', 1);",
};
const finalStage = (text: string) => text.slice(text.lastIndexOf('\nFROM ') + 1);
const finalFrom = (image: string, files: Readonly<Record<string, string>> = {}) =>
  /^FROM (\S+)/.exec(
    finalStage(
      converted(
        `FROM ${image}\nWORKDIR /a\nCOPY . .\nRUN make -C . all\nRUN pip install x && npm ci\nCMD ["/a/run.bin", "server.js"]\n`,
        { ...NODE, ...files },
      ),
    ),
  )?.[1];

describe('the base image of the final stage', () => {
  it.each([
    ['node:20', 'node:20-slim'],
    ['node', 'node:slim'],
    ['node:20-bookworm', 'node:20-bookworm-slim'],
    ['docker.io/library/node:20', 'docker.io/library/node:20-slim'],
    ['python:3.11', 'python:3.11-slim'],
    ['python:3.11-bookworm', 'python:3.11-slim-bookworm'],
    ['ruby:3.3-trixie', 'ruby:3.3-slim-trixie'],
    ['golang:1.22-bookworm', 'debian:bookworm-slim'],
    ['golang:1.22-alpine3.20', 'alpine:3.20'],
    ['golang', 'debian:trixie-slim'],
    ['rust:1.80-slim-bookworm', 'debian:bookworm-slim'],
    ['maven:3.9-eclipse-temurin-21', 'eclipse-temurin:21-jre-noble'],
    ['maven:3-jdk-11', 'openjdk:11-jre-slim'],
    ['maven:3.9', 'eclipse-temurin:26-jre-noble'],
    ['maven:3.6.3', 'maven:3.6.3'],
    ['gradle:8-jdk17-alpine', 'eclipse-temurin:17-jre-alpine'],
    ['eclipse-temurin:21-jdk-jammy', 'eclipse-temurin:21-jre-jammy'],
    ['openjdk:8-jdk-alpine', 'openjdk:8-jre-alpine'],
    ['openjdk:17', 'eclipse-temurin:17-jre'],
    ['mcr.microsoft.com/dotnet/sdk:8.0', 'mcr.microsoft.com/dotnet/aspnet:8.0'],
  ])('of %s is %s', (image, expected) => {
    expect(finalFrom(image)).toBe(expected);
  });

  it('keeps a variable in its tag', () => {
    const text = converted(
      'ARG V=20\nFROM node:$V\nWORKDIR /a\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
      NODE,
    );
    expect(text).toContain('\nFROM node:${V}-slim\n');
  });

  it('is the JDK where the sources use its compiler', () => {
    const sources = { 'src/A.java': 'javax.tools.ToolProvider.getSystemJavaCompiler();' };
    expect(finalFrom('maven:3.9-eclipse-temurin-21', sources)).toBe('eclipse-temurin:21-jdk-noble');
  });
});

describe('a Java class that is started by its name', () => {
  it('is looked for in the working directory, so that is copied', () => {
    const text = 'FROM openjdk:8\nWORKDIR /app\nCOPY . .\nRUN javac Main.java\nCMD ["java", "Main"]\n';
    expect(converted(text, { 'Main.java': 'class Main {}' })).toContain('COPY --from=build /app /app\n');
  });
});

describe('a base image that gets no fixes', () => {
  const notesOf = (from: string, files: Readonly<Record<string, string>> = NODE) => {
    const text = `FROM ${from}\nWORKDIR /a\nCOPY . .\nRUN make -C . all\nRUN pip install x && npm ci\nCMD ["/a/run.bin", "server.js"]\n`;
    const conversion = convertText(text, files);
    if (conversion.kind !== 'converted') throw new Error(JSON.stringify(conversion));
    return reportConversion(conversion, '2026-11-23').notes.join('\n');
  };

  it.each([
    ['node:14', 'node 14 has had no security fixes since 2023-04-30', 'move to node:24 in'],
    ['python:3.7', 'python 3.7 has had no security fixes since 2023-06-27', 'move to python:3.12 in'],
    ['python:3.13-slim-bookworm', 'bookworm has had no', 'move to python:3.13-slim-trixie in'],
    ['debian:buster', 'buster has had no', 'move to debian:trixie in'],
    ['golang:1.22', 'go 1.22 has had no', 'move to a supported version in'],
    [
      'maven:3-jdk-11',
      'openjdk gets no updates any more. eclipse-temurin:11-jre',
      'maven:3.9-eclipse-temurin-11 has Maven',
    ],
    ['maven:3.8-openjdk-17', 'maven:3.9-eclipse-temurin-17', 'the same Java'],
    ['openjdk:11', 'openjdk gets no updates any more', 'eclipse-temurin:11-jre is its successor'],
  ])('%s: it is said, and what to take', (image, ...sentences) => {
    for (const sentence of sentences) expect(notesOf(image)).toContain(sentence);
  });

  it('is not said of one that does', () => {
    expect(notesOf('node:24-trixie')).not.toContain('security fixes');
  });

  it('stays where the package lists of its suite are gone and something would be needed of them', () => {
    const files = { ...NODE, 'package.json': '{"dependencies":{"pg-native":"3"}}' };
    expect(notesOf('node:14', files)).toContain('would need libpq5, and the package lists of buster are gone');
  });
});

it('the report says what became of each package', () => {
  const text =
    'FROM python:3.13\nRUN apt-get update && apt-get install -y gcc make libpq-dev curl\nWORKDIR /a\nCOPY . .\nRUN pip install x\nCMD python a.py\n';
  const conversion = convertText(text, { 'a.py': '' });
  if (conversion.kind !== 'converted') throw new Error('not converted');
  const [install] = reportConversion(conversion, '2026-11-23').moves;
  expect(install?.why).toMatch(/; left behind: gcc, make; libpq-dev becomes libpq5$/);
});

it('a program of another image is not copied a second time where its folder is copied anyway', () => {
  const text = (place: string) =>
    `FROM python:3.13\nCOPY --from=caddy:2 /usr/bin/caddy ${place}\nWORKDIR /a\nCOPY . .\nRUN pip install x\nCMD caddy run\n`;
  expect(finalStage(converted(text('/usr/local/bin/caddy'), { 'a.py': '' }))).not.toContain('--from=caddy');
  expect(finalStage(converted(text('/usr/bin/caddy'), { 'a.py': '' }))).toContain(
    '--from=caddy:2 /usr/bin/caddy /usr/bin/caddy',
  );
});

it('a path relative to the directory of an unknown base image is no matter behind the build', () => {
  const text = 'FROM a.example/b:1\nCOPY . /a\nRUN npm ci --prefix /a\nCOPY x.conf conf/\nCMD node /a/server.js\n';
  expect(finalStage(converted(text, NODE))).toContain('\nCOPY x.conf conf/\n');
});

it('Java that is built in / is found there', () => {
  const text = 'FROM openjdk:17\nCOPY . .\nRUN ./gradlew bootJar\nENTRYPOINT ["java","-jar","build/libs/a-1.jar"]\n';
  const files = { 'build.gradle': "plugins { id 'org.springframework.boot' }", gradlew: '#!/bin/sh\n' };
  expect(finalStage(converted(text, files))).toContain('COPY --from=build /build/libs/a-1.jar /build/libs/a-1.jar\n');
});

it('Rails has its time zones in a slim image', () => {
  const text = 'FROM ruby:3.3\nWORKDIR /a\nCOPY Gemfile ./\nRUN bundle install\nCOPY . .\nCMD ["rails", "server"]\n';
  expect(finalStage(converted(text, { Gemfile: "gem 'rails'\n" }))).toContain('tzdata');
  expect(finalStage(converted(text, { Gemfile: "gem 'rails'\ngem 'tzinfo-data'\n" }))).not.toContain('tzdata');
});

it('uv brings no interpreter of its own where the image has one', () => {
  const text = (env: string) =>
    `FROM python:3.13\nENV ${env}\nWORKDIR /a\nCOPY pyproject.toml ./\nRUN uv sync\nCOPY . .\nCMD [".venv/bin/python", "a.py"]\n`;
  const files = { 'pyproject.toml': '[project]\nname = "a"\n', 'a.py': '' };
  expect(converted(text('A=b'), files)).not.toContain('/root/.local/share/uv');
  expect(converted(text('UV_PYTHON_PREFERENCE=only-managed'), files)).toContain('--from=build /root/.local/share/uv');
});

it('an ARG with a name that is none does no harm', () => {
  const text = 'FROM node:20\nWORKDIR /a\nCOPY . .\nARG [V=1\nRUN npm ci\nENV A=b\nCMD ["node", "server.js"]\n';
  expect(convertText(text, NODE).kind).toBe('converted');
});

it('nor does a package with such a name, where the sources start programs', () => {
  const text =
    'FROM node:20\nRUN apt-get install -y "a[("\nWORKDIR /a\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n';
  const files = { ...NODE, 'server.js': "require('child_process').exec('a[( -v');" };
  expect(() => convertText(text, files)).not.toThrow();
});

describe('a package list', () => {
  const finalOf = (install: string) =>
    finalStage(
      converted(
        `FROM python:3.12-bookworm\nRUN ${install}\nCOPY . /app\nWORKDIR /app\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n`,
        { 'requirements.txt': 'flask', 'app.py': '' },
      ),
    );

  it('loses compilers, and the whole RUN where nothing is left', () => {
    expect(finalOf('apt-get update && apt-get install -y gcc make && rm -rf /var/lib/apt/lists/*')).not.toContain(
      'apt-get',
    );
  });

  it('gets the libraries of header packages by suite, each once', () => {
    const text = finalOf('apt-get update && apt-get install -y libicu-dev libmariadb-dev default-libmysqlclient-dev');
    expect(text).toContain('apt-get install -y libicu72 libmariadb3\n');
  });

  it('keeps what nobody knows', () => {
    expect(finalOf('apt-get update && apt-get install -y gcc frobnicator=1.2')).toContain(
      'apt-get install -y frobnicator=1.2',
    );
  });

  it('keeps a tool of the build that something starts while the container runs', () => {
    const docker =
      'FROM python:3.12-bookworm\nRUN apt-get update && apt-get install -y git make\nCOPY . /app\nRUN pip install -r /app/requirements.txt\nCMD ["python", "/app/app.py"]\n';
    const files = { 'requirements.txt': 'flask', 'app.py': "subprocess.run(['git', 'log'])" };
    expect(finalStage(converted(docker, files))).toContain('apt-get install -y git\n');
  });

  it.each([
    ['debian:bookworm', 'python3-pip', 'python3 python3-setuptools ca-certificates'],
    ['debian:bookworm', 'python3-pip python3', 'python3-setuptools ca-certificates python3'],
    ['ubuntu:22.04', 'python3.10-dev gcc', 'python3.10'],
    ['python:3.12', 'python3-pip gcc fonts-noto', 'fonts-noto'],
  ])('on %s keeps what %s brings along for the program', (image, packages, kept) => {
    const docker = `FROM ${image}\nRUN apt-get update && apt-get install -y ${packages}\nWORKDIR /app\nCOPY . .\nRUN pip3 install -r requirements.txt\nCMD gunicorn app:app\n`;
    expect(finalStage(converted(docker, { 'requirements.txt': 'gunicorn', 'app.py': '' }))).toContain(
      `install -y ${kept}\n`,
    );
  });

  it('keeps the runtime that a build tool brought, where the program needs it', () => {
    const docker =
      'FROM debian:bookworm\nRUN apt-get update && apt-get install -y maven\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD ["java", "-jar", "target/a-fat.jar"]\n';
    expect(finalStage(converted(docker, { 'pom.xml': '<project/>' }))).toContain('install -y default-jre-headless');
  });

  it('has no second runtime of Java on an image of Java', () => {
    const docker =
      'FROM eclipse-temurin:17-jdk\nRUN apt-get update && apt-get install -y maven\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD ["java", "-jar", "target/a-fat.jar"]\n';
    expect(finalStage(converted(docker, { 'pom.xml': '<project/>' }))).not.toContain('apt-get');
  });

  const gyp = (run: string, files: Readonly<Record<string, string>> = NODE) =>
    finalStage(
      converted(`FROM node:20\nWORKDIR /a\nRUN ${run}\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n`, files),
    );

  it('loses Python beside a compiler on an image of Node, where nothing starts it', () => {
    const install = 'apt-get update && apt-get install -y python3 make g++';
    expect(gyp(install)).not.toContain('python3');
    expect(gyp(install, { ...NODE, 'x.js': "require('child_process').spawn('python3', ['x.py'])" })).toContain(
      'install -y python3\n',
    );
    expect(gyp(`${install} python3-pip && pip3 install yt-dlp`)).toContain('install -y python3\n');
    expect(gyp('apt-get update && apt-get install -y python3 fonts-noto')).toContain('install -y python3 fonts-noto');
  });

  it('loses what the file removes again', () => {
    const chain = 'apt-get update && apt-get install -y frobnicator jq && npm i x && apt-get remove -y frobnicator';
    expect(gyp(chain)).toMatch(/apt-get update && apt-get install -y jq$/m);
  });

  it('is not installed a second time under another name', () => {
    const docker =
      'FROM python:3.12\nRUN apt-get update && apt-get install -y default-libmysqlclient-dev gcc\nWORKDIR /a\nCOPY . .\nRUN pip install -r requirements.txt\nCMD python a.py\n';
    const text = finalStage(converted(docker, { 'requirements.txt': 'mysqlclient', 'a.py': '' }));
    expect(text.match(/libmariadb3/g)).toHaveLength(1);
  });

  it('brings certificates, which are then not copied', () => {
    const docker =
      'FROM golang:1.24-bookworm\nRUN apt-get update && apt-get install -y ca-certificates gcc\nWORKDIR /a\nCOPY . .\nRUN go build -o main .\nCMD ["./main"]\n';
    expect(finalStage(converted(docker, { 'main.go': '' }))).not.toContain('COPY --from=build /etc/ssl');
    expect(finalStage(converted(docker.replace('ca-certificates gcc', 'gcc'), { 'main.go': '' }))).toContain(
      '/etc/ssl',
    );
  });

  it('keeps the libraries of the C++ compiler on Alpine', () => {
    const docker =
      'FROM python:3.12-alpine\nRUN apk add --no-cache build-base\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD python app.py\n';
    expect(finalStage(converted(docker, { 'requirements.txt': 'grpcio' }))).toContain(
      'apk add --no-cache libstdc++ libgcc libgomp',
    );
  });

  it('written in exec form stays as it is', () => {
    const docker =
      'FROM python:3.12-bookworm\nRUN ["apt-get", "install", "-y", "gcc", "python3"]\nWORKDIR /app\nCOPY . .\nRUN pip3 install flask\nCMD python3 app.py\n';
    expect(finalStage(converted(docker, { 'app.py': '' }))).toContain(
      'RUN ["apt-get", "install", "-y", "gcc", "python3"]',
    );
  });

  it('keeps the layout and the comments between its lines', () => {
    const text = finalOf(
      'apt-get update \\\n && apt-get install -y \\\n      gcc \\\n      # the fonts\n      fonts-noto \\\n && echo done',
    );
    expect(text).toContain('RUN apt-get update \\\n && apt-get install -y \\\n      # the fonts\n      fonts-noto');
  });

  it.each([
    [
      'wget -q -O /tmp/x.deb https://example.com/x.deb && apt-get update && apt-get install -y /tmp/x.deb && rm /tmp/x.deb',
    ],
    ['apt-get update && curl -O https://example.com/x.deb && dpkg -i x.deb; apt-get -fy install; rm x.deb'],
    [
      'curl https://example.com/list > /etc/apt/sources.list.d/x.list && apt-get update && ACCEPT_EULA=Y apt-get install -y msodbcsql18',
    ],
    [
      'curl https://example.com/key | tee /etc/apt/keyrings/x.asc && apt-get update && apt-get install -y docker-ce-cli',
    ],
  ])('keeps what fetches it: %s', (install) => {
    expect(finalOf(install)).toContain(`\nRUN ${install}\n`);
  });

  it('that is only unpacked counts as a directory of the application', () => {
    const run = 'mkdir /opt/w && curl -o /tmp/x.deb https://example.com/x.deb && dpkg -x /tmp/x.deb /opt/w';
    expect(finalOf(run)).toContain('COPY --from=build /opt/w /opt/w');
  });

  it('is not installed where another one brings it', () => {
    const docker =
      'FROM node:20\nRUN apt-get update && apt-get install -y libcairo2-dev\nWORKDIR /a\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n';
    const files = { ...NODE, 'package.json': '{"dependencies":{"express":"4","canvas":"2"}}' };
    expect(finalStage(converted(docker, files))).not.toContain('libfontconfig1');
    expect(finalStage(converted(docker.replace('libcairo2-dev', 'make'), files))).toContain('libfontconfig1');
  });

  it('that is a file of the project keeps the file', () => {
    const docker =
      'FROM python:3.12-bookworm\nCOPY x.deb /tmp/\nRUN dpkg -i /tmp/x.deb\nCOPY . /app\nWORKDIR /app\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n';
    const files = { 'requirements.txt': 'flask', 'app.py': '', 'x.deb': '' };
    expect(finalStage(converted(docker, files))).toMatch(/COPY x\.deb \/tmp\/\nRUN dpkg -i \/tmp\/x\.deb/);
  });

  it('is looked up in variables', () => {
    const text = finalOf('D="gcc make" R=fonts-noto; apt-get update && apt-get install -y $D $R');
    expect(text).toContain('apt-get install -y $R');
    expect(text).not.toContain('install -y $D');
  });
});

describe('a program that the slim image lacks', () => {
  const docker = 'FROM node:20\nWORKDIR /a\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n';

  it.each([
    ['a source starts it', { 'server.js': "require('child_process').exec('git log');" }, 'git'],
    ['a library starts it', { 'package.json': '{"dependencies":{"ps-tree":"1"}}', 'server.js': '' }, 'procps'],
    [
      'a compose file checks with it',
      { 'docker-compose.yml': 'services:\n  a:\n    build: .\n    healthcheck:\n      test: curl -f localhost\n' },
      'curl',
    ],
  ])('is installed where %s', (_, files, name) => {
    expect(converted(docker, { ...NODE, ...files })).toMatch(new RegExp(`--no-install-recommends .*\\b${name}\\b`));
  });

  it('or a library: time zones for Rails', () => {
    const ruby = 'FROM ruby:3.3\nWORKDIR /a\nCOPY . .\nRUN bundle install\nCMD ["bundle", "exec", "puma"]\n';
    expect(converted(ruby, { Gemfile: "gem 'rails'\n" })).toMatch(/--no-install-recommends tzdata /);
    expect(converted(ruby, { Gemfile: "gem 'sinatra'\n" })).not.toContain('tzdata');
  });

  it('is found in an entry script that PATH leads to', () => {
    const text = docker
      .replace('RUN npm ci', 'COPY start.sh /usr/local/bin/\nRUN npm ci')
      .replace('CMD', 'ENTRYPOINT ["start.sh"]\nCMD');
    const files = { ...NODE, 'start.sh': '#!/bin/sh\nwget -qO- http://config/ > /tmp/config\nexec "$@"\n' };
    expect(converted(text, files)).toMatch(/--no-install-recommends .*\bwget\b/);
  });

  it('is installed where the final stage itself runs it: Debian 13 has no adduser', () => {
    const text =
      'FROM golang:1.25\nRUN adduser --disabled-password app\nWORKDIR /a\nCOPY . .\nRUN go build -o main .\nUSER app\nCMD ["./main"]\n';
    expect(finalStage(converted(text, { 'main.go': '' }))).toMatch(/install-recommends adduser .*\nRUN adduser/);
    expect(finalStage(converted(text.replace('1.25', '1.25-bookworm'), { 'main.go': '' }))).not.toContain('apt-get');
  });

  it('is not installed where nothing starts it', () => {
    expect(converted(docker, { ...NODE, 'README.md': 'run `git clone`' })).not.toContain('apt-get');
  });
});

describe('what a compiled program needs beside itself', () => {
  it('lies in the build directory that CMake is told', () => {
    const docker =
      'FROM debian:bookworm\nRUN apt-get update && apt-get install -y build-essential cmake\nWORKDIR /src\nCOPY . .\nRUN cmake -S . -B /out && cmake --build /out\nWORKDIR /out\nENTRYPOINT ["./server"]\n';
    const text = finalStage(converted(docker, { 'CMakeLists.txt': '', 'main.cpp': '' }));
    expect(text).toContain('COPY --from=build /out/server /out/server');
    expect(text).not.toContain('/src /src');
  });

  it('is a tool that the build installed and the entry script calls, and no program of the system', () => {
    const docker =
      'FROM golang:1.25\nRUN go install github.com/pressly/goose/v3/cmd/goose@latest\nWORKDIR /a\nCOPY . .\nRUN go build -o server .\nENTRYPOINT ["./run.sh"]\nCMD ["./server"]\n';
    const files = {
      'main.go': '',
      'go.mod': 'module x',
      'run.sh': '#!/bin/sh\nuntil pg_isready; do sleep 1; done\ngoose up\nexec "$@"\n',
    };
    const text = finalStage(converted(docker, files));
    expect(text.match(/\/go\/bin\/\S+ /g)).toEqual(['/go/bin/goose ']);
    expect(text).toContain('ENV PATH=/go/bin:$PATH');
  });

  it('are pages in Markdown, where a folder holds nothing else', () => {
    const docker = 'FROM golang:1.25\nWORKDIR /a\nCOPY . .\nRUN go build -o main .\nCMD ["./main"]\n';
    const files = {
      'main.go': 'os.ReadDir("posts")',
      'posts/a.md': '',
      'docs/a.md': '',
      'web/web.go': '',
      'web/README.md': '',
    };
    const text = finalStage(converted(docker, files));
    expect(text).toContain('COPY --from=build /a/posts /a/posts');
    expect(text).not.toMatch(/\/a\/(docs|web)/);
  });

  it('is a script among the sources that the entry script calls', () => {
    const docker =
      'FROM maven:3.9-eclipse-temurin-21\nWORKDIR /a\nCOPY . .\nRUN mvn package\nENTRYPOINT ["./run.sh"]\n';
    const files = {
      'pom.xml': '<project/>',
      'run.sh': '#!/bin/sh\n./src/main/scripts/prepare.sh\nexec java -jar target/a.jar\n',
      'src/main/scripts/prepare.sh': '#!/bin/sh\n',
    };
    expect(finalStage(converted(docker, files))).toContain('/a/src/main/scripts/prepare.sh');
  });

  it.each([
    ['gcc:latest', true],
    ['gcc:13-bookworm', true],
    ['gcc:12-bookworm', false],
  ])('is the C++ library of %s where it is newer than the distribution’s: %s', (image, isNewer) => {
    const docker = `FROM ${image}\nWORKDIR /a\nCOPY . .\nRUN g++ -o server main.cpp\nCMD ["./server"]\n`;
    const text = finalStage(converted(docker, { 'main.cpp': '' }));
    expect(/COPY --from=build \S*libstdc\+\+\.so\.6 .*\nCOPY .*\nRUN ldconfig\n/.test(text)).toBe(isNewer);
    expect(finalStage(converted(docker.replace('main.cpp', 'main.c'), { 'main.c': '' }))).not.toContain('ldconfig');
  });

  const library = (base: string, run: string, command: string) =>
    `FROM ${base}\nRUN apt-get update && apt-get install -y build-essential git cmake\nRUN git clone https://example.com/l /tmp/l && cd /tmp/l && cmake . && make install\nWORKDIR /a\nCOPY . .\nRUN ${run}\nCMD ${command}\n`;

  it('are libraries that the build installed', () => {
    const text = finalStage(
      converted(library('debian:bookworm', 'cmake . && make', './server'), { 'main.cpp': '', 'CMakeLists.txt': '' }),
    );
    expect(text).toContain('COPY --from=build /usr/local/lib /usr/local/lib');
    expect(text).toContain('RUN ldconfig');
  });

  it('are libraries that cannot be told from the base image’s own', () => {
    const python = { 'requirements.txt': 'TA-Lib', 'a.py': '' };
    expect(refusal(library('python:3.12', 'pip install -r requirements.txt', 'python a.py'), python)).toBe(
      'shared-output',
    );
    expect(refusal(library('gcc:14', 'g++ -o server main.cpp', './server'), { 'main.cpp': '' })).toBe('shared-output');
  });

  it('is copied from where the build moved it', () => {
    const docker =
      'FROM debian:bookworm\nCOPY static /static\nADD main.go /go/\nRUN apt-get update && apt-get install -y golang-go; cd /go; go build main.go; mv main /; apt-get remove -y golang-go\nENTRYPOINT ["/main"]\n';
    const text = finalStage(converted(docker, { 'main.go': '', 'static/a.css': '' }));
    expect(text).toContain('COPY --from=build /main /main');
    expect(text).not.toContain('mv main');
  });

  it('is not moved by a command of the final stage that the build stage has already run', () => {
    const docker =
      'FROM maven:3.9-eclipse-temurin-21\nWORKDIR /tmp\nCOPY . /tmp/\nRUN mvn package\nWORKDIR target\nRUN cp *.jar app.jar\nENTRYPOINT ["java", "-jar", "app.jar"]\n';
    expect(finalStage(converted(docker, { 'pom.xml': '<project/>' }))).not.toContain('RUN cp');
  });
});

describe('development dependencies', () => {
  const docker = 'FROM node:20\nWORKDIR /a\nCOPY . .\nRUN npm ci\nCMD ["npm", "start"]\n';
  const manifest = (more: object) =>
    JSON.stringify({
      scripts: { start: 'node server.js' },
      dependencies: { express: '4' },
      devDependencies: { chai: '5' },
      ...more,
    });
  const isPruned = (files: Readonly<Record<string, string>>) =>
    converted(docker, { ...NODE, ...files }).includes('npm prune');

  it('go where nothing loads them', () => {
    expect(isPruned({ 'package.json': manifest({}), 'test/a.test.js': "require('chai')" })).toBe(true);
  });

  it.each([
    ['a source loads one', { 'package.json': manifest({}), 'lib.js': "import 'chai'" }],
    [
      'a source names one, as view engines are named',
      { 'package.json': manifest({}), 'lib.js': "app.set('engine', 'chai')" },
    ],
    ['a source loads a package that no list has', { 'package.json': manifest({}), 'lib.js': "require('body-parser')" }],
    ['the start script runs one', { 'package.json': manifest({ scripts: { start: 'chai server.js' } }) }],
    [
      'a hook may write into node_modules',
      { 'package.json': manifest({ scripts: { postinstall: 'node x.js', start: 'node a' } }) },
    ],
    ['there are workspaces', { 'package.json': manifest({ workspaces: ['a'] }) }],
  ])('stay where %s', (_, files) => {
    expect(isPruned(files)).toBe(false);
  });

  it.each(['ts-node server.ts', 'nodemon server.ts', 'node -r ts-node/register server.ts'])(
    'stay where %s checks types when the container starts',
    (start) => {
      const types = {
        scripts: { start },
        dependencies: { 'ts-node': '10', nodemon: '3' },
        devDependencies: { '@types/node': '20' },
      };
      expect(isPruned({ 'package.json': manifest(types), 'server.ts': 'process.env.PORT' })).toBe(false);
    },
  );

  it('go where the program that is started was installed beside the project', () => {
    const global = docker
      .replace('RUN npm ci', 'RUN npm install -g pm2@5 && npm ci')
      .replace('"npm", "start"', '"pm2-runtime", "server.js"');
    expect(converted(global, { ...NODE, 'package.json': manifest({}) })).toContain('npm prune');
    const typescript = global.replace('server.js', 'server.ts');
    expect(converted(typescript, { 'server.ts': '', 'package.json': manifest({}) })).not.toContain('npm prune');
  });

  it('are pruned with the flags of the install', () => {
    const text = converted(docker.replace('npm ci', 'npm ci --legacy-peer-deps'), {
      ...NODE,
      'package.json': manifest({}),
    });
    expect(text).toContain('npm prune --omit=dev --no-save --legacy-peer-deps');
  });
});

describe('a refusal', () => {
  it.each([
    ['command-needs-toolchain', 'FROM golang\nCOPY . .\nRUN go mod download\nCMD go run .'],
    ['command-needs-toolchain', 'FROM maven:3\nCOPY . /a\nRUN mvn package\nCMD ["mvn", "spring-boot:run"]'],
    ['command-is-shell', 'FROM node:20\nCOPY . /a\nRUN npm ci\nCMD ["/bin/bash"]'],
    ['nothing-built', 'FROM openjdk:8\nCOPY app.jar /\nCMD java -jar /app.jar'],
    ['workdir-unknown', 'FROM a.example/b:1\nCOPY . .\nRUN npm ci\nCMD node x.js'],
    ['workdir-unknown', 'FROM a.example/b:1\nCOPY . /a\nRUN npm ci\nCMD node x.js'],
    ['workdir-unknown', 'FROM a.example/b:1\nWORKDIR a\nCOPY a.js ./\nRUN npm ci\nCMD node x.js'],
    ['shared-output', 'FROM debian\nCOPY . /a\nRUN curl -L x | tar xz -C /\nRUN make -C /a\nCMD /init'],
    ['unknown-before-build', 'FROM node:20\nWORKDIR /a\nCOPY . .\nRUN curl x | sh\nRUN npm ci\nCMD node server.js'],
    [
      'unknown-before-build',
      'FROM php:8.2-apache\nRUN php -r "file_put_contents(\'/etc/x\', 1);"\nRUN docker-php-ext-install zip\nCOPY . /var/www/html',
    ],
    ['unknown-before-build', 'FROM node:20\nWORKDIR /a\nCOPY . .\nRUN node fetch.js\nRUN npm ci\nCMD node server.js'],
    [
      'unknown-before-build',
      'FROM python:3.12\nCOPY . /a\nRUN python -m playwright install --with-deps\nRUN pip install x\nCMD python /a/a.py',
    ],
    ['copy-unreadable', 'FROM node:20\nCOPY ./prisma/\nRUN npm ci\nCMD node server.js'],
    ['build-never-ends', 'FROM node:20\nCOPY . /a\nRUN npm start\nCMD node server.js'],
    [
      'user-missing',
      'FROM gradle:8-jdk17\nWORKDIR /a\nCOPY . .\nRUN gradle build\nUSER gradle\nCMD ["java", "-jar", "build/libs/a.jar"]',
    ],
    ['no-from', 'RUN x'],
    ['instruction-unknown', 'FROM a\nRUNN x'],
  ])('says %s', (code, text) => {
    expect(refusal(text, NODE)).toBe(code);
  });
});

describe('what would not pay', () => {
  it('is refused: everything that was compiled is copied onto the same image', () => {
    const docker = 'FROM our/toolchain:1\nWORKDIR /srv/a\nCOPY . .\nRUN cmake . && make\nCMD ["start-it"]\n';
    expect(refusal(docker, { 'CMakeLists.txt': '' })).toBe('would-not-pay');
  });

  it('is not told by the name of pip, which brings a compiler along', () => {
    const docker =
      'FROM ubuntu\nRUN apt-get update && apt-get install -y python3-pip\nWORKDIR /a\nCOPY . .\nRUN pip3 install --no-cache-dir -r requirements.txt\nCMD python3 a.py\n';
    const project = { 'requirements.txt': 'flask', 'a.py': '' };
    expect(converted(docker, project)).toContain('AS build');
    expect(refusal(docker.replace('-y', '-y --no-install-recommends'), project)).toBe('would-not-pay');
  });

  const files = { ...NODE, 'package-lock.json': '"node_modules/a": {}, '.repeat(200) };

  it('is refused: a slim image whose install leaves nothing', () => {
    const docker =
      'FROM node:20-slim\nWORKDIR /a\nCOPY . .\nRUN npm ci --omit=dev && npm cache clean --force\nCMD node server.js\n';
    expect(refusal(docker, files)).toBe('would-not-pay');
  });

  it('is converted where the cache stays', () => {
    expect(
      converted('FROM node:20-slim\nWORKDIR /a\nCOPY . .\nRUN npm ci --omit=dev\nCMD node server.js\n', files),
    ).toContain('AS build');
  });
});

describe('what Vite and Composer make in a shared folder', () => {
  const docker =
    'FROM php:8.3-fpm\nRUN apt-get update && apt-get install -y nodejs npm\nWORKDIR /var/www\nCOPY . .\nRUN composer install && npm install && npm run build\nCMD ["php-fpm"]\n';
  const files = { 'composer.json': '{}', artisan: '', 'package.json': '{"scripts":{"build":"vite build"}}' };

  it.each([
    ['', '/var/www/dist'],
    ["import laravel from 'laravel-vite-plugin'", '/var/www/public/build'],
    ['export default { build: { outDir: "public/app" } }', '/var/www/public/app'],
  ])('is found in its configuration: %s', (config, folder) => {
    const text = finalStage(converted(docker, { ...files, 'vite.config.js': config }));
    expect(text).toContain(`COPY --from=build ${folder} ${folder}\n`);
    expect(text).toContain('COPY --from=build /var/www/bootstrap/cache /var/www/bootstrap/cache\n');
  });
});

describe('a program of the project', () => {
  it.each(['flask db upgrade', 'alembic upgrade head', 'pytest', 'gunicorn --check-config a:app'])(
    '%s works where its files are',
    (command) => {
      const docker = `FROM python:3.12\nWORKDIR /a\nCOPY . .\nRUN pip install x && ${command}\nRUN pip install y\nCMD python a.py\n`;
      expect(converted(docker, { 'a.py': '' })).toContain(command);
    },
  );
});

describe('a unit that cannot be taken apart', () => {
  it('is as unknown as the command in it that nobody knows, and is named', () => {
    const conversion = convertText(
      'FROM node:20\nWORKDIR /a\nCOPY . .\nRUN npm ci || frobnicate\nRUN npm ci\nCMD node server.js',
      NODE,
    );
    const reason = conversion.kind === 'refused' ? conversion.refusal.reason : null;
    expect(reason?.args).toEqual({ command: 'npm ci || frobnicate', why: 'program-unknown' });
  });
});

describe('a file that a RUN puts into a directory of the system', () => {
  const final = (run: string) =>
    finalStage(
      converted(`FROM node:20\nWORKDIR /a\nCOPY . .\nRUN ${run}\nRUN npm ci\nCMD ["node", "server.js"]\n`, {
        ...NODE,
        'conf/x.conf': '',
      }),
    );

  it('is copied where it was downloaded', () => {
    const text = final(
      'cd /tmp && wget https://x/y.tgz && tar xzf y.tgz && mv y/bin /usr/local/bin/y && rm -rf /tmp/*',
    );
    expect(text).toContain('COPY --from=build /usr/local/bin/y /usr/local/bin/y');
    expect(text).not.toContain('mv y/bin');
  });

  it('is made again after the copies where it is made from a file of the project', () => {
    expect(final('tee /etc/x.conf < conf/x.conf')).toMatch(
      /COPY --from=build \/a \/a\nRUN tee|COPY --from=build \/etc\/x\.conf/,
    );
    expect(final('npm install -g .')).toMatch(/COPY --from=build \/a \/a\nRUN npm install -g \./);
  });

  it('is a list of libraries: made after they are there', () => {
    const run = 'unzip x.zip -d /opt/oracle && echo /opt/oracle > /etc/ld.so.conf.d/o.conf && ldconfig';
    expect(final(run)).toMatch(/COPY --from=build \/opt\/oracle \/opt\/oracle\n[\s\S]*\nRUN echo .* && ldconfig\n/);
  });

  it('has a name: else it is refused', () => {
    const docker =
      'FROM node:20\nWORKDIR /a\nCOPY . .\nRUN for f in conf/*; do cp $f /etc/; done\nRUN npm ci\nCMD ["node", "server.js"]\n';
    expect(refusal(docker, { ...NODE, 'conf/x.conf': '' })).toBe('shared-output');
  });
});

describe('a path in the home', () => {
  it('is copied from where the shell puts it', () => {
    const docker = (path: string) =>
      `FROM python:3.12\nWORKDIR /a\nCOPY . .\nRUN mkdir -p ${path} && cp config.toml ${path}/config.toml\nRUN pip install -r requirements.txt\nCMD streamlit run a.py\n`;
    const files = { 'config.toml': '', 'requirements.txt': 'streamlit', 'a.py': '' };
    expect(finalStage(converted(docker('~/.streamlit'), files))).toContain(
      'COPY --from=build /root/.streamlit/config.toml /root/.streamlit/config.toml',
    );
    expect(finalStage(converted(docker("'~/.streamlit'"), files))).not.toContain('/root/');
  });
});

describe('what belongs to another user', () => {
  it('is copied with its owner where all of it does, also the directory itself', () => {
    const text = converted(
      'FROM node:20\nWORKDIR /a\nCOPY . .\nRUN npm ci\nRUN chown -R node:node /a\nUSER node\nCMD node server.js\n',
      NODE,
    );
    expect(finalStage(text)).toContain('COPY --from=build --chown=node:node /a /a\nWORKDIR /a\n');
  });

  it('keeps the mode of the directory, which a copy of its contents does not', () => {
    const text = converted(
      'FROM node:20\nWORKDIR /a\nCOPY . .\nRUN npm ci && chmod -R 777 /a\nCMD node server.js\n',
      NODE,
    );
    expect(finalStage(text)).toContain('RUN chmod 777 /a');
  });
});
