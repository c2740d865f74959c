import type { Note } from '../../../model/fact.ts';
import type { Project } from '../../../model/project.ts';
import { joinPath } from '../../../project/search.ts';
import { note } from '../build-notes.ts';
import { moduleDependencies } from './dependencies.ts';
import { artifactId, type Module, packaging } from './module.ts';
import { findPlugin, modulePlugins, type Plugin } from './plugins.ts';
import type { Reactor } from './reactor.ts';

/** An application server that a plugin deploys to, its image, and the folder of that image for applications. */
interface Server {
  readonly plugin: string;
  readonly server: string;
  readonly image: string;
  readonly folder: string;
}

const WILDFLY = {
  server: 'WildFly',
  image: 'quay.io/wildfly/wildfly',
  folder: '/opt/jboss/wildfly/standalone/deployments',
};

const SERVERS: readonly Server[] = [
  {
    plugin: 'liberty-maven-plugin',
    server: 'Open Liberty',
    image: 'icr.io/appcafe/open-liberty',
    folder: '/config/dropins',
  },
  { plugin: 'wildfly-maven-plugin', ...WILDFLY },
  { plugin: 'jboss-as-maven-plugin', ...WILDFLY },
  { plugin: 'tomee-maven-plugin', server: 'TomEE', image: 'tomee', folder: '/usr/local/tomee/webapps' },
  {
    plugin: 'payara-micro-maven-plugin',
    server: 'Payara Micro',
    image: 'payara/micro',
    folder: '/opt/payara/deployments',
  },
];

/** A web application that is meant for another server than Tomcat: a plugin says so, or an EAR that it is packed into. */
export function serverNote(project: Project, reactor: Reactor, module: Module): Note | null {
  const plugins = modulePlugins(module);
  if (packaging(module) === 'jar') return servedUnpacked(project, module, plugins);
  if (packaging(module) !== 'war') return null;
  for (const { plugin, ...args } of SERVERS) {
    const found = findPlugin(plugins, plugin);
    if (found) return note('deployed-to', 'warning', found.place, { plugin, ...args });
  }
  const ear = [...reactor.members.values()]
    .map((one) => one.module)
    .find((one) => packaging(one) === 'ear' && moduleDependencies(one).some(isOf(module)));
  return ear ? note('packed-in-ear', 'warning', ear.pom.path, { ear: ear.pom.path }) : null;
}

/** Pages and servlets that only a plugin serves, from the sources: the jar that is built has no server in it. */
function servedUnpacked(project: Project, module: Module, plugins: readonly Plugin[]): Note | null {
  const plugin = ['jetty-maven-plugin', 'tomcat7-maven-plugin', 'tomcat-maven-plugin']
    .map((name) => findPlugin(plugins, name))
    .find((one) => one !== null);
  if (!plugin || !project.isDirectory(joinPath(module.pom.directory, 'src/main/webapp'))) return null;
  return note('web-application-as-jar', 'warning', plugin.place, { plugin: plugin.name });
}

function isOf(module: Module): (dependency: { readonly name: string }) => boolean {
  const { value } = artifactId(module);
  return ({ name }) => name === value;
}
