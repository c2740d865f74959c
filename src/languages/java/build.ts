/** How a service is built, by tool. Plain JSON. Paths are relative to the build context. */
export type Build = MavenBuild | GradleBuild;

export interface MavenBuild {
  readonly tool: 'maven';
  /** folder and command of a wrapper that works; `null`: the image's own Maven */
  readonly wrapper: { readonly directory: string; readonly command: string } | null;
  readonly isQuiet: boolean;
  /** the pom that is given to Maven, where it is not the context's own */
  readonly pom: string | null;
  /** what follows `-pl`; `null`: the root itself */
  readonly selector: string | null;
  readonly profiles: readonly string[];
  /** several poms take part */
  readonly isReactor: boolean;
  /** keeps tests out: not compiled at all, or, where one module's tests are another's dependency, only not run */
  readonly testFlag: string;
  readonly alwaysFlags: readonly string[];
  readonly earlyFlags: readonly string[];
  /** the name of a plugin that may fail without sources; dependencies are then only resolved */
  readonly unpredictable: string | null;
  /** files that Maven reads before any pom: `.mvn`, a settings file */
  readonly settingsFiles: readonly string[];
  /** files and folders that Maven needs beside the poms, relative to the context: libraries, the descriptor of a war */
  readonly earlyFiles: readonly string[];
  /** the JDK that the toolchains plugin asks for: a version or a range of them; `null`: it does not */
  readonly toolchain: string | null;
  /** repositories whose addresses are without TLS, with the address to use instead */
  readonly mirrors: readonly { readonly id: string; readonly url: string }[];
  /** variables that a settings file of the project reads, passed as secrets */
  readonly secretVariables: readonly string[];
  /** a private registry needs the user's own settings.xml */
  readonly needsUserSettings: boolean;
}

export interface GradleBuild {
  readonly tool: 'gradle';
  readonly wrapper: { readonly directory: string; readonly command: string } | null;
  /** Gradle's version: the wrapper's, or, without one that works, that of the build image; `null`: the newest */
  readonly version: string | null;
  /** `:api:bootJar` */
  readonly task: string;
  /** tasks that are left out */
  readonly excluded: readonly string[];
  /** build scripts and what they read, relative to the context: files and folders */
  readonly scripts: readonly string[];
  readonly isMultiProject: boolean;
  /** would refuse the task that fetches the libraries, and is switched off for the build */
  readonly hasConfigurationCache: boolean;
}
