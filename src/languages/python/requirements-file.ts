import type { Fact, Place } from '../../model/fact.ts';
import type { Project } from '../../model/project.ts';
import { own } from '../../project/own.ts';
import { readLines } from '../../project/readers/lines.ts';
import { directoryOf, joinPath } from '../../project/search.ts';
import { CONDA_NAMES, NOT_FOR_PIP } from './conda-names.ts';
import { parseRequirement, type Requirement } from './requirement.ts';

/** A line that installs something from the project itself. */
interface LocalRequirement {
  /** relative to the service, `.` for the service itself */
  readonly path: string;
  readonly extras: readonly string[];
  readonly from: Place;
  readonly text: string;
}

/** A line that pip cannot install in an image, and what is installed instead of it. */
interface UnusableLine {
  readonly text: string;
  readonly from: Place;
  readonly reason: 'windows-only' | 'other-machine' | 'not-a-package' | 'comes-with-python' | 'conda-form';
  readonly instead: string | null;
}

/** What a requirements file says, together with all files that it includes. Paths are relative to the service. */
export interface Requirements {
  readonly files: readonly string[];
  readonly missing: readonly Fact[];
  readonly requirements: readonly Requirement[];
  readonly locals: readonly LocalRequirement[];
  readonly unusable: readonly UnusableLine[];
  /** something is fetched with git */
  readonly git: boolean;
  /** files that must be made UTF-8 before their lines can be edited */
  readonly utf16: readonly string[];
  /** hashes are given, so pip accepts nothing that has none */
  readonly hashes: boolean;
}

/** Packages that exist for Windows or macOS alone and are left in by `pip freeze` on such a machine. */
const OTHER_SYSTEMS = new Set([
  'pywin32',
  'pypiwin32',
  'pywinpty',
  'pywin32-ctypes',
  'windows-curses',
  'wincertstore',
  'win-inet-pton',
  'twisted-iocpsupport',
  'pyobjc',
  'pyobjc-core',
  'macholib',
  'wmi',
  'pyreadline',
  'winshell',
  'pycaw',
]);

/** Packages of Debian and Ubuntu that `pip freeze` lists and that no index has. */
const NOT_PACKAGES = new Set(['pkg-resources', 'python-apt', 'ubuntu-advantage-tools', 'command-not-found', 'apturl']);

/** Modules that come with Python 3; what the index has under these names is for Python 2, or somebody else's. */
const BACKPORTS = new Set(
  (
    'argparse asyncio backports-zoneinfo collections configparser contextvars csv dataclasses datetime enum enum34 functools ' +
    'functools32 futures itertools json logging math multiprocessing os pathlib pickle pickle5 random re smtplib socket ' +
    'sqlite3 string subprocess sys threading time tkinter typing unittest urllib uuid wsgiref'
  ).split(' '),
);

/** Names that the index once had, or never had, for what is meant. */
const RENAMED: Readonly<Record<string, string>> = {
  sklearn: 'scikit-learn',
  cv2: 'opencv-python-headless',
  pil: 'pillow',
};

/** Reads requirements files with everything that they include by `-r` and `-c`. */
export function readRequirements(project: Project, directory: string, files: readonly string[]): Requirements {
  const reader: Reader = {
    project,
    directory,
    files: [],
    missing: [],
    requirements: [],
    locals: [],
    unusable: [],
    utf16: [],
    git: false,
    hashes: false,
  };
  for (const file of files) readFile(reader, file);
  const { project: _project, directory: _directory, ...found } = reader;
  return found;
}

interface Reader {
  readonly project: Project;
  readonly directory: string;
  readonly files: string[];
  readonly missing: Fact[];
  readonly requirements: Requirement[];
  readonly locals: LocalRequirement[];
  readonly unusable: UnusableLine[];
  readonly utf16: string[];
  git: boolean;
  hashes: boolean;
}

function readFile(reader: Reader, file: string, isConstraints = false): void {
  if (reader.files.includes(file)) return;
  reader.files.push(file);
  if (reader.project.isUtf16?.(joinPath(reader.directory, file))) reader.utf16.push(file);
  for (const { text, place } of logicalLines(reader.project, joinPath(reader.directory, file))) {
    const included = /^(-r|--requirement|-c|--constraint)(?:\s+|=|(?<=-[rc]))(\S+)/.exec(text);
    if (included) includeFile(reader, file, included[2] ?? '', place, /^(?:-c|--con)/.test(text));
    else if (!isConstraints) readLine(reader, file, text, place);
  }
}

function includeFile(reader: Reader, by: string, named: string, place: Place, isConstraints: boolean): void {
  if (/^https?:/.test(named)) return;
  const path = joinPath(directoryOf(by), named);
  if (reader.project.isFile(joinPath(reader.directory, path))) readFile(reader, path, isConstraints);
  else reader.missing.push({ value: named, from: place });
}

function readLine(reader: Reader, file: string, text: string, place: Place): void {
  if (/--hash[= ]/.test(text)) reader.hashes = true;
  const line = text.replace(/\s--(?:hash|config-settings?|global-option|install-option)[= ].*$/, '').trim();
  const editable = /^(?:-e|--editable)(?:\s+|=)(.+)$/.exec(line)?.[1]?.trim();
  const target = editable ?? line;
  if (/^(?:[\w.[\],-]+\s*@\s*)?git\+|^git:\/\//.test(target)) reader.git = true;
  if (line.startsWith('-') && editable === undefined) return;
  const path = localPath(target);
  if (path !== null) {
    const local = joinPath(directoryOf(file), path.path);
    if (isInstallable(reader, local)) reader.locals.push({ path: local, extras: path.extras, from: place, text: line });
    else reader.unusable.push({ text: line, from: place, reason: 'other-machine', instead: null });
    return;
  }
  const requirement = parseRequirement(egg(target), place) ?? fromConda(reader, target, place);
  if (!requirement) return;
  const unusable = unusableLine(requirement, line);
  if (unusable) reader.unusable.push(unusable);
  if (!unusable || unusable.instead) reader.requirements.push({ ...requirement, text: line });
}

function isInstallable(reader: Reader, path: string): boolean {
  const full = joinPath(reader.directory, path);
  if (reader.project.isFile(full)) return true;
  return ['setup.py', 'setup.cfg', 'pyproject.toml'].some((name) => reader.project.isFile(joinPath(full, name)));
}

function unusableLine(requirement: Requirement, text: string): UnusableLine | null {
  const { name, from, url, marker } = requirement;
  if (OTHER_SYSTEMS.has(name) && marker === '') return { text, from, reason: 'windows-only', instead: null };
  if (NOT_PACKAGES.has(name)) return { text, from, reason: 'not-a-package', instead: null };
  if (BACKPORTS.has(name)) return { text, from, reason: 'comes-with-python', instead: null };
  const renamed = own(RENAMED, name);
  if (renamed) return { text, from, reason: 'not-a-package', instead: renamed };
  // `pip freeze` in a conda environment writes where conda built the package.
  if (url && /^file:\/\//.test(url)) return { text, from, reason: 'other-machine', instead: name };
  return null;
}

/** `conda list --export` writes `numpy=1.26.4=py311_0`, which pip does not read. */
function fromConda(reader: Reader, line: string, from: Place): Requirement | null {
  const [, name = '', version = ''] = /^([\w.-]+)=([\w.]+)(?:=\w+)?$/.exec(line) ?? [];
  if (name === '') return null;
  const instead = NOT_FOR_PIP.test(name) || name === 'python' ? null : `${own(CONDA_NAMES, name) ?? name}==${version}`;
  reader.unusable.push({ text: line, from, reason: 'conda-form', instead });
  return instead === null ? null : parseRequirement(instead, from);
}

/** A path in the project with its extras: `.`, `./lib`, `../shared[redis]`, `libs/thing`, `file:./lib`. */
function localPath(target: string): { readonly path: string; readonly extras: readonly string[] } | null {
  const match = /^(?:file:(?!\/\/))?(\.{1,2}(?:\/[^\s[;]*)?|[\w-]+\/[\w./-]*)(?:\[([^\]]*)\])?(?:\s*;.*)?$/.exec(
    target,
  );
  if (!match?.[1]) return null;
  return { path: match[1], extras: (match[2] ?? '').split(',').filter((extra) => extra !== '') };
}

/** `git+https://host/x.git#egg=name` → `name @ git+https://host/x.git#egg=name`. */
function egg(target: string): string {
  const name = /^(?:git\+|hg\+|https?:).*[#&]egg=([\w.-]+)/.exec(target)?.[1];
  return name ? `${name} @ ${target}` : target;
}

/** Lines joined where one ends in a backslash, without comments and blanks around; empty ones left out. */
function logicalLines(project: Project, path: string): readonly { readonly text: string; readonly place: Place }[] {
  const joined: { text: string; place: Place }[] = [];
  let open: { text: string; place: Place } | null = null;
  for (const line of readLines(project, path) ?? []) {
    const text = line.text.replace(/(?:^|\s)#.*$/, '').trimEnd();
    const continues = text.endsWith('\\');
    const part = (continues ? text.slice(0, -1) : text).trim();
    if (open) open.text = `${open.text} ${part}`.trim();
    else open = { text: part, place: line.place };
    if (continues) continue;
    if (open.text !== '') joined.push(open);
    open = null;
  }
  if (open && open.text !== '') joined.push(open);
  return joined;
}
