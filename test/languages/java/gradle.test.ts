import { describe, expect, test } from 'vitest';
import { jdkFor } from '../../../src/languages/java/gradle/runs-on.ts';
import { detected, type Files, factsOf, HTTP_MAIN, noteCodes, planOf, SPRING_MAIN } from './project.ts';

const WRAPPER: Files = {
  gradlew: { text: '#!/bin/sh\n', executable: true },
  'gradle/wrapper/gradle-wrapper.jar': 'jar',
  'gradle/wrapper/gradle-wrapper.properties':
    'distributionUrl=https\\://services.gradle.org/distributions/gradle-8.10.2-bin.zip\n',
};

const BOOT = `plugins {
  id 'java'
  id 'org.springframework.boot' version '3.5.16'
}
version = '0.9'
java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }
dependencies { implementation 'org.springframework.boot:spring-boot-starter-web' }
`;

function boot(script = BOOT, more: Files = {}): Files {
  return {
    'settings.gradle': "rootProject.name = 'mail'\n",
    'build.gradle': script,
    'src/main/java/a/App.java': SPRING_MAIN,
    ...more,
  };
}

describe('Spring Boot', () => {
  test('is built by its own task and unpacked into layers', () => {
    const plan = planOf(boot(BOOT, WRAPPER));
    expect(plan.template).toBe('java/gradle');
    expect(plan.build.image).toBe('eclipse-temurin:21-jdk-noble');
    expect(plan.parts.package.commands).toEqual([
      './gradlew --no-daemon --console=plain --init-script /image.init.gradle :bootJar',
      'mv build/libs/mail-0.9.jar app.jar',
      'java -Djarmode=tools -jar app.jar extract --layers --destination /out',
    ]);
  });

  test('the same in Kotlin', () => {
    const { 'build.gradle': _script, 'settings.gradle': _settings, ...sources } = boot();
    const plan = planOf({
      ...sources,
      'settings.gradle.kts': 'rootProject.name = "mail"\n',
      'build.gradle.kts': BOOT.replaceAll(/id '([\w.]+)'/g, 'id("$1")').replaceAll("'", '"'),
    });
    expect(plan.parts.package.commands[1]).toBe('mv build/libs/mail-0.9.jar app.jar');
    expect(plan.build.image).toBe('gradle:9-jdk21-noble');
  });

  test.each([
    ["bootJar { archiveFileName = 'x.jar' }", 'x.jar'],
    ['bootJar { archiveFileName = "${project.name}.jar" }', null],
    ["bootJar { archiveBaseName.set('y') }", null],
    ["tasks.named('bootJar') { archiveClassifier = 'boot' }", null],
  ])('with %s is called %s', (line, name) => {
    expect(factsOf(boot(`${BOOT}${line}\n`)).artefact).toMatchObject({ file: { name } });
  });

  test('whose version is computed is moved, whatever it is called', () => {
    const plan = planOf(boot(BOOT.replace("version = '0.9'", 'version = gitVersion()')));
    expect(plan.parts.package.commands).toContain('test $# -eq 1');
  });

  test('takes its version from gradle.properties', () => {
    const files = boot(BOOT.replace("version = '0.9'\n", ''), { 'gradle.properties': 'version=4.2\n' });
    expect(factsOf(files).artefact).toMatchObject({ file: { name: 'mail-4.2.jar' } });
  });

  test('of an old build script is recognised by its classpath', () => {
    const script = `buildscript {
  ext { bootVersion = '2.7.18' }
  dependencies { classpath("org.springframework.boot:spring-boot-gradle-plugin:\${bootVersion}") }
}
apply plugin: 'org.springframework.boot'
sourceCompatibility = 1.8
dependencies { compile('org.springframework.boot:spring-boot-starter-web') }
`;
    const facts = factsOf(boot(script));
    expect(facts.version.value).toBe('8');
    expect(facts.artefact).toMatchObject({ kind: 'boot', mode: 'layertools' });
  });
});

describe('the Java version', () => {
  test.each([
    ['java { toolchain { languageVersion = JavaLanguageVersion.of(17) } }', '17'],
    ['kotlin { jvmToolchain(17) }', '17'],
    ["sourceCompatibility = '17'", '17'],
    ['sourceCompatibility = JavaVersion.VERSION_17', '17'],
    ["targetCompatibility = '1.8'\nsourceCompatibility = '1.8'", '8'],
    ['tasks.withType(JavaCompile) { options.release = 11 }', '11'],
    ['def v = 17\njava { toolchain { languageVersion = JavaLanguageVersion.of(v) } }', '17'],
    ['// languageVersion = JavaLanguageVersion.of(8)\nsourceCompatibility = 17', '17'],
  ])('%s', (script, version) => {
    const files = { 'build.gradle': `plugins { id 'java' }\n${script}\n`, 'src/main/java/a/Main.java': HTTP_MAIN };
    expect(factsOf(files).version.value).toBe(version);
  });

  test('comes from the version catalog', () => {
    const files = {
      'build.gradle.kts':
        'plugins { java }\njava { toolchain { languageVersion = JavaLanguageVersion.of(libs.versions.java.get()) } }\n',
      'gradle/libs.versions.toml': '[versions]\njava = "17"\n',
      'src/main/java/a/Main.java': HTTP_MAIN,
    };
    expect(factsOf(files).version).toMatchObject({ value: '17', from: 'gradle/libs.versions.toml:2' });
  });
});

test.each([
  ['8.10.2', '21', '21'],
  ['8.4', '21', '17'],
  ['7.2', '17', '11'],
  ['6.9', '8', '8'],
  ['9.1', '11', '17'],
  ['9.0', '25', '21'],
  [null, '21', '21'],
])('Gradle %s with Java %s is run on %s', (gradle, wanted, jdk) => {
  expect(jdkFor(gradle, wanted)).toBe(jdk);
});

test('a Gradle that does not run on the wanted Java is named, and the probe is compiled for the runtime', () => {
  const files = boot(BOOT.replace('of(21)', 'of(11)'), {
    ...WRAPPER,
    'gradle/wrapper/gradle-wrapper.properties':
      'distributionUrl=https\\://services.gradle.org/distributions/gradle-9.1-bin.zip\n',
  });
  const old = { ...files, 'build.gradle': String(files['build.gradle']).replace('3.5.16', '2.7.18') };
  expect(noteCodes(old)).toContain('gradle-runs-on');
  expect(planOf(old).build.image).toBe('eclipse-temurin:17-jdk-noble');
  expect(planOf(old).runtime.image).toBe('eclipse-temurin:11-jre-noble');
  expect(planOf(old).parts.probe?.commands).toEqual(['javac --release 11 Health.java']);
});

test('a compiler older than the runtime is not told of a release that it does not know', () => {
  const files = boot(BOOT, {
    ...WRAPPER,
    'gradle/wrapper/gradle-wrapper.properties': 'distributionUrl=https\\://x/gradle-7.5.1-bin.zip\n',
  });
  expect(planOf(files)).toMatchObject({
    build: { image: 'eclipse-temurin:17-jdk-noble' },
    runtime: { image: 'eclipse-temurin:21-jre-noble' },
    parts: { probe: { commands: ['javac Health.java'] } },
  });
});

test('the name of further start scripts is not that of the folder', () => {
  const script = "task other(type: CreateStartScripts) {\n  applicationName = 'Other'\n}\n";
  const plugins = "plugins { id 'application' }\napplication {\n  mainClass = 'a.Main'\n";
  const out = (own: string) =>
    planOf({
      'settings.gradle': "rootProject.name = 'shop'\n",
      'build.gradle': `${plugins}${own}}\n${script}`,
      'src/main/java/a/Main.java': HTTP_MAIN,
    }).parts.package.commands.at(-1);
  expect(out('')).toBe('mv build/install/shop/lib /out');
  expect(out("  applicationName = 'desk'\n")).toBe('mv build/install/desk/lib /out');
});

test('a wrapper without its jar is replaced by the image’s Gradle', () => {
  const { 'gradle/wrapper/gradle-wrapper.jar': _jar, ...rest } = WRAPPER;
  expect(noteCodes(boot(BOOT, rest))).toContain('gradle-wrapper-incomplete');
  expect(planOf(boot(BOOT, rest)).build.image).toBe('gradle:8-jdk21-jammy');
});

describe('without a wrapper, the scripts choose the Gradle', () => {
  const application = (more: string) =>
    `plugins { id 'application' }\napplication { mainClass = 'a.Main' }\n${more}\ndependencies { implementation 'a:b:1' }\n`;
  test.each([
    [application(''), 'gradle:9-jdk21-noble', null],
    [application("dependencies {\n  compile 'c:d:1'\n}"), 'gradle:6-jdk11-jammy', 'compile'],
    [application('dependencies { testCompile("c:d:1") }'), 'gradle:6-jdk11-jammy', 'testCompile'],
    [application("java { sourceCompatibility = '17' }"), 'gradle:9-jdk17-noble', null],
    [application("sourceCompatibility = '17'"), 'gradle:8-jdk17-jammy', 'sourceCompatibility'],
    [application("subprojects {\n  targetCompatibility = '17'\n}"), 'gradle:8-jdk21-jammy', 'targetCompatibility'],
    [application("tasks.withType(JavaCompile) { sourceCompatibility = '17' }"), 'gradle:9-jdk17-noble', null],
    [application('repositories { jcenter() }'), 'gradle:8-jdk21-jammy', 'jcenter'],
    [BOOT.replace('3.5.16', '3.2.1'), 'gradle:8-jdk21-jammy', 'Spring Boot 3.2.1'],
    [
      BOOT.replace('3.5.16', '2.3.4.RELEASE').replace('of(21)', 'of(11)'),
      'gradle:6-jdk11-jammy',
      'Spring Boot 2.3.4.RELEASE',
    ],
  ])('%j: %s', (script, image, sign) => {
    const files = { 'build.gradle': script, 'src/main/java/a/Main.java': HTTP_MAIN };
    expect(planOf(files).build.image).toBe(image);
    const note = factsOf(files).notes.find(({ code }) => code === 'gradle-assumed');
    expect(note?.args['sign'] ?? null).toBe(sign);
  });
});

describe('an application', () => {
  const files: Files = {
    'settings.gradle': "rootProject.name = 'calc'\ninclude 'app', 'core'\ninclude(':tools:gen')\n",
    'build.gradle': "subprojects {\n  apply plugin: 'java'\n  sourceCompatibility = '17'\n}\n",
    'app/build.gradle':
      "plugins { id 'application' }\ndependencies { implementation project(':core') }\napplication { mainClass = 'a.Main' }\n",
    'app/src/main/java/a/Main.java': HTTP_MAIN,
    'core/build.gradle': "dependencies { api 'io.javalin:javalin:5.0.0' }\n",
    'core/src/main/java/c/C.java': 'package c; class C {}',
    'tools/gen/build.gradle': '',
  };

  test('is the project that is found', () => {
    expect(detected(files)[0]).toMatchObject({ directory: 'app' });
    expect(detected(files).map((one) => one.directory)).toContain('tools/gen');
  });

  test('is installed and started without its shell script', () => {
    const plan = planOf(files, 'app');
    expect(plan.context).toBe('.');
    expect(plan.parts.package.commands).toEqual([
      'gradle --no-daemon --console=plain --init-script /image.init.gradle :app:installDist',
      'mv app/build/install/app/lib /out',
    ]);
    expect(plan.runtime.entrypoint).toEqual(['/opt/java/openjdk/bin/java', '-cp', 'lib/*', 'a.Main']);
  });

  test('has every build script before the sources', () => {
    expect(planOf(files, 'app').parts.manifests[0]).toMatchObject({ parents: true });
  });

  test('takes its level from what the root says to all', () => {
    expect(factsOf(files, 'app').version).toMatchObject({ value: '17', from: 'build.gradle:3' });
  });

  test('takes its plugins from a convention of buildSrc', () => {
    const changed = {
      ...files,
      'app/build.gradle': "plugins { id 'my.app' }\n",
      'buildSrc/src/main/groovy/my.app.gradle': "plugins { id 'my.base'; id 'application' }\n",
      'buildSrc/src/main/groovy/my.base.gradle':
        'java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }\n',
    };
    expect(factsOf(changed, 'app').artefact.kind).toBe('distribution');
  });
});

test.each([
  [
    "plugins { id 'java'; id 'com.gradleup.shadow' version '9.0' }\nversion = '1'\njar { manifest { attributes 'Main-Class': 'a.Main' } }\n",
    'mv build/libs/x-1-all.jar /out/app.jar',
  ],
  [
    "plugins { id 'java' }\njar { manifest { attributes 'Main-Class': 'a.Main' }\n from { configurations.runtimeClasspath.collect { zipTree(it) } } }\n",
    'mv build/libs/x.jar /out/app.jar',
  ],
])('one jar with everything in it: %j', (script, move) => {
  const plan = planOf({
    'settings.gradle': "rootProject.name = 'x'",
    'build.gradle': script,
    'src/main/java/a/Main.java': HTTP_MAIN,
  });
  expect(plan.parts.package.commands.at(-1)).toBe(move);
  expect(plan.runtime.entrypoint?.slice(1)).toEqual(['-jar', 'app.jar']);
});

test('classes and libraries are collected where no plugin does it', () => {
  const plan = planOf({ 'build.gradle': "plugins { id 'java' }\n", 'src/main/java/a/Main.java': HTTP_MAIN });
  expect(plan.parts.collects).toBe(true);
  expect(plan.runtime.entrypoint?.slice(1)).toEqual(['-cp', 'classes:lib/*', 'a.Main']);
});

test('an Android application is no service', () => {
  const files = {
    'build.gradle': "plugins { id 'com.android.application' }\n",
    'src/main/java/a/Main.java': HTTP_MAIN,
  };
  expect(detected(files)[0]?.strength).toBeLessThan(20);
});

describe('what a plugin or a catalog that is not in the project brings along', () => {
  const catalog =
    'dependencyResolutionManagement { versionCatalogs { create("ktorLibs").from("io.ktor:ktor-version-catalog:3.2.0") } }';
  const ktor = {
    'settings.gradle.kts': `rootProject.name = "k"\n${catalog}\n`,
    'build.gradle.kts':
      'plugins {\n  alias(ktorLibs.plugins.ktor)\n}\napplication { mainClass = "io.ktor.server.netty.EngineMain" }\ndependencies { implementation(ktorLibs.server.testHost); implementation(ktorLibs.server.netty) }\n',
    'src/main/resources/application.yaml': 'ktor:\n  deployment:\n    port: 8090\n',
  };

  test('a published catalog names libraries and a plugin', () => {
    expect(factsOf(ktor)).toMatchObject({ kind: 'web', port: { value: 8090 }, artefact: { kind: 'distribution' } });
  });

  test('the runtime of Micronaut is its server', () => {
    const files = {
      'build.gradle.kts':
        'plugins { id("io.micronaut.application") version "4.4.5" }\napplication { mainClass = "a.App" }\nmicronaut {\n  runtime("netty")\n  testRuntime("junit5")\n}\n',
      'src/main/java/a/App.java': 'package a;\nclass App { public static void main(String[] a) {} }\n',
    };
    expect(factsOf(files)).toMatchObject({ kind: 'web', port: { value: 8080 } });
  });
});

test('a level behind JavaVersion.toVersion is read', () => {
  const files = { 'build.gradle.kts': 'java { sourceCompatibility = JavaVersion.toVersion("11") }\n' };
  expect(factsOf(files).version.value).toBe('11');
});

test('a root project without a name is called after the folder of the build stage', () => {
  const files = {
    'build.gradle': "apply plugin: 'application'\nmainClassName = 'a.Main'\n",
    'src/main/java/a/Main.java': HTTP_MAIN,
  };
  expect(planOf(files).build.workdir).toBe('/app');
  expect(planOf(files).parts.package.commands).toContain('mv build/install/app/lib /out');
});

test('a task that reads version control is left out, for the projects that have it', () => {
  const files = {
    'settings.gradle': "include 'api', 'core'\n",
    'api/build.gradle':
      "plugins { id 'org.springframework.boot' version '3.4.1'\n id 'com.gorylenko.gradle-git-properties' version '2.4.2' }\ndependencies { implementation project(':core') }\n",
    'core/build.gradle': "plugins { id 'java' }\n",
    'api/src/main/java/a/App.java': SPRING_MAIN,
  };
  expect(planOf(files, 'api').parts.package.commands[0]).toMatch(/:api:bootJar -x :api:generateGitProperties$/);
});

test('Spring Boot with a shell script before its entries is one jar', () => {
  const files = {
    'build.gradle': "plugins { id 'org.springframework.boot' version '3.4.1' }\nbootJar { launchScript() }\n",
    'src/main/java/a/App.java': SPRING_MAIN,
  };
  expect(factsOf(files).artefact.kind).toBe('jar');
});

test('the uber-jar of Quarkus lies in the build folder', () => {
  const files = {
    'build.gradle': "plugins { id 'java'\n id 'io.quarkus' }\n",
    'src/main/resources/application.properties': 'quarkus.package.jar.type=uber-jar\n',
  };
  expect(factsOf(files).artefact).toMatchObject({ kind: 'jar', file: { directory: 'build', name: null } });
});

test('a project that declares no Java gets one that its Gradle runs on', () => {
  const files = {
    'build.gradle': "plugins { id 'application' }\nmainClassName = 'a.Main'\n",
    'gradle/wrapper/gradle-wrapper.properties': 'distributionUrl=https\\://x/gradle-7.6-bin.zip\n',
    'gradle/wrapper/gradle-wrapper.jar': 'x',
    gradlew: '#!/bin/sh\n',
    'src/main/java/a/Main.java': HTTP_MAIN,
  };
  expect(factsOf(files)).toMatchObject({ version: { value: '17' }, jdk: '17' });
  expect(noteCodes(files)).not.toContain('gradle-runs-on');
});

describe('what a script does only with a property', () => {
  const guarded = (guard: string) =>
    boot(
      `${BOOT}\nif (${guard}) {\n  apply from: "gradle/war.gradle"\n} else {\n  apply from: "gradle/jar.gradle"\n}\n`,
      {
        'gradle/war.gradle': 'apply plugin: "war"\n',
        'gradle/jar.gradle': 'bootJar { archiveFileName = "own.jar" }\n',
      },
    );
  const task = (files: Files) => planOf(files).parts.package.commands[0]?.split(' ').at(-1);

  test.each([
    ['project.hasProperty("war")', ':bootJar'],
    ["!hasProperty('war')", ':bootWar'],
  ])('if (%s) is done or left', (guard, expected) => {
    expect(task(guarded(guard))).toBe(expected);
  });

  test('counts where gradle.properties sets it', () => {
    expect(task({ ...guarded('project.hasProperty("war")'), 'gradle.properties': 'war=true\n' })).toBe(':bootWar');
  });
});

test.each([
  ['ext { profiles = "dev" }\nprocessResources { filter { it.replace("@spring.profiles.active@", profiles) } }'],
  ["processResources { filter(ReplaceTokens, tokens: ['spring.profiles.active': 'dev']) }"],
])('a profile that the scripts write into the settings counts: %s', (script) => {
  const files = boot(`${BOOT}\n${script}\n`, {
    'src/main/resources/application.yml': "spring:\n  profiles:\n    active: '@spring.profiles.active@'\n",
    'src/main/resources/application-dev.yml': 'server:\n  port: 8083\n',
  });
  expect(factsOf(files).port?.value).toBe(8083);
});
