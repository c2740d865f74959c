import type { Project } from '../../model/project.ts';
import type { Evidence } from '../../model/service.ts';
import { directoryOf } from '../../project/search.ts';
import { isRuntime } from './dependency.ts';
import { FRAMEWORKS, isWeb, recognise } from './framework.ts';
import { detectGradle } from './gradle/detect.ts';
import { findMainClass } from './main-class.ts';
import { moduleDependencies } from './maven/dependencies.ts';
import { type Module, packaging } from './maven/module.ts';
import { findPlugin, modulePlugins, setting } from './maven/plugins.ts';
import { readReactor } from './maven/reactor.ts';
import { moduleSources } from './maven/service.ts';
import { readSources } from './sources.ts';

export function detect(project: Project): readonly Evidence[] {
  const maven = detectMaven(project);
  const poms = new Set(maven.map((one) => one.directory));
  return [...maven, ...detectGradle(project).filter((one) => !poms.has(one.directory))];
}

/** Every pom of the project, judged as a member of its reactor; a broken one is evidence too, and is named when it is read. */
function detectMaven(project: Project): readonly Evidence[] {
  const seen = new Set<string>();
  const evidence: Evidence[] = [];
  for (const path of project.find({ names: ['pom.xml'], depth: 5, limit: 300 })) {
    if (seen.has(path) || /(?:^|\/)(?:src\/(?:test|main)|archetype-resources)\//.test(path)) continue;
    const reactor = readReactor(project, path);
    if (!reactor) {
      evidence.push(unread(path));
      continue;
    }
    for (const [member, { module }] of reactor.members) {
      if (!seen.has(member) && member.endsWith('pom.xml')) evidence.push(judge(project, member, module));
      seen.add(member);
    }
  }
  return evidence;
}

function unread(path: string): Evidence {
  return {
    language: 'java',
    directory: directoryOf(path),
    place: path,
    strength: 40,
    what: 'pom.xml that cannot be read',
  };
}

function judge(project: Project, path: string, module: Module): Evidence {
  const found = (strength: number, what: string): Evidence => ({
    language: 'java',
    directory: directoryOf(path),
    place: path,
    strength,
    what,
  });
  const kind = packaging(module);
  if (kind === 'pom') return found(25, 'pom.xml that only lists modules');
  const plugins = modulePlugins(module);
  const dependencies = moduleDependencies(module);
  const framework = recognise(dependencies.filter(isRuntime));
  const sources = readSources(project, moduleSources(module));
  const boot = findPlugin(plugins, 'spring-boot-maven-plugin');
  const hasMain = findMainClass(sources, '') !== null || setting(module, boot, 'mainClass') !== null;
  const web = isWeb(framework.id, dependencies, sources);
  if (kind === 'war') return found(boot ? 94 : 88, 'pom.xml of a web application');
  if (framework.id === 'quarkus' && findPlugin(plugins, 'quarkus-maven-plugin'))
    return found(95, 'pom.xml of a Quarkus application');
  if (hasMain && boot) return found(web ? 96 : 92, 'pom.xml of a Spring Boot application');
  if (hasMain && web) return found(92, `pom.xml of a ${framework.name} server`);
  if (hasMain) return found(FRAMEWORKS.includes(framework) ? 85 : 80, 'pom.xml with a main class');
  return found(45, 'pom.xml of a library');
}
