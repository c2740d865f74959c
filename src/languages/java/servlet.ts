import type { TomcatVersion } from './artefact.ts';
import { type Dependency, findDependency, isAtLeast } from './dependency.ts';

/**
 * The Tomcat for a plain war. The servlet interface decides: `jakarta.servlet` needs 10.1 or newer, `javax.servlet` runs on
 * 9 at most. Frameworks that moved with their major version tell it as well.
 */
export function tomcatFor(dependencies: readonly Dependency[]): TomcatVersion {
  const servlet = findDependency(dependencies, /^jakarta\.servlet:jakarta\.servlet-api$/);
  if (servlet?.version)
    return isAtLeast(servlet.version.value, '6.1') ? '11' : isAtLeast(servlet.version.value, '5.0') ? '10.1' : '9';
  const jakarta = findDependency(dependencies, /^jakarta\.platform:/);
  if (jakarta?.version)
    return isAtLeast(jakarta.version.value, '11.0') ? '11' : isAtLeast(jakarta.version.value, '9.0') ? '10.1' : '9';
  const spring = findDependency(dependencies, /^org\.springframework:spring-(?:web|webmvc|core|context)$/);
  if (spring?.version)
    return isAtLeast(spring.version.value, '7.0') ? '11' : isAtLeast(spring.version.value, '6.0') ? '10.1' : '9';
  return servlet ? '10.1' : '9';
}

/** Interfaces that only a full application server implements: Tomcat has servlets, pages and sockets. */
export function needsApplicationServer(dependencies: readonly Dependency[]): Dependency | null {
  return findDependency(
    dependencies,
    /^javax:javaee-(?:web-)?api$|^jakarta\.platform:jakarta\.jakartaee-(?:web-)?(?:core-)?api$|^javax\.ejb:|^jakarta\.ejb:|^org\.eclipse\.microprofile:microprofile$/,
  );
}
