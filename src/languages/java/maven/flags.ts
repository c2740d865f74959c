import type { Fact, Place } from '../../../model/fact.ts';
import { own } from '../../../project/own.ts';
import { type Module, property } from './module.ts';
import { modulePlugins, type Plugin, settingsNamed } from './plugins.ts';

/**
 * How a plugin is kept out of the way. `always`: it checks, signs, publishes or needs what is not in an image build (version
 * control, a database, a container engine). `early`: it reads sources, which are not there while the dependencies are
 * fetched. Flags that only other versions of a plugin know do no harm.
 */
interface Rule {
  readonly always?: readonly string[];
  readonly early?: readonly string[];
  /** as `early`, for single goals, where they are bound */
  readonly earlyByGoal?: Readonly<Record<string, string>>;
}

const SAFE: Rule = {};

/** By artifactId. A plugin that is not here may do anything: see `isPredictable`. */
const RULES: Readonly<Record<string, Rule>> = {
  'maven-compiler-plugin': SAFE,
  'maven-resources-plugin': SAFE,
  'maven-jar-plugin': SAFE,
  'maven-war-plugin': SAFE,
  'maven-surefire-plugin': SAFE,
  'maven-failsafe-plugin': SAFE,
  'maven-clean-plugin': SAFE,
  'maven-install-plugin': SAFE,
  'maven-deploy-plugin': SAFE,
  'maven-site-plugin': SAFE,
  'maven-source-plugin': SAFE,
  'maven-dependency-plugin': SAFE,
  'maven-shade-plugin': SAFE,
  'maven-release-plugin': SAFE,
  'maven-wrapper-plugin': SAFE,
  'maven-help-plugin': SAFE,
  'maven-project-info-reports-plugin': SAFE,
  'maven-eclipse-plugin': SAFE,
  'maven-idea-plugin': SAFE,
  'maven-toolchains-plugin': SAFE,
  'maven-javadoc-plugin': { always: ['-Dmaven.javadoc.skip=true'] },
  'maven-gpg-plugin': { always: ['-Dgpg.skip=true'] },
  'maven-enforcer-plugin': { always: ['-Denforcer.skip=true'] },
  'maven-checkstyle-plugin': { always: ['-Dcheckstyle.skip=true'] },
  'maven-pmd-plugin': { always: ['-Dpmd.skip=true', '-Dcpd.skip=true'] },
  'spotbugs-maven-plugin': { always: ['-Dspotbugs.skip=true'] },
  'findbugs-maven-plugin': { always: ['-Dfindbugs.skip=true'] },
  'jacoco-maven-plugin': SAFE,
  'cobertura-maven-plugin': { always: ['-Dcobertura.skip=true'] },
  'sonar-maven-plugin': SAFE,
  'coveralls-maven-plugin': SAFE,
  'versions-maven-plugin': SAFE,
  'dependency-check-maven': { always: ['-Ddependency-check.skip=true'] },
  'cyclonedx-maven-plugin': SAFE,
  'pitest-maven': SAFE,
  'gatling-maven-plugin': SAFE,
  'apache-rat-plugin': { always: ['-Drat.skip=true'] },
  'license-maven-plugin': { always: ['-Dlicense.skip=true'] },
  'spotless-maven-plugin': { always: ['-Dspotless.check.skip=true', '-Dspotless.apply.skip=true'] },
  'fmt-maven-plugin': { always: ['-Dfmt.skip=true'] },
  'formatter-maven-plugin': { always: ['-Dformatter.skip=true'] },
  'impsort-maven-plugin': { always: ['-Dimpsort.skip=true'] },
  'sortpom-maven-plugin': { always: ['-Dsort.skip=true'] },
  'spring-javaformat-maven-plugin': { always: ['-Dspring-javaformat.skip=true'] },
  'googleformatter-maven-plugin': { always: ['-Dformatter.skip=true'] },
  'modernizer-maven-plugin': { always: ['-Dmodernizer.skip=true'] },
  'nohttp-maven-plugin': { always: ['-Dnohttp.skip=true'] },
  'ktlint-maven-plugin': { always: ['-Dktlint.skip=true'] },
  'detekt-maven-plugin': { always: ['-Ddetekt.skip=true'] },
  'git-commit-id-plugin': { always: ['-Dmaven.gitcommitid.skip=true'] },
  'git-commit-id-maven-plugin': { always: ['-Dmaven.gitcommitid.skip=true'] },
  'buildnumber-maven-plugin': { always: ['-Dmaven.buildNumber.skip=true'] },
  'git-build-hook-maven-plugin': { always: ['-Dgitbuildhook.skip=true'] },
  'jib-maven-plugin': { always: ['-Djib.skip=true'] },
  'docker-maven-plugin': { always: ['-Ddocker.skip=true', '-DskipDockerBuild'] },
  'dockerfile-maven-plugin': { always: ['-Ddockerfile.skip=true'] },
  'jkube-maven-plugin': { always: ['-Djkube.skip=true'] },
  'kubernetes-maven-plugin': { always: ['-Djkube.skip=true'] },
  'fabric8-maven-plugin': { always: ['-Dfabric8.skip=true'] },
  'flyway-maven-plugin': { always: ['-Dflyway.skip=true'] },
  'liquibase-maven-plugin': { always: ['-Dliquibase.should.run=false'] },
  'heroku-maven-plugin': SAFE,
  'appengine-maven-plugin': SAFE,
  'azure-webapp-maven-plugin': SAFE,
  'beanstalk-maven-plugin': SAFE,
  'cargo-maven3-plugin': { always: ['-Dcargo.maven.skip=true'] },
  'tomcat7-maven-plugin': SAFE,
  'tomcat-maven-plugin': SAFE,
  'jetty-maven-plugin': SAFE,
  'wildfly-maven-plugin': SAFE,
  'spring-boot-maven-plugin': {
    early: ['-Dspring-boot.repackage.skip=true'],
    earlyByGoal: { 'process-aot': '-Dspring-boot.aot.skip=true' },
  },
  'quarkus-maven-plugin': SAFE,
  'micronaut-maven-plugin': SAFE,
  'helidon-maven-plugin': SAFE,
  'jandex-maven-plugin': { early: ['-Djandex.skip=true'] },
  'hibernate-enhance-maven-plugin': SAFE,
  'kotlin-maven-plugin': SAFE,
  'scala-maven-plugin': SAFE,
  'build-helper-maven-plugin': SAFE,
  'properties-maven-plugin': SAFE,
  'appassembler-maven-plugin': SAFE,
  'checksum-maven-plugin': { early: ['-Dchecksum.skip=true'] },
  'asciidoctor-maven-plugin': { early: ['-Dasciidoctor.skip=true'] },
  'flatten-maven-plugin': SAFE,
  'apt-maven-plugin': SAFE,
  'os-maven-plugin': SAFE,
  'templating-maven-plugin': SAFE,
  'lombok-maven-plugin': { early: ['-Dlombok.delombok.skip=true'] },
  'vertx-maven-plugin': { early: ['-Dvertx.skip=true'] },
  'native-maven-plugin': { always: ['-DskipNativeBuild=true'] },
  'exec-maven-plugin': { early: ['-Dexec.skip=true'] },
  'maven-antrun-plugin': { early: ['-Dmaven.antrun.skip=true'] },
  'maven-assembly-plugin': { early: ['-Dassembly.skipAssembly=true'] },
  'frontend-maven-plugin': {
    earlyByGoal: {
      'install-node-and-npm': '-Dskip.installnodenpm',
      'install-node-and-pnpm': '-Dskip.installnodepnpm',
      'install-node-and-yarn': '-Dskip.installyarn',
      'install-node-and-corepack': '-Dskip.installnodecorepack',
      'install-bun': '-Dskip.installbun',
      npm: '-Dskip.npm',
      npx: '-Dskip.npx',
      pnpm: '-Dskip.pnpm',
      yarn: '-Dskip.yarn',
      bun: '-Dskip.bun',
      corepack: '-Dskip.corepack',
      webpack: '-Dskip.webpack',
      gulp: '-Dskip.gulp',
      grunt: '-Dskip.grunt',
      bower: '-Dskip.bower',
    },
  },
  'protobuf-maven-plugin': { early: ['-Dprotoc.skip=true', '-Dprotobuf.skip=true'] },
  'openapi-generator-maven-plugin': { early: ['-Dcodegen.skip=true'] },
  'swagger-codegen-maven-plugin': { early: ['-Dcodegen.skip=true'] },
  'jsonschema2pojo-maven-plugin': { early: ['-Djsonschema2pojo.skip=true'] },
  'antlr4-maven-plugin': SAFE,
  'jooq-codegen-maven': { early: ['-Djooq.codegen.skip=true'] },
};

/** Plugins that the lifecycle itself brings along need no entry in a pom, and those that no goal is bound of do nothing. */
export interface Flags {
  /** for every run of Maven */
  readonly always: readonly string[];
  /** for the run on the poms alone */
  readonly early: readonly string[];
  /** why: the plugins that they speak to */
  readonly places: readonly Fact[];
  /** a plugin of which nobody knows what it does without sources; `null`: none */
  readonly unpredictable: { readonly name: string; readonly place: Place } | null;
}

/** What parents from a repository bind to a phase for those who name the plugin; one that is not here may bind anything. */
const BOUND_BY_PARENT: Readonly<Record<string, readonly string[]>> = {
  'spring-boot-starter-parent': [
    'spring-boot-maven-plugin',
    'git-commit-id-plugin',
    'git-commit-id-maven-plugin',
    'maven-shade-plugin',
    'kotlin-maven-plugin',
  ],
};

/** A plugin that is only configured, for somebody who calls it, takes no part in `package`. */
function mayRun({ remoteParent }: Module, plugin: Plugin): boolean {
  if (plugin.goals.length > 0) return true;
  if (remoteParent === null) return false;
  return own(BOUND_BY_PARENT, remoteParent.artifactId)?.includes(plugin.name) ?? true;
}

/** A migration of a database in a file or in memory makes what a generator of code reads: it must run, once the sources are there. */
const MIGRATIONS = ['flyway-maven-plugin', 'liquibase-maven-plugin'];

function ruleFor(module: Module, plugin: Plugin): Rule | undefined {
  const rule = own(RULES, plugin.name);
  if (plugin.name === 'frontend-maven-plugin') return frontendRule(module, plugin, rule);
  if (!rule?.always || !MIGRATIONS.includes(plugin.name)) return rule;
  const urls = [...settingsNamed(module, plugin, 'url'), property(module, 'flyway.url')];
  const isEmbedded = urls.some(
    (url) => url !== null && /^jdbc:(?:h2:(?!tcp)|hsqldb:(?!hsql)|derby:|sqlite:)/.test(url.value),
  );
  return isEmbedded ? { early: rule.always } : rule;
}

/** Node or Bun of a version that the pom names is fetched with the other dependencies; what it then runs needs the sources. */
function frontendRule(module: Module, plugin: Plugin, rule: Rule | undefined): Rule | undefined {
  const isNamed = ['nodeVersion', 'bunVersion'].some((name) => settingsNamed(module, plugin, name).length > 0);
  if (!isNamed || !rule?.earlyByGoal) return rule;
  return {
    earlyByGoal: Object.fromEntries(Object.entries(rule.earlyByGoal).filter(([goal]) => !goal.startsWith('install-'))),
  };
}

export function flagsOf(module: Module): Flags {
  const plugins = modulePlugins(module).filter((plugin) => mayRun(module, plugin));
  const always = new Set<string>();
  const early = new Set<string>();
  const places: Fact[] = [];
  for (const plugin of plugins) {
    const rule = ruleFor(module, plugin);
    if (!rule) continue;
    for (const flag of rule.always ?? []) always.add(flag);
    for (const flag of rule.early ?? []) early.add(flag);
    for (const goal of plugin.goals) {
      const flag = rule.earlyByGoal?.[goal];
      if (flag) early.add(flag);
    }
    if (rule !== SAFE) places.push({ value: plugin.name, from: plugin.place });
  }
  const unknown = plugins.find((plugin) => own(RULES, plugin.name) === undefined && plugin.goals.length > 0);
  return {
    always: [...always],
    early: [...early],
    places,
    unpredictable: unknown ? { name: unknown.name, place: unknown.place } : null,
  };
}
