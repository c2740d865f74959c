import type { Fact } from '../../model/fact.ts';
import { findInSource, type Source } from './sources.ts';
import { placeholder, type Settings } from './spring.ts';

/** Code that makes folders or files; without it, a name of a folder is only read from. */
const WRITES =
  /createDirector(?:y|ies)\(|\.mkdirs?\(|\.transferTo\(|new File(?:OutputStream|Writer)\(|Files\.(?:copy|write|writeString|newOutputStream|newBufferedWriter)\(/;

const FOLDER = String.raw`((?:\.\/)?[\w-]+(?:\/[\w-]+)*)\/?`;
const NAME = String.raw`\w*(?:upload|storage|(?:data|output|file|image|media)_?(?:dir|directory|folder|path))\w*`;

/** A relative folder behind a name that says what it is for, or that is called after uploads itself. */
const CONSTANTS: readonly RegExp[] = [
  new RegExp(String.raw`\b${NAME}\s*(?::\s*String\s*)?=\s*(?:Paths\.get\(|Path\.of\(|new File\()?\s*"${FOLDER}"`, 'i'),
  /(?:=|Paths\.get\(|Path\.of\(|new File\()\s*"((?:\.\/)?uploads?(?:[-_]?(?:dir|files|images|s))?)\/?"/i,
];

/** `@Value("${file.upload-dir:uploads}")`: the settings may say otherwise. */
const INJECTED = /@Value\(\s*"\\?\$\{([\w.-]*(?:upload|storage)[\w.-]*)(?::([^}"]*))?\}"\s*\)/i;

/** Folders that the code makes beside the program, as far as its constants and the settings that it is given tell. */
export function writtenFolders(sources: readonly Source[], settings: Settings): readonly Fact[] {
  if (!sources.some(({ text }) => WRITES.test(text))) return [];
  return sources
    .flatMap((source) => [...CONSTANTS.map((form) => constant(source, form)), injected(source, settings)])
    .filter((fact) => fact !== null);
}

function constant(source: Source, form: RegExp): Fact | null {
  const found = findInSource(source, form);
  const value = found?.match[1];
  return found && value ? { value, from: found.from } : null;
}

function injected(source: Source, settings: Settings): Fact | null {
  const found = findInSource(source, INJECTED);
  const [, key = '', fallback] = found?.match ?? [];
  if (!found) return null;
  const set = settings(key);
  if (set) return set;
  return fallback ? { value: placeholder(fallback).value ?? fallback, from: found.from } : null;
}
