import type { Reason } from './conversion.ts';

type Say = (args: Readonly<Record<string, string>>) => string;

/** Why a file is refused: what is in the way, and what could be done. */
const REFUSALS: Readonly<Record<string, Say>> = {
  'no-from': () => 'There is no FROM: this is not a Dockerfile.',
  'instruction-unknown': ({ instruction }) => `${instruction} is no instruction that Docker knows.`,
  windows: () => 'This is a Windows image; only Linux images are converted.',
  onbuild: () =>
    'ONBUILD makes this image a base for others: what they build needs the tools that would be left behind.',
  'base-onbuild': ({ image }) => `${image} runs ONBUILD triggers that do not stand in this file.`,
  scratch: () => 'The image starts from scratch: there is nothing that could be left behind.',
  'copy-unreadable': ({ instruction }) =>
    `This ${instruction} names no source or no target, so the file does not build as it is.`,
  'nothing-copied': () =>
    'Nothing is copied from the build context: there is no application that could be taken apart from its tools.',
  'nothing-built': () =>
    'Nothing is compiled or installed for an application here: the artefact is made outside, or there is none. A smaller base image is all that could be gained.',
  'no-command': () =>
    'Neither the file nor a compose file says what the container starts, so it cannot be known what must stay in it. Add a CMD.',
  'command-needs-toolchain': ({ command }) =>
    `The container compiles when it starts (${command}), so it needs the toolchain. Build the program in a RUN and start the result, then convert.`,
  'command-is-shell': ({ command }) =>
    `The container starts nothing but "${command}": its tools are what it is for, and none can be left behind.`,
  'build-never-ends': () => 'This RUN starts the service, so the build never ends.',
  'shell-unreadable': () => 'The shell commands of this RUN cannot be read.',
  'unknown-before-build': ({ command, why }) =>
    `It is not known what "${command}" does (${UNKNOWN[why ?? ''] ?? 'unknown command'}), and later steps build on it.`,
  'shared-output': ({ command, path }) =>
    `"${command}" writes into ${path}, a directory of the base image: what it makes there cannot be told apart. A WORKDIR of its own would.`,
  'workdir-unknown': ({ image }) =>
    `It is not known in which directory ${image} starts, and this path is relative to it. A WORKDIR with a whole path would tell.`,
  'artefact-unknown': () => 'It cannot be told which of the files that the build makes the command starts.',
  'user-missing': ({ user }) => `The user ${user} comes from the base image; the smaller one does not have it.`,
  'would-not-pay': () => 'It would not pay: nothing of any size would be left behind, the image is small already.',
  'contract-differs': ({ part }) => `The new file would not keep the container's ${part}.`,
};

const UNKNOWN: Readonly<Record<string, string>> = {
  'program-unknown': 'an unknown program',
  'program-outside': 'a program that writes outside its directory',
  'command-variable': 'a command that is only known at build time',
  'installer-unknown': 'a script from the network',
  'packages-unknown': 'packages that are only known at build time',
  mixed: 'it builds and changes the system in one command',
  'script-deep': 'scripts that call each other too deeply',
};

/** Why an instruction stands where it stands. */
const PLACES: Readonly<Record<string, Say>> = {
  'after-build': () => 'follows the last build step, as before',
  'describes-container': () => 'describes the container, not the build',
  'unknown-kept': () => 'not understood, so it stays in both stages',
  'env-both': () => 'steers the build, and the container sees it',
  'arg-both': () => 'steers the build; the final stage repeats it where its name is used',
  'state-both': () => 'sets where and as whom the next steps run',
  'copied-over': () => 'input of the build; what comes of it is copied from there',
  'tool-left': () => 'a tool that only builds',
  temporary: () => 'a temporary file that only the build reads',
  'system-file': () => 'a file of the system that the container needs too',
  'run-split': () => 'builds in the first stage; what the running container needs is done again',
  'system-both': () => 'changes the system, which the final stage needs too',
  compile: () => 'compiles what runs',
  'javascript-install': () => 'installs packages',
  'javascript-build': () => 'builds what runs',
  'javascript-global': () => 'installs a tool that only builds',
  'javascript-prune': () => 'removes development dependencies',
  'python-install': () => 'installs packages',
  'python-venv': () => 'makes a virtual environment, which is copied',
  'php-install': () => 'installs packages',
  'php-extension': () => 'compiles extensions, which are copied',
  'ruby-install': () => 'installs gems',
  'ruby-build': () => 'builds what runs',
  'project-tool': () => 'runs a tool of the project',
  'program-run': ({ program }) => `runs ${program ?? 'a program'}; what it writes is copied`,
  'data-download': () => 'downloads data, which is copied',
  download: () => 'downloads; what comes of it is copied',
  unpacked: () => 'unpacks; what comes of it is copied',
  'files-changed': () => 'changes files that are copied',
  packages: () => 'installs packages that only build',
  'packages-run': () => 'installs packages that no build step uses',
  'packages-build': () => 'installs packages that only build',
  'packages-list': () => 'reads the package lists',
  'packages-removed': () => 'removes what only the build needed',
  'package-source': () => 'adds a source of packages that only build',
  'npm-prefix': () => 'says where global packages go',
  corepack: () => 'provides a package manager that only builds',
  'tool-settings': () => 'settings of a tool that only builds',
  toolchain: () => 'installs a toolchain',
  cleanup: () => 'removes what installs leave behind',
  'nothing-changed': () => 'changes nothing',
};

/** What becomes of packages in the final stage. */
const PACKAGES: Readonly<Record<string, Say>> = {
  left: ({ names }) => `left behind: ${names}`,
  becomes: ({ name, other }) => `${name} becomes ${other}`,
};

/** Why something is copied from the build stage. */
const COPIES: Readonly<Record<string, Say>> = {
  artefact: () => 'what the command starts',
  data: () => 'not a source file: the program may read it',
  tree: () => 'the application with what was installed for it',
  'tree-whole': () => 'the program may read any of it',
  'python-packages': () => 'installed packages',
  'installed-programs': () => 'programs of the installed packages',
  gems: () => 'installed gems',
  product: () => 'made by the build',
  certificates: () => 'certificates of the old base image',
  'built-libraries': () => 'libraries that the build installed',
  'compiler-libraries': () => 'the C++ library of the compiler, which is newer than that of the distribution',
  zoneinfo: () => 'time zones of the old base image',
};

/** What the user should know. */
const NOTES: Readonly<Record<string, Say>> = {
  'base-kept': () => 'The base image stays as it is.',
  'base-slim': ({ image }) => `The final stage starts from ${image}: the same version without compilers and tools.`,
  'base-bare': ({ image }) => `The final stage starts from ${image}: the program brings what it needs.`,
  'base-jre': ({ image }) => `The final stage starts from ${image}: the runtime without compiler and build tools.`,
  'base-named': ({ image }) => `The final stage starts from ${image}, as asked.`,
  'base-dead': ({ image, other }) =>
    `${image} gets no updates any more. ${other} is its successor: take it in a step of its own, and try it.`,
  'base-ended': ({ image, name, end, other }) =>
    `${image}: ${name} has had no security fixes since ${end}. It stays here, so that nothing else changes; move to ${other === '' ? 'a supported version' : other} in a step of its own.`,
  'builder-dead': ({ image, other }) => `${image} gets no updates any more; ${other} has Maven with the same Java.`,
  'base-archived': ({ suite, names }) =>
    `The base image stays as it is: a smaller one would need ${names}, and the package lists of ${suite} are gone.`,
  'base-vendor': ({ old, image }) =>
    `${old} has no runtime image and gets no updates; ${image} is the same Java from its successor.`,
  'digest-dropped': ({ image }) => `The old base image was pinned by digest; ${image} is not: pin it again.`,
  'package-added': ({ name, from }) =>
    `${name} is installed in the final stage: the old base image had it, and ${from} needs it.`,
  'env-lost': ({ names }) => `${names} came from the old base image and only described its tools; nothing sets it now.`,
  'env-from-base': ({ names }) => `${names} comes from the new base image now and may have another value.`,
  'entrypoint-from-base': ({ before, after }) =>
    `The entry point was inherited from the old base image (${before}); now it is that of the new one (${after}).`,
  'dev-pruned': ({ count }) =>
    `${count} development dependencies are removed at the end of the build stage: nothing that runs loads them.`,
  'dev-several-folders': () => 'Development dependencies stay: they are installed in several folders.',
  'dev-workspaces': () => 'Development dependencies stay: the project has workspaces.',
  'dev-hook': ({ hook }) =>
    `Development dependencies stay: the ${hook} script of package.json may write into node_modules.`,
  'dev-types': () =>
    'Development dependencies stay: TypeScript is compiled when the container starts, and that needs the type declarations.',
  'dev-touched': () => 'Development dependencies stay: the Dockerfile changes node_modules by itself.',
  'dev-named': () => 'Development dependencies stay: a package is installed by name.',
  'dev-started': ({ program }) =>
    `Development dependencies stay: the container starts ${program}, which is one of them or is in no list.`,
  'dev-imported': ({ package: name, file }) =>
    `Development dependencies stay: ${file} loads ${name}, which is one of them or is in no list.`,
  'dev-user': () => 'Development dependencies stay: the build ends as another user than the one who installed them.',
  'dev-manager': ({ manager }) => `Development dependencies stay: ${manager} has no safe way to remove them.`,
  'root-daemon': ({ program }) => `It still runs as root: ${program} changes users or files when it starts.`,
  'root-volume': ({ line }) =>
    `It still runs as root: what lies in the volume of line ${line} belongs to root, and another user could not write there.`,
  'root-home': ({ path }) => `It still runs as root: it needs ${path}, which no other user can read.`,
  'ignore-missing': () => 'There is no .dockerignore: COPY takes version control, local installs and secrets along.',
};

export const refusalSentence = (reason: Reason): string => say(REFUSALS, reason);
export const placeSentence = (reason: Reason): string => say(PLACES, reason);
export const packageSentence = (reason: Reason): string => say(PACKAGES, reason);
export const copySentence = (reason: Reason): string => say(COPIES, reason);
export const noteSentence = (reason: Reason): string => say(NOTES, reason);

function say(table: Readonly<Record<string, Say>>, { code, args }: Reason): string {
  return table[code]?.(args) ?? code;
}
