import type { Messages } from '../../model/fact.ts';
import { COMMON_MESSAGES } from '../shared/notes.ts';

/** Sentences for what should be known about a Python project. */
export const MESSAGES: Messages = {
  ...COMMON_MESSAGES,
  'version-kept': ({ what, version }) =>
    `Python ${version} is used, the newest that ${what} can be used with. Raise what holds it back to move on.`,
  'version-too-new': ({ what, version }) =>
    `No wheel is known for Python ${version} of ${what}: compiled, or not working. Raise it, or choose an older Python.`,
  'version-lacks': ({ what, version }) =>
    `The source uses what Python ${version} does not have any more: ${what}. Change it, or choose an older Python.`,
  'requirement-left-out': ({ text }) =>
    `${text} does not exist for Linux and is left out. Give it a marker such as ; sys_platform == "win32".`,
  'requirement-of-other-machine': ({ text }) =>
    `${text} names a file on the machine where the list was made; the newest release is installed instead, or nothing where it names only a path. Write name==version.`,
  'requirement-of-conda': ({ text, instead }) =>
    `${text} is in conda’s form, which pip does not read; ${instead} is installed for it. Write name==version.`,
  'requirement-in-python': ({ text }) => `${text} is left out, since Python itself brings it. Take the line out.`,
  'requirement-not-found': ({ text, instead }) =>
    `${text} is not on the package index; ${instead} is installed for it. Correct the line.`,
  'requirements-missing': ({ file }) => `${file} is included, but it is not there. Add it, or take the line out.`,
  'conda-by-pip': ({ leftOut }) =>
    `conda itself is not used: pip installs what it can.${leftOut === '' ? '' : ` Left out, since only conda has it: ${leftOut}.`}`,
  'index-variable': ({ flags }) => `An address of a package needs credentials. Build with ${flags}.`,
  'index-netrc': ({ hosts }) =>
    `Packages also come from ${hosts}. If it asks for a password, build with --secret id=netrc,src=$HOME/.netrc.`,
  'lock-file-stale': ({ file }) =>
    `${file} was made for other dependencies than the manifest names, so the build resolves them anew. Lock again and commit it.`,
  'lock-file-missing': () => 'Nothing locks the versions, so two builds may differ. Add a lock file.',
  'import-undeclared': ({ module, name }) =>
    `${module} is imported, but no manifest names it; ${name} is installed in its newest release. Add it to the manifest.`,
  'import-unknown': ({ module }) =>
    `${module} is imported, but nothing says which package brings it; it is not installed. Name it in a requirements.txt.`,
  'manifest-missing': ({ names }) =>
    `There is no list of dependencies; these were worked out from the imports, in their newest releases: ${names}. Write a requirements.txt.`,
  'versions-held-back': ({ bounds }) =>
    `Newer releases would not work with what the project pins or imports, so these bounds are set: ${bounds}. Add them to the manifest.`,
  'server-added': ({ server, release }) =>
    `The project declares no production server, so ${server} ${release} is installed in the image. Declare it, or choose with --server.`,
  'development-server': () =>
    'The program serves with the standard library’s server, which is not made for production. Put a real one in front.',
  'program-unknown': () => 'No program to start was found. Name it with --command.',
  'variables-needed': ({ names }) =>
    `The program reads settings that have no default: ${names}. Set them when it runs.`,
  'settings-file': ({ file }) =>
    `The program reads settings from ${file} alone, which is not in the image. Mount it, or read the environment as well.`,
  'django-debug': () =>
    'DEBUG is True in the settings that are used, so errors show source and settings to everybody. Read it from a variable.',
  'django-debug-unless': ({ setting }) =>
    `DEBUG is on, and errors show source and settings to everybody, unless ${setting} is set. Set it where the image runs.`,
  'django-hosts': () =>
    'ALLOWED_HOSTS is empty: with DEBUG off, Django answers 400 to every request. Read it from a variable.',
  'django-static': () =>
    'Nothing serves the static files when DEBUG is off. Add WhiteNoise, or put a web server in front.',
  'static-uncollected': () =>
    'Static files are not collected, since the settings raise an error outside of their environment. Run collectstatic where they load.',
  'release-command': ({ command }) =>
    `Before a new release runs, the project wants ${command}. Run it as a job of its own.`,
  'database-command': ({ command }) =>
    `The tables of the database are made by ${command}, which the image does not run. Run it as a job of its own, before the service.`,
  'writable-folders': ({ folders }) =>
    `The program writes into ${folders}. Mount a volume there to keep the data; with a read-only root it is needed.`,
  'writable-folders-beside-source': ({ folders }) =>
    `The program writes to ${folders}, beside its own source, where a volume would hide the program and a read-only root forbids it. Give it a folder of its own.`,
  'listens-locally': ({ host }) =>
    `The program listens on ${host} alone, so nothing outside the container reaches it. Let it listen on 0.0.0.0.`,
  'spiders-several': ({ names, first }) =>
    `The project has several spiders (${names}), of which ${first} is run. Name another one with --command.`,
  'python-2': () => 'The source is written for Python 2, which ended in 2020. Convert it first.',
};
