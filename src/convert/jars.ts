import { contextPath } from './copies.ts';
import { isWithin } from './paths.ts';
import type { Survey } from './survey.ts';

const PACKAGERS =
  /spring-boot-maven-plugin|maven-shade-plugin|jar-with-dependencies|maven-assembly-plugin|onejar|spring-boot-gradle|org\.springframework\.boot|com\.github\.johnrengelman\.shadow|com\.gradleup\.shadow|shadowJar|sbt-assembly|uber-jar|micronaut|io\.ktor\.plugin|fatJar|capsule|dropwizard/i;

/**
 * The archive brings its libraries along, or has none. Where the build files do not say so, the folder around it is
 * needed: a manifest may name libraries that lie beside it.
 */
export function isSelfContained(survey: Survey, path: string): boolean {
  if (/(-jar-with-dependencies|-all|-fat|-uber|-shaded|-standalone|-runner|-assembly.*|-exec)\.jar$/.test(path))
    return true;
  const texts = buildFiles(survey, path);
  if (texts.length === 0) return false;
  const all = texts.join('\n');
  if (/copy-dependencies|addClasspath|classpathPrefix|Class-Path|copyDependencies/.test(all)) return false;
  if (PACKAGERS.test(all)) return true;
  return !/<dependency>|\bimplementation\b|\bcompile\b\s*[('"]|libraryDependencies/.test(all);
}

/** The build files of the modules in whose output the archive lies, and of those above them. */
function buildFiles(survey: Survey, path: string): string[] {
  const texts: string[] = [];
  const names = ['pom.xml', 'build.gradle', 'build.gradle.kts', 'build.sbt', 'project/plugins.sbt'];
  const folders = path.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/') || '/');
  for (const folder of folders) {
    if (!survey.copies.some((copy) => isWithin(folder, copy.target) || isWithin(copy.target, folder))) continue;
    for (const name of names) {
      const place = contextPath(survey.context, survey.copies, `${folder === '/' ? '' : folder}/${name}`);
      const text = place === null ? null : survey.context.project.source(place);
      if (text !== null) texts.push(text);
    }
  }
  return texts;
}
