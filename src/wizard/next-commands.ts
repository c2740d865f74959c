import type { ImagePlan } from '../model/plan.ts';
import { joinPath, relativePath } from '../project/search.ts';
import { commandLine } from './command-line.ts';

/** What a person would type next, from the directory in which the program was started. `directory` as it was given. */
export function nextCommands(plan: ImagePlan, directory: string): readonly string[] {
  const image = imageName(plan.name);
  const usual = joinPath(plan.context, 'Dockerfile');
  const file = plan.dockerfile === usual ? [] : ['-f', below(directory, plan.dockerfile)];
  const port = plan.runtime.port === null ? [] : ['-p', `${plan.runtime.port}:${plan.runtime.port}`];
  const readOnly = readOnlyFlags(plan);
  return [
    commandLine(['docker', 'build', '-t', image, ...file, below(directory, plan.context)]),
    commandLine(['docker', 'run', '--rm', ...port, ...readOnly, image]),
    verifyCommand(plan, directory),
  ];
}

/** A read-only root, unless the program writes beside its own code: an empty file system mounted there would hide it. */
function readOnlyFlags(plan: ImagePlan): readonly string[] {
  const folders = writableFolders(plan);
  const isBeside = plan.notes.some(({ code }) => code === 'writable-folders-beside-source');
  const hidesCode =
    isBeside || folders.some((folder) => `${plan.runtime.workdir}/`.startsWith(`${folder.replace(/\/+$/, '')}/`));
  return hidesCode ? [] : ['--read-only', ...['/tmp', ...folders].flatMap((folder) => ['--tmpfs', folder])];
}

/** Notes `writable-folder…` name folders that the program writes to; there, a read-only root needs something mounted. */
function writableFolders(plan: ImagePlan): readonly string[] {
  const named = plan.notes
    .filter(({ code }) => code.startsWith('writable-folder'))
    .flatMap(({ args }) => (args['folders'] ?? args['folder'] ?? '').split(/,\s*/));
  return [...new Set(named.filter((folder) => folder.startsWith('/') && folder !== '/tmp'))];
}

function verifyCommand(plan: ImagePlan, directory: string): string {
  const { context, dockerfile } = verifySubject(plan, directory);
  const file = dockerfile === null ? [] : ['--dockerfile', dockerfile];
  return commandLine(['create-multistage-docker', 'verify', ...(context === '.' ? [] : [context]), ...file]);
}

/** What `verify` is given for this plan: the build context, and the Dockerfile seen from there (`null`: the usual one). */
export function verifySubject(
  plan: Pick<ImagePlan, 'context' | 'dockerfile'>,
  directory: string,
): { readonly context: string; readonly dockerfile: string | null } {
  const dockerfile = relativePath(plan.context, plan.dockerfile);
  return { context: below(directory, plan.context), dockerfile: dockerfile === 'Dockerfile' ? null : dockerfile };
}

function below(directory: string, path: string): string {
  if (directory.startsWith('/')) return path === '.' ? directory : `${directory.replace(/\/+$/, '')}/${path}`;
  const up = /^(?:\.\.\/?)+/.exec(directory)?.[0].replace(/\/?$/, '/') ?? '';
  const rest = joinPath(directory.slice(up.length), path);
  if (up === '') return rest.startsWith('-') ? `./${rest}` : rest;
  return rest === '.' ? up.slice(0, -1) : up + rest;
}

/** A name as an image may have it: the project's, in small letters, without its scope. */
function imageName(name: string): string {
  const last = name.split('/').at(-1) ?? name;
  const plain = last
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain === '' ? 'app' : plain.slice(0, 100);
}
