import type { Note } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { note } from '../build-notes.ts';
import { flagsOf } from './flags.ts';
import type { Module } from './module.ts';
import { findPlugin, modulePlugins, settingsNamed } from './plugins.ts';
import { developmentProfile } from './profiles.ts';
import type { Reactor } from './reactor.ts';
import { plainRepositories, privateRepositories } from './repositories.ts';
import { serverNote } from './servers.ts';
import { namedSettings, settingsVariables } from './settings.ts';

/** What somebody who builds the image should know; the service's own module is the first. */
export function buildNotes(project: Project, reactor: Reactor, modules: readonly Module[]): readonly (Note | null)[] {
  const late = modules.map((one) => flagsOf(one).unpredictable).find((one) => one !== null);
  const repository = modules.flatMap(privateRepositories)[0];
  const plain = modules.flatMap(plainRepositories)[0];
  const settings = namedSettings(project, reactor.root.directory);
  const names = settings ? settingsVariables(project, settings.value) : [];
  return [
    modules[0] ? serverNote(project, reactor, modules[0]) : null,
    modules[0] ? profileNote(modules[0]) : null,
    ...missingPrograms(modules),
    late ? note('dependencies-late', 'info', late.place, { plugin: late.name }) : null,
    repository ? note('private-repository', 'warning', repository.from) : null,
    plain ? note('repository-without-tls', 'warning', plain.from.from, { url: plain.from.value }) : null,
    settings && names.length > 0
      ? note('secret-variables', 'warning', settings.from, { names: names.join(', ') })
      : null,
  ];
}

/** Which of them is right for an image, its owner knows: the one for production may need a database to start. */
function profileNote(module: Module): Note | null {
  const found = developmentProfile(module.chain);
  return (
    found &&
    note('development-profile', 'info', found.used.from, { used: found.used.value, production: found.production })
  );
}

/** Programs that the build starts; what an image with a JDK and Maven has needs no word. */
const AT_HAND = /^(?:java|javac|mvn|sh|bash|\.?\/.*|\$.*)$/;

function missingPrograms(modules: readonly Module[]): readonly Note[] {
  return modules.flatMap((module) => {
    const exec = findPlugin(modulePlugins(module), 'exec-maven-plugin');
    if (!exec?.goals.includes('exec')) return [];
    const program = settingsNamed(module, exec, 'executable').find(({ value }) => !AT_HAND.test(value));
    return program ? [note('needs-program', 'warning', program.from, { program: program.value })] : [];
  });
}
