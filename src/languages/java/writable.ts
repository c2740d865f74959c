import type { Fact } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { firstMatch } from '../../project/readers/lines.ts';
import { joinPath } from '../../project/search.ts';
import type { Inputs } from './inputs.ts';
import { placeholder } from './spring.ts';
import { writtenFolders } from './written-folders.ts';

/** Settings that hold a file which the program writes, and those that hold a folder. */
const FILES = ['logging.file.name', 'logging.file', 'quarkus.log.file.path', 'server.tomcat.accesslog.directory'];
const FOLDERS = [
  'logging.file.path',
  'logging.path',
  'server.tomcat.basedir',
  'file.upload-dir',
  'upload.path',
  'storage.location',
  'app.upload.dir',
  'file.path',
];

/** Databases that live in a file beside the program. */
const DATABASE = /jdbc:(?:h2:(?:file:)?|sqlite:|hsqldb:file:|derby:)((?:\.{1,2}|~)?\/?[\w./-]+)/;

/**
 * Folders that the settings make a program write to, relative to its working directory or absolute. They have to be made
 * writable, since a logger that cannot open its file keeps Spring Boot from starting. `.`: beside the program itself.
 * `files`: settings that the program is given on its command line.
 */
export function writableFolders(project: Project, inputs: Inputs, files: readonly string[] = []): readonly Fact[] {
  const found: Fact[] = [];
  const add = (fact: Fact | null, isFile: boolean) => {
    const path = fact && folderOf(placeholder(fact.value).value ?? '', isFile);
    if (fact && path !== null && !found.some((one) => one.value === path)) {
      found.push({ value: path, from: fact.from, holds: fact.holds ?? fact.value });
    }
  };
  for (const name of FILES) add(inputs.settings(name), true);
  for (const name of FOLDERS) add(inputs.settings(name), false);
  const url = inputs.settings('spring.datasource.url') ?? inputs.settings('quarkus.datasource.jdbc.url');
  const file = url && !/:mem:|tcp:|:nio|classpath/.test(url.value) ? DATABASE.exec(url.value)?.[1] : undefined;
  if (url && file) add({ value: file, from: url.from, holds: file }, true);
  for (const path of loggingFiles(inputs.directory).filter((one) => project.isFile(one))) {
    add(loggedFile(project, path), true);
  }
  for (const fact of writtenFolders(inputs.sources, inputs.settings)) add(fact, false);
  for (const path of files) {
    add(firstMatch(project, path, /^\s*currentLogFilename:\s*["']?([^\s"'#]+)/m), true);
    add(firstMatch(project, path, new RegExp(`^\\s*url:\\s*["']?${DATABASE.source}`, 'm')), true);
  }
  return found;
}

function loggingFiles(directory: string): readonly string[] {
  const names = ['logback-spring.xml', 'logback.xml', 'log4j2.xml', 'log4j2-spring.xml', 'log4j.properties'];
  return names.map((name) => joinPath(directory, 'src/main/resources', name));
}

/** The file that a logger writes, with the variables of the same file filled in as far as they stand there. */
function loggedFile(project: Project, path: string): Fact | null {
  const named =
    firstMatch(project, path, /<file>\s*([^<\s]+)\s*<\/file>/i) ??
    firstMatch(project, path, /\bfileName="([^"]+)"/i) ??
    firstMatch(project, path, /<fileNamePattern>\s*([^<\s]+)\s*</i) ??
    firstMatch(project, path, /^log4j\.appender\.\w+\.File\s*=\s*(\S+)/im);
  if (!named) return null;
  const text = project.source(path) ?? '';
  return { value: expand(named.value, text, 0), from: named.from, holds: named.value };
}

function expand(value: string, text: string, depth: number): string {
  if (depth > 5) return value;
  const next = value.replaceAll(
    /\$\$?\{(?:sys:|env:)?([\w.-]+)(?::-?([^{}]*))?\}/g,
    (all, name: string, fallback?: string) => {
      const escaped = name.replaceAll(/[.\\-]/g, '\\$&');
      const set = new RegExp(
        `(?:name|key)="${escaped}"[^>]*?(?:value|defaultValue)="([^"]*)"|<Property name="${escaped}">([^<]*)<`,
        'i',
      ).exec(text);
      return set?.[1] ?? set?.[2] ?? fallback ?? all;
    },
  );
  return next === value ? value : expand(next, text, depth + 1);
}

/** The folder to make, without what differs from file to file; `null` where it cannot be told, or is writable anyhow. */
function folderOf(path: string, isFile: boolean): string | null {
  const plain = path.replace(/^file:(?:\/\/)?/, '').replaceAll('\\', '/');
  const folder = isFile ? (plain.includes('/') ? plain.slice(0, plain.lastIndexOf('/')) : '.') : plain;
  const clean = folder.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '') || (plain.startsWith('/') ? '/' : '.');
  if (
    !/^[\w./-]+$/.test(clean) ||
    clean.includes('..') ||
    /^\/(?:tmp|dev|proc)?(?:\/|$)/.test(clean.slice(0, 5)) ||
    clean === '/'
  )
    return null;
  return clean;
}
