import { describe, expect, test } from 'vitest';
import {
  BOOT_PLUGIN,
  bootParent,
  bootProject,
  dependency,
  detected,
  factsOf,
  HTTP_MAIN,
  noteCodes,
  plainProject,
  planOf,
  pom,
  SPRING_MAIN,
} from './project.ts';

describe('the artefact', () => {
  test.each([
    ['2.3.12.RELEASE', 'jar', undefined],
    ['2.7.18', 'boot', 'layertools'],
    ['3.2.5', 'boot', 'layertools'],
    ['3.3.0', 'boot', 'tools'],
    ['4.1.2', 'boot', 'tools'],
  ])('of Spring Boot %s is a %s', (version, kind, mode) => {
    const { artefact } = factsOf(bootProject(version));
    expect(artefact).toMatchObject(mode ? { kind, mode } : { kind });
  });

  test.each([
    ['2.7.18', 'org.springframework.boot.loader.JarLauncher'],
    ['3.2.5', 'org.springframework.boot.loader.launch.JarLauncher'],
  ])('of Spring Boot %s starts with %s', (version, launcher) => {
    expect(factsOf(bootProject(version)).command?.value).toEqual(['java', launcher]);
  });

  test('runs as one jar where layers are switched off', () => {
    const plugins = BOOT_PLUGIN.replace(
      '</plugin>',
      '<configuration><layers><enabled>false</enabled></layers></configuration></plugin>',
    );
    expect(factsOf(bootProject('3.5.0', { plugins })).artefact.kind).toBe('jar');
  });

  test('is not executable where only the bill of materials is imported and nothing binds the repackaging', () => {
    const files = bootProject('3.5.0', {
      head: '<groupId>g</groupId><artifactId>app</artifactId><version>1.0</version>',
      rest: `<dependencyManagement><dependencies>${dependency('org.springframework.boot:spring-boot-dependencies:3.5.0', '<type>pom</type><scope>import</scope>')}</dependencies></dependencyManagement>`,
    });
    expect(factsOf(files).command?.value).toEqual(['java', '-cp', 'classes:lib/*', 'a.App']);
  });

  test.each([
    ['', 'app-1.0.jar'],
    ['<finalName>shop</finalName>', 'shop.jar'],
    ['<finalName>${project.artifactId}-${n}</finalName>', 'app-7.jar'],
    ['<finalName>${project.artifactId}-${git.commit.id}</finalName>', null],
  ])('is called after %j', (build, name) => {
    const { artefact } = factsOf(bootProject('3.5.0', { build, properties: '<n>7</n>' }));
    expect(artefact).toMatchObject({ file: { directory: 'target', name } });
  });

  test('whose name is not known is moved, and the build fails where there are several', () => {
    const plan = planOf(bootProject('3.5.0', { build: '<finalName>${unknown}</finalName>' }));
    expect(plan.parts.package.commands).toContain('test $# -eq 1');
  });

  test('has the classifier of the repackaging', () => {
    const plugins = BOOT_PLUGIN.replace(
      '</plugin>',
      '<configuration><classifier>exec</classifier></configuration></plugin>',
    );
    expect(factsOf(bootProject('3.5.0', { plugins })).artefact).toMatchObject({ file: { name: 'app-1.0-exec.jar' } });
  });

  test.each([
    '<executable>true</executable>',
    '<includeTools>false</includeTools>',
    '<layers><includeLayerTools>false</includeLayerTools></layers>',
    '<layers><configuration>layers.xml</configuration></layers>',
  ])('runs as one jar with %j, since the tools cannot take it apart as usual', (configuration) => {
    const plugins = BOOT_PLUGIN.replace('</plugin>', `<configuration>${configuration}</configuration></plugin>`);
    expect(factsOf(bootProject('3.5.0', { plugins })).artefact.kind).toBe('jar');
  });

  test('of the plugin of Vert.x is a jar that its launcher starts', () => {
    const files = plainProject({
      dependencies: dependency('io.vertx:vertx-web:4.5.0'),
      plugins:
        '<plugin><artifactId>vertx-maven-plugin</artifactId><executions><execution><goals><goal>initialize</goal><goal>package</goal></goals></execution></executions></plugin>',
    });
    expect(factsOf(files).command?.value).toEqual(['java', '-jar', 'app.jar']);
    expect(planOf(files).parts.package.commands).toContain('mv target/app-1.0.jar /out/app.jar');
  });

  test('lies in target/classes where the code itself looks for it there', () => {
    const files = plainProject(
      {},
      { 'src/main/java/a/Web.java': 'class Web { File f = new File("target/classes"); }' },
    );
    expect(factsOf(files).command?.value).toEqual(['java', '-cp', 'target/classes:lib/*', 'a.Main']);
    expect(planOf(files).runtime.copies).toContainEqual(
      expect.objectContaining({ sources: ['/out/classes'], target: './target/classes' }),
    );
  });

  const shade = (configuration: string) =>
    plainProject({
      plugins: `<plugin><artifactId>maven-shade-plugin</artifactId><executions><execution><goals><goal>shade</goal></goals>
        <configuration>${configuration}</configuration></execution></executions></plugin>`,
    });

  test.each([
    ['', 'target', 'app-1.0.jar'],
    ['<shadedArtifactAttached>true</shadedArtifactAttached>', 'target', 'app-1.0-shaded.jar'],
    [
      '<shadedArtifactAttached>true</shadedArtifactAttached><shadedClassifierName>all</shadedClassifierName>',
      'target',
      'app-1.0-all.jar',
    ],
    ['<finalName>fat</finalName>', 'target', 'fat.jar'],
    ['<outputFile>${project.build.directory}/x/${project.artifactId}-fat.jar</outputFile>', 'target/x', 'app-fat.jar'],
  ])('of the shade plugin with %j is %s/%s', (configuration, directory, name) => {
    expect(factsOf(shade(configuration)).artefact).toMatchObject({ kind: 'jar', file: { directory, name } });
  });

  test('without a class in its manifest is started by the class that was found', () => {
    expect(factsOf(shade('')).command?.value).toEqual(['java', '-cp', 'app.jar', 'a.Main']);
    expect(factsOf(shade('<transformers><t><mainClass>b.Other</mainClass></t></transformers>')).command?.value).toEqual(
      ['java', '-jar', 'app.jar'],
    );
  });

  const assembly = (execution: string, more = '') =>
    plainProject({
      plugins: `<plugin><artifactId>maven-assembly-plugin</artifactId>${execution}<configuration>${more}
        <archive><manifest><mainClass>a.Main</mainClass></manifest></archive>
        <descriptorRefs><descriptorRef>jar-with-dependencies</descriptorRef></descriptorRefs></configuration></plugin>`,
    });
  const bound =
    '<executions><execution><phase>package</phase><goals><goal>single</goal></goals></execution></executions>';

  test('of the assembly plugin has its descriptor in the name', () => {
    expect(factsOf(assembly(bound)).artefact).toMatchObject({ file: { name: 'app-1.0-jar-with-dependencies.jar' } });
    expect(factsOf(assembly(bound, '<appendAssemblyId>false</appendAssemblyId>')).artefact).toMatchObject({
      file: { name: 'app-1.0.jar' },
    });
  });

  test('of an assembly that no phase runs is not there; classes and libraries are', () => {
    expect(factsOf(assembly('')).artefact.kind).toBe('classes');
  });

  test.each([
    ['', { kind: 'quarkus', directory: 'target/quarkus-app' }],
    ['quarkus.package.jar.type=uber-jar\n', { kind: 'jar', file: { name: 'app-1.0-runner.jar' } }],
  ])('of Quarkus with %j', (settings, artefact) => {
    const files = plainProject(
      {
        dependencies: dependency('io.quarkus:quarkus-rest:3.30.0'),
        plugins: '<plugin><groupId>io.quarkus.platform</groupId><artifactId>quarkus-maven-plugin</artifactId></plugin>',
      },
      { 'src/main/resources/application.properties': settings },
    );
    expect(factsOf(files).artefact).toMatchObject(artefact);
  });

  test.each([
    ['javax.servlet:javax.servlet-api:4.0.1', '9'],
    ['jakarta.servlet:jakarta.servlet-api:6.0.0', '10.1'],
    ['jakarta.servlet:jakarta.servlet-api:6.1.0', '11'],
    ['org.springframework:spring-webmvc:5.3.30', '9'],
    ['org.springframework:spring-webmvc:6.2.0', '10.1'],
  ])('of a plain war with %s goes into Tomcat %s', (library, server) => {
    const files = plainProject({
      head: '<groupId>g</groupId><artifactId>app</artifactId><version>1.0</version><packaging>war</packaging>',
      dependencies: dependency(library),
    });
    const plan = planOf(files);
    expect(plan.runtime.image).toMatch(new RegExp(`^tomcat:${server.replace('.', '\\.')}-jre`));
    expect(plan.runtime.entrypoint).toEqual(['catalina.sh', 'run']);
    expect(plan.parts.package.commands.at(-1)).toBe('mv target/app-1.0 /out');
  });
});

describe('the wrapper', () => {
  const properties =
    'distributionUrl=https://maven-repository.invalid/maven2/org/apache/maven/apache-maven/3.9.9/apache-maven-3.9.9-bin.zip\n';
  const path = '.mvn/wrapper/maven-wrapper.properties';

  test('that works is used, with a plain JDK', () => {
    const plan = planOf(plainProject({}, { mvnw: { text: '#!/bin/sh\n', executable: true }, [path]: properties }));
    expect(plan.build.image).toBe('eclipse-temurin:21-jdk-noble');
    expect(plan.parts.fetch?.commands).toEqual(['./mvnw --version']);
    expect(plan.parts.package.commands[0]).toMatch(/^\.\/mvnw -B -ntp /);
  });

  test('that may not be executed is given to the shell', () => {
    const plan = planOf(plainProject({}, { mvnw: '#!/bin/sh\n', [path]: properties }));
    expect(plan.parts.package.commands[0]).toMatch(/^sh mvnw /);
  });

  test('is left alone in an image that has Maven', () => {
    const files = plainProject({}, { mvnw: { text: '#!/bin/sh\n', executable: true }, [path]: properties });
    const plan = planOf(files, '.', { 'build-image': 'registry.example.org/team/maven:3.9' });
    expect(plan.parts.fetch).toBeNull();
    expect(plan.parts.package.commands[0]).toMatch(/^mvn /);
  });

  test('of a Maven before 3.6.1 is not asked to be quiet', () => {
    const plan = planOf(plainProject({}, { mvnw: '#!/bin/sh\n', [path]: properties.replaceAll('3.9.9', '3.5.4') }));
    expect(plan.parts.package.commands[0]).not.toContain('-ntp');
  });

  test.each([
    ['wrapper-incomplete', { mvnw: '#!/bin/sh\n' }],
    ['wrapper-incomplete', { mvnw: '#!/bin/sh\n', [path]: 'wrapperVersion=3.3.2\n' }],
    ['wrapper-line-ends', { mvnw: '#!/bin/sh\r\n', [path]: properties }],
    ['wrapper-insecure', { mvnw: '#!/bin/sh\n', [path]: properties.replace('https', 'http') }],
  ])('with %s is replaced by the image’s Maven', (code, files) => {
    expect(noteCodes(plainProject({}, files))).toContain(code);
    expect(planOf(plainProject({}, files)).build.image).toBe('maven:3.9-eclipse-temurin-21-noble');
  });
});

describe('the dependency step', () => {
  test('builds on the pom alone, with what needs sources skipped', () => {
    const [, , run] = planOf(bootProject('3.5.0')).parts.dependencies.commands;
    expect(run).toBe('mvn -B -ntp -Dmaven.test.skip=true -Dspring-boot.repackage.skip=true package');
  });

  test('skips what reads version control in both steps', () => {
    const plugins = `${BOOT_PLUGIN}<plugin><artifactId>git-commit-id-maven-plugin</artifactId></plugin>`;
    const { parts } = planOf(bootProject('3.5.0', { plugins }));
    expect(parts.dependencies.commands[2]).toContain('-Dmaven.gitcommitid.skip=true');
    expect(parts.package.commands[0]).toContain('-Dmaven.gitcommitid.skip=true');
  });

  test('skips the goals of the frontend plugin that are bound, and only early', () => {
    const plugins = `${BOOT_PLUGIN}<plugin><artifactId>frontend-maven-plugin</artifactId><executions><execution><goals>
      <goal>install-node-and-npm</goal></goals></execution><execution><goals><goal>npm</goal></goals></execution></executions></plugin>`;
    const { parts } = planOf(bootProject('3.5.0', { plugins }));
    expect(parts.dependencies.commands[2]).toContain('-Dskip.installnodenpm -Dskip.npm package');
    expect(parts.package.commands[0]).not.toContain('-Dskip.npm');
  });

  test('fetches Node early where the pom names its version, and runs nothing with it', () => {
    const plugins = `${BOOT_PLUGIN}<plugin><artifactId>frontend-maven-plugin</artifactId><configuration><nodeVersion>v22.15.0</nodeVersion></configuration><executions><execution><goals>
      <goal>install-node-and-npm</goal></goals></execution><execution><goals><goal>npm</goal></goals></execution></executions></plugin>`;
    const { parts } = planOf(bootProject('3.5.0', { plugins }));
    expect(parts.dependencies.commands[2]).toContain('-Dskip.npm package');
    expect(parts.dependencies.commands[2]).not.toContain('-Dskip.installnodenpm');
    expect(parts.package.commands[0]).not.toContain('-Dskip.npm');
  });

  test('only resolves where a plugin may do anything', () => {
    const plugins = `${BOOT_PLUGIN}<plugin><artifactId>curious-plugin</artifactId><executions><execution><goals><goal>do</goal></goals></execution></executions></plugin>`;
    const plan = planOf(bootProject('3.5.0', { plugins }));
    expect(plan.parts.dependencies.commands[2]).toMatch(/:go-offline$/);
    expect(noteCodes(bootProject('3.5.0', { plugins }))).toContain('dependencies-late');
  });

  test('compiles tests where a test jar is a dependency', () => {
    const dependencies = dependency('g:x:1', '<type>test-jar</type>');
    expect(planOf(bootProject('3.5.0', { dependencies })).parts.package.commands[0]).toContain('-DskipTests');
  });

  test('mounts the user’s settings as a secret for a private registry', () => {
    const rest = '<repositories><repository><url>https://maven.pkg.github.com/o/r</url></repository></repositories>';
    const plan = planOf(bootProject('3.5.0', { rest }));
    expect(plan.parts.dependencies.mounts).toContain('type=secret,id=maven-settings,target=/root/.m2/settings.xml');
    expect(noteCodes(bootProject('3.5.0', { rest }))).toContain('private-repository');
  });

  test('passes the variables that a settings file of the project reads as secrets', () => {
    const plan = planOf(
      bootProject(
        '3.5.0',
        {},
        {
          '.mvn/maven.config': '-s ci-settings.xml\n',
          'ci-settings.xml': '<settings>${env.REGISTRY_TOKEN}</settings>',
        },
      ),
    );
    expect(plan.parts.tool.flatMap((copy) => copy.sources)).toEqual(['.mvn', 'ci-settings.xml']);
    expect(plan.parts.package.mounts).toEqual(['type=secret,id=REGISTRY_TOKEN,env=REGISTRY_TOKEN']);
  });
});

describe('a reactor', () => {
  const parent = '<parent><groupId>g</groupId><artifactId>root</artifactId><version>${revision}</version></parent>';
  const files = {
    'pom.xml': pom({
      head: `${bootParent('3.5.0').replace('<artifactId>app</artifactId><version>1.0</version>', '')}<groupId>g</groupId><artifactId>root</artifactId><version>\${revision}</version><packaging>pom</packaging>`,
      properties: '<revision>9.1</revision><java.version>21</java.version>',
      rest: '<modules><module>core</module><module>web</module></modules>',
    }),
    'core/pom.xml': `<project>${parent}<artifactId>core</artifactId></project>`,
    'core/src/main/java/c/Core.java': 'package c; class Core {}',
    'web/pom.xml': pom({
      head: `${parent}<artifactId>web</artifactId>`,
      dependencies:
        dependency('g:core:${project.version}') + dependency('org.springframework.boot:spring-boot-starter-web'),
      plugins: BOOT_PLUGIN,
    }),
    'web/src/main/java/a/App.java': SPRING_MAIN,
  };

  test('finds the module that runs', () => {
    expect(detected(files)[0]).toMatchObject({ directory: 'web', strength: 96 });
    expect(detected(files).filter((one) => one.strength > 50)).toHaveLength(1);
  });

  test('is built from its root, with the modules that the service needs', () => {
    const plan = planOf(files, 'web');
    expect(plan.context).toBe('.');
    expect(plan.parts.manifests).toEqual([
      { from: null, sources: ['**/pom.xml'], target: './', chmod: null, parents: true },
    ]);
    expect(plan.parts.package.commands.slice(0, 2)).toEqual([
      'mvn -B -ntp -pl web -am -Dmaven.test.skip=true package',
      'mv web/target/web-9.1.jar app.jar',
    ]);
  });

  test('switches on the profile that alone lists the module', () => {
    const rest = '<profiles><profile><id>apps</id><modules><module>web</module></modules></profile></profiles>';
    const changed = {
      ...files,
      'pom.xml': files['pom.xml'].replace('<module>web</module>', '').replace('</project>', `${rest}</project>`),
    };
    expect(planOf(changed, 'web').parts.package.commands[0]).toContain('-Papps -pl web -am');
  });

  test('reads settings of modules that the service uses', () => {
    const changed = { ...files, 'core/src/main/resources/application.properties': 'server.port=9009\n' };
    expect(factsOf(changed, 'web').port).toMatchObject({ value: 9009 });
  });

  test('has a context that holds a parent beside the modules', () => {
    const beside =
      '<parent><groupId>g</groupId><artifactId>base</artifactId><version>1</version><relativePath>../base/pom.xml</relativePath></parent>';
    const plan = planOf(
      {
        'base/pom.xml':
          '<project><groupId>g</groupId><artifactId>base</artifactId><version>1</version><packaging>pom</packaging></project>',
        'app/pom.xml': pom({ head: `${beside}<artifactId>app</artifactId>` }),
        'app/src/main/java/a/Main.java': HTTP_MAIN,
      },
      'app',
    );
    expect(plan.context).toBe('.');
    expect(plan.parts.package.commands[0]).toContain('mvn -B -ntp -f app/pom.xml ');
  });
});

describe('what Maven needs before the sources', () => {
  test('libraries that lie in the project', () => {
    const system = dependency(
      'g:old:1',
      '<scope>system</scope><systemPath>${project.basedir}/lib/old.jar</systemPath>',
    );
    const plan = planOf(plainProject({ dependencies: system }, { 'lib/old.jar': 'x' }));
    expect(plan.parts.manifests).toContainEqual({
      from: null,
      sources: ['lib'],
      target: 'lib',
      chmod: null,
      parents: false,
    });
  });

  test('a repository in a folder', () => {
    const rest =
      '<repositories><repository><id>l</id><url>file://${project.basedir}/repo</url></repository></repositories>';
    const plan = planOf(plainProject({ rest }, { 'repo/g/a/1/a-1.jar': 'x' }));
    expect(plan.parts.manifests.at(-1)?.sources).toEqual(['repo']);
  });

  test('the descriptor of a war', () => {
    const head = '<groupId>g</groupId><artifactId>app</artifactId><version>1</version><packaging>war</packaging>';
    const path = 'src/main/webapp/WEB-INF/web.xml';
    const plan = planOf(plainProject({ head }, { [path]: '<web-app/>' }));
    expect(plan.parts.manifests.at(-1)).toMatchObject({ sources: [path], target: path });
  });

  test('another address for a repository without TLS', () => {
    const rest =
      '<repositories><repository><id>old</id><url>http://repo.example.org/m2</url></repository></repositories>';
    expect(planOf(plainProject({ rest })).parts.mirrors).toEqual([{ id: 'old', url: 'https://repo.example.org/m2' }]);
    expect(noteCodes(plainProject({ rest }))).toContain('repository-without-tls');
  });
});

describe('a plugin that runs without being named', () => {
  const managed = (plugins: string) => ({
    build: `<pluginManagement><plugins>${plugins}</plugins></pluginManagement>`,
  });

  test('has the settings that are managed', () => {
    const plugin =
      '<plugin><artifactId>maven-compiler-plugin</artifactId><configuration><source>1.8</source><target>1.8</target></configuration></plugin>';
    expect(factsOf(plainProject(managed(plugin))).version.value).toBe('8');
  });

  test('is the one of the packaging, and no other', () => {
    const named = (name: string) =>
      `<plugin><artifactId>${name}</artifactId><configuration><archive><manifest><mainClass>a.${name.slice(6, 9)}</mainClass></manifest></archive></configuration></plugin>`;
    const files = plainProject(managed(`${named('maven-assembly-plugin')}${named('maven-jar-plugin')}`));
    expect(factsOf(files).command?.value.at(-1)).toBe('a.jar');
  });
});

test('a plugin that the parent keeps for itself takes no part in a module', () => {
  const files = {
    'pom.xml': pom({
      head: '<groupId>g</groupId><artifactId>root</artifactId><version>1</version><packaging>pom</packaging>',
      plugins:
        '<plugin><artifactId>odd-plugin</artifactId><inherited>false</inherited><executions><execution><goals><goal>odd</goal></goals></execution></executions></plugin>',
      rest: '<modules><module>app</module></modules>',
    }),
    'app/pom.xml': pom({
      head: '<parent><groupId>g</groupId><artifactId>root</artifactId><version>1</version></parent><artifactId>app</artifactId>',
    }),
    'app/src/main/java/a/Main.java': HTTP_MAIN,
  };
  expect(noteCodes(files, 'app')).not.toContain('dependencies-late');
});

test.each([
  ['pre-integration-test', false],
  ['none', false],
  ['deploy', false],
  ['process-classes', true],
  ['test-compile', true],
  ['', true],
])('an unknown plugin that is bound to %j counts: %s', (phase, counts) => {
  const files = plainProject({
    plugins: `<plugin><artifactId>odd-plugin</artifactId><executions><execution><phase>${phase}</phase><goals><goal>odd</goal></goals></execution></executions></plugin>`,
  });
  expect(noteCodes(files).includes('dependencies-late')).toBe(counts);
});

test('a folder of sources that is named although it is the usual one is read once', () => {
  const files = plainProject({ build: '<sourceDirectory>${project.basedir}/src/main/java</sourceDirectory>' });
  expect(factsOf(files).command?.value.at(-1)).toBe('a.Main');
});

describe('marks that version control would fill in', () => {
  const git =
    '<plugin><artifactId>git-commit-id-maven-plugin</artifactId><executions><execution><goals><goal>revision</goal></goals></execution></executions></plugin>';
  const settings = {
    'src/main/resources/application.yml': 'a: "@git.commit.id.abbrev@"\nb: ${git.branch}\nc: @project.version@\n',
  };

  test('are given, since the history is not there', () => {
    const { commands } = planOf(bootProject('3.4.1', { plugins: `${BOOT_PLUGIN}${git}` }, settings)).parts.package;
    expect(commands[0]).toContain(' -Dgit.branch=unknown -Dgit.commit.id.abbrev=unknown package');
  });

  test('are nobody’s where no plugin reads it', () => {
    expect(planOf(bootProject('3.4.1', {}, settings)).parts.package.commands[0]).not.toContain('-Dgit.');
  });
});

test('a program that the build starts is named where the image may not have it', () => {
  const started = (executable: string, phase: string) =>
    noteCodes(
      plainProject({
        plugins: `<plugin><artifactId>exec-maven-plugin</artifactId><executions><execution><phase>${phase}</phase><goals><goal>exec</goal></goals><configuration><executable>${executable}</executable></configuration></execution></executions></plugin>`,
      }),
    ).includes('needs-program');
  expect(started('npm', 'generate-resources')).toBe(true);
  expect(started('java', 'generate-resources')).toBe(false);
  expect(started('docker', 'install')).toBe(false);
});

test('a module that only tests use is built along, with its flags', () => {
  const child = (name: string, parts: Parameters<typeof pom>[0] = {}) =>
    pom({
      head: `<parent><groupId>g</groupId><artifactId>root</artifactId><version>1</version></parent><artifactId>${name}</artifactId>`,
      ...parts,
    });
  const files = {
    'pom.xml': pom({
      head: '<groupId>g</groupId><artifactId>root</artifactId><version>1</version><packaging>pom</packaging>',
      rest: '<modules><module>app</module><module>kit</module></modules>',
    }),
    'app/pom.xml': child('app', { dependencies: dependency('g:kit:1', '<scope>test</scope>') }),
    'app/src/main/java/a/Main.java': HTTP_MAIN,
    'kit/pom.xml': child('kit', {
      dependencies: dependency('io.javalin:javalin:6.0.0'),
      plugins:
        '<plugin><artifactId>protobuf-maven-plugin</artifactId><executions><execution><goals><goal>compile</goal></goals></execution></executions></plugin>',
    }),
  };
  expect(planOf(files, 'app').parts.dependencies.commands.join(' ')).toContain('-Dprotoc.skip=true');
  expect(planOf(files, 'app').parts.package.commands.join(' ')).not.toContain('-Dprotoc.skip=true');
  expect(factsOf(files, 'app').notes.map(({ code }) => code)).not.toContain('java-floor');
});

test.each([
  ['17', '17'],
  ['[17,)', '21'],
])('the toolchains plugin is told of the image’s JDK as %s', (wanted, version) => {
  const plugins = `<plugin><artifactId>maven-toolchains-plugin</artifactId><executions><execution><goals><goal>toolchain</goal></goals></execution></executions>
    <configuration><toolchains><jdk><version>${wanted}</version></jdk></toolchains></configuration></plugin>`;
  const plan = planOf(plainProject({ plugins, properties: '<maven.compiler.release>21</maven.compiler.release>' }));
  expect(plan.parts.toolchain).toEqual({ version });
  expect(planOf(plainProject()).parts.toolchain).toBeNull();
});

test('a file of properties that the build reads first is there before the sources', () => {
  const plugins =
    '<plugin><artifactId>properties-maven-plugin</artifactId><executions><execution><phase>initialize</phase><goals><goal>read-project-properties</goal></goals><configuration><files><file>${project.basedir}/build.properties</file></files></configuration></execution></executions></plugin>';
  const plan = planOf(plainProject({ plugins }, { 'build.properties': 'a=b\n' }));
  expect(plan.parts.manifests.flatMap(({ sources }) => sources)).toContain('build.properties');
  expect(plan.parts.dependencies.commands.join(' ')).not.toContain('go-offline');
});

describe('a plugin that no phase runs needs no flag', () => {
  const jib = '<plugin><artifactId>jib-maven-plugin</artifactId></plugin>';
  const command = (head?: string) =>
    planOf({
      'pom.xml': pom({ ...(head ? { head } : {}), plugins: jib }),
      'src/main/java/a/Main.java': HTTP_MAIN,
    }).parts.package.commands.join(' ');

  test('without a parent from a repository, or with Spring Boot’s', () => {
    expect(command()).not.toContain('jib');
    expect(command(bootParent('3.4.1'))).not.toContain('jib');
  });

  test('but with a parent that may bind it', () => {
    const parent =
      '<parent><groupId>org.corp</groupId><artifactId>corp-parent</artifactId><version>1</version></parent>';
    expect(command(`${parent}<artifactId>app</artifactId>`)).toContain('-Djib.skip=true');
  });
});

test.each([
  ['3.1', '8'],
  ['3.8.1', '8'],
  ['3.13.0', '21'],
])('without any level, compiler plugin %s is run on Java %s', (version, java) => {
  const plugins = `<plugin><artifactId>maven-compiler-plugin</artifactId><version>${version}</version></plugin>`;
  expect(factsOf(plainProject({ plugins })).version.value).toBe(java);
});

test.each([
  ['jdbc:h2:${project.build.directory}/shop', false],
  ['jdbc:postgresql://localhost/shop', true],
])('a migration that the build runs on %s is skipped: %s', (url, isSkipped) => {
  const plugins = `<plugin><artifactId>flyway-maven-plugin</artifactId><executions><execution><phase>generate-sources</phase><goals><goal>migrate</goal></goals></execution></executions><configuration><url>${url}</url></configuration></plugin>`;
  const { parts } = planOf(plainProject({ plugins }));
  expect(parts.package.commands.join(' ').includes('-Dflyway.skip=true')).toBe(isSkipped);
  expect(parts.dependencies.commands.join(' ')).toContain('-Dflyway.skip=true');
});
