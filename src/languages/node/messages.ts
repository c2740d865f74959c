import type { Messages } from '../../model/fact.ts';
import { COMMON_MESSAGES } from '../shared/notes.ts';

/** Sentences for what a project should know about itself. */
export const MESSAGES: Messages = {
  ...COMMON_MESSAGES,
  'version-too-new': ({ version, package: name, newest }) =>
    `${name} does not work with Node.js ${version}; the newest that it works with is ${newest}. Update the package, or declare an older Node.js.`,
  'version-without-image': ({ declared, version }) =>
    `No image of Node.js ${declared} can be built any more; ${version} is used, the oldest that there is. Move the project to a supported version.`,
  'several-locks': ({ used, other }) =>
    `There are several lock files; ${used} is used. Delete ${other} if nobody needs it.`,
  'manager-conflict': ({ declared, lock, used }) =>
    `The project declares ${declared}, but ${lock} belongs to another package manager; ${used} is used. Make them agree.`,
  'lock-missing': ({ manager }) =>
    `There is no lock file for ${manager}, so each build may install other versions. Run an installation and commit the lock file.`,
  'lock-out-of-step': ({ file, package: name, by }) =>
    `${file} does not hold ${name} as ${by === 'manifest' ? 'package.json declares it' : 'another locked package needs it'}, so it cannot be enforced. Run an installation and commit the lock file.`,
  'lock-unreadable': ({ file }) => `${file} cannot be read, so it is not used. Make it anew.`,
  'peer-conflict': ({ file }) =>
    `${file} holds versions that exclude each other as peers; they are installed all the same, as it was made.`,
  'registry-secret': ({ file, id }) =>
    `${file} holds credentials and never enters the image. Build with --secret id=${id},src=${file}.`,
  'start-step-dropped': ({ step }) =>
    `The start script also runs “${step}”, which needs the running environment. Run it as a job of its own before a new version starts.`,
  'beside-dropped': ({ program }) =>
    `The start script also runs “${program}”, which is not in this image: one image runs one program.`,
  'settings-file': ({ file }) =>
    `The start script reads ${file}, which stays out of the image. Give its variables to the container: --env-file ${file}.`,
  variables: ({ file, names }) =>
    `The program reads variables that ${file} lists: ${names}. Give them to the container when it starts.`,
  'shell-start': ({ script }) =>
    `The service starts by “${script}”: see that it ends with exec, or the program does not get the stop signal.`,
  'typescript-at-run-time': ({ program, kept }) =>
    `${program} compiles the TypeScript sources whenever the container starts${kept === 'all' ? ', so development dependencies stay in the image' : ''}. Add a build script for a smaller and faster one.`,
  'development-kept': ({ package: name }) =>
    `The program needs ${name}, which only devDependencies names, so all of them stay in the image. Move it to dependencies.`,
  loopback: ({ address }) =>
    `The service listens on ${address}, where no other machine reaches it. A small file in the image makes it listen everywhere; let the program take its host from a variable instead.`,
  'legacy-openssl': ({ package: name }) =>
    `This version of ${name} needs an algorithm that newer OpenSSL only has as a legacy one; the build allows it. Update ${name}.`,
  'build-variables': ({ names }) =>
    `These variables are compiled into the site and can be given with --build-arg: ${names}.`,
  'adapter-missing': ({ framework, adapter }) =>
    `${framework} needs ${adapter} to make a server for a container. Install it.`,
  'preview-server': ({ framework, adapter }) =>
    `${framework} has no adapter for a server (${adapter}), so its preview server is started, with all development dependencies. Add one.`,
  'nothing-to-start': () => 'No script and no file was found that starts a service. Say what starts it with --command.',
  'writable-folders': ({ paths }) =>
    `The program writes to ${paths}. The image lets it, but what is written there is lost with the container: mount a volume.`,
  'browser-missing': ({ package: name }) =>
    `${name} downloads its browser at the first use; the image does not hold one.`,
};
