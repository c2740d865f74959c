import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '../../src/engine/process.ts';
import { pipfileHash } from '../../src/languages/python/lock-state.ts';
import { openDirectory } from '../../src/project/directory.ts';

/**
 * Lock files and wrappers that have to name a package index hold these stand-ins. A run that builds the project puts in the
 * address that the client in the base image uses by itself, so that no registry is named in the repository.
 */
interface StandIn {
  readonly host: string;
  /** prints the host in its place */
  readonly image: string;
  readonly command: readonly string[];
}

const PYTHON = 'python:3.13-slim-trixie';
const PIP = 'from pip._internal.models.index import PyPI; print';
const SUPER_POM = 'org/apache/maven/model/pom-4.0.0.xml';

const STAND_INS: readonly StandIn[] = [
  { host: 'pypi.invalid', image: PYTHON, command: ['python', '-c', `${PIP}(PyPI.netloc)`] },
  { host: 'python-files.invalid', image: PYTHON, command: ['python', '-c', `${PIP}(PyPI.file_storage_domain)`] },
  {
    host: 'maven-repository.invalid',
    image: 'maven:3.9-eclipse-temurin-21',
    command: [
      'sh',
      '-c',
      `cd /tmp && jar xf /usr/share/maven/lib/maven-model-builder-*.jar ${SUPER_POM} && sed -n 's#.*<url>https://\\([^/]*\\)/.*#\\1#p;T;q' ${SUPER_POM}`,
    ],
  },
];

/** Replaces the stand-ins in every file of a copied project, and the hash that Pipenv keeps of them. */
export async function putInAddresses(folder: string): Promise<void> {
  const hash = () => pipfileHash(openDirectory(folder), 'Pipfile');
  const before = hash();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, 'utf8');
    if (text.includes('.invalid/')) await writeFile(path, await withAddresses(text));
  }
  const after = hash();
  if (before === null || after === null) return;
  const lock = join(folder, 'Pipfile.lock');
  await writeFile(lock, (await readFile(lock, 'utf8')).replace(before, after));
}

async function withAddresses(text: string): Promise<string> {
  let result = text;
  for (const standIn of STAND_INS) {
    if (result.includes(standIn.host)) result = result.replaceAll(standIn.host, await hostOf(standIn));
  }
  return result;
}

async function hostOf({ image, command, host }: StandIn): Promise<string> {
  const [entryPoint = '', ...args] = command;
  const done = await runProcess('docker', ['run', '--rm', '--entrypoint', entryPoint, image, ...args]);
  const found = done.stdout.trim();
  if (done.exitCode !== 0 || found === '')
    throw new Error(`${image} does not tell what ${host} stands for: ${done.stderr}`);
  return found;
}
