import type { Fact } from '../../model/fact.ts';
import type { TomcatVersion } from './artefact.ts';
import { type Dependency, findDependency, isAtLeast } from './dependency.ts';
import { firstInSources, type Source } from './sources.ts';
import type { Floor } from './versions.ts';

/** By library: the versions that a Tomcat serves, newest first. What moved to `jakarta` with a major version tells it too. */
const SIGNS: readonly (readonly [RegExp, readonly (readonly [since: string, server: TomcatVersion])[]])[] = [
  [
    /^jakarta\.servlet:jakarta\.servlet-api$/,
    [
      ['6.1', '11'],
      ['5.0', '10.1'],
      ['0', '9'],
    ],
  ],
  [
    /^jakarta\.platform:/,
    [
      ['11.0', '11'],
      ['9.0', '10.1'],
      ['0', '9'],
    ],
  ],
  [
    /^org\.springframework:spring-(?:web|webmvc|core|context)$/,
    [
      ['7.0', '11'],
      ['6.0', '10.1'],
      ['0', '9'],
    ],
  ],
  [
    /^org\.springframework\.boot:/,
    [
      ['4.0', '11'],
      ['3.0', '10.1'],
      ['0', '9'],
    ],
  ],
  [
    /^org\.glassfish\.jersey(?:\.\w+)?:/,
    [
      ['3.0', '10.1'],
      ['0', '9'],
    ],
  ],
  [
    /^org\.apache\.wicket:/,
    [
      ['10.0', '10.1'],
      ['0', '9'],
    ],
  ],
  [
    /^org\.apache\.cxf:/,
    [
      ['4.0', '10.1'],
      ['0', '9'],
    ],
  ],
  [
    /^org\.apache\.struts:/,
    [
      ['7.0', '10.1'],
      ['0', '9'],
    ],
  ],
  [/^javax\.servlet:|^javax:javaee/, [['0', '9']]],
];

/**
 * The Tomcat for a plain war: `jakarta.servlet` needs 10.1 or newer, `javax.servlet` runs on 9 at most. Its libraries
 * decide, then the packages that its code imports.
 */
export function tomcatFor(dependencies: readonly Dependency[], sources: readonly Source[]): TomcatVersion {
  for (const [pattern, steps] of SIGNS) {
    const version = findDependency(dependencies, pattern)?.version;
    const server = version && steps.find(([since]) => isAtLeast(version.value, since))?.[1];
    if (server) return server;
  }
  return firstInSources(sources, /^import\s+jakarta\.(?:servlet|ws|faces|enterprise|inject)\b/m) ? '10.1' : '9';
}

/** Java that a Tomcat itself needs. Source: tomcat.apache.org, "Which version". */
const NEEDS: Readonly<Record<TomcatVersion, string>> = { '9': '8', '10.1': '11', '11': '17' };

export function tomcatFloor(server: TomcatVersion, manifest: string): Floor {
  const fact: Fact = { value: NEEDS[server], from: manifest };
  return { fact, what: `Tomcat ${server}` };
}

const WHOLE_PLATFORM =
  /^javax:javaee-(?:web-)?api$|^jakarta\.platform:jakarta\.jakartaee-(?:web-)?(?:core-)?api$|^javax\.ejb:|^jakarta\.ejb:|^org\.eclipse\.microprofile:microprofile$/;

/** Parts of it that a servlet container does not have; where they are `provided`, a full server is meant to bring them. */
const PROVIDED_PART =
  /^(?:javax|jakarta)\.(?:enterprise|ws\.rs|persistence|faces|transaction|jms|mail|batch|json\.bind)\b|^org\.eclipse\.microprofile\.|^org\.jboss\.spec\.javax?\.(?!servlet|annotation)|^com\.ibm\.websphere\.appserver\.api:/;

/** Interfaces that only a full application server implements: Tomcat has servlets, pages and sockets. */
export function needsApplicationServer(dependencies: readonly Dependency[]): Dependency | null {
  const provided = dependencies.filter((one) => one.scope === 'provided');
  return findDependency(dependencies, WHOLE_PLATFORM) ?? findDependency(provided, PROVIDED_PART);
}
