import { relativePath } from '../../project/search.ts';
import { isAtLeast } from './dependency.ts';

/** What a build leaves behind. Paths are relative to the build context. Plain JSON. */
export type Artefact =
  /** an executable jar of Spring Boot that can unpack itself into layers */
  | { readonly kind: 'boot'; readonly file: JarFile; readonly mode: 'tools' | 'layertools'; readonly launcher: string }
  /** one jar with everything in it; `hasMain`: its manifest names the class */
  | { readonly kind: 'jar'; readonly file: JarFile; readonly hasMain: boolean }
  /** compiled classes, and a folder of libraries; `home`: where the classes lie in the image */
  | { readonly kind: 'classes'; readonly classes: string; readonly libraries: string; readonly home: string }
  /** a folder with every library and the application's own jar */
  | { readonly kind: 'distribution'; readonly directory: string }
  /** Quarkus' own layout */
  | { readonly kind: 'quarkus'; readonly directory: string }
  /** a servlet application, which the build leaves unpacked in a folder, or packed */
  | { readonly kind: 'war'; readonly from: Unpacked | JarFile; readonly server: TomcatVersion };

/**
 * A jar or war that the build makes. `name` is `null` where the project's files do not tell it: the build then takes the one
 * file of that ending in `directory`, and fails where there are none or several.
 */
export interface JarFile {
  readonly directory: string;
  readonly name: string | null;
  readonly ending: '.jar' | '.war';
}

/** `folder` is `null` where its name is not known: it is the one folder of `directory` that holds a WEB-INF. */
interface Unpacked {
  readonly directory: string;
  readonly folder: string | null;
}

/** 9 is the last with javax.servlet, 11 needs Java 17. */
export type TomcatVersion = '9' | '10.1' | '11';

/**
 * An executable jar of Spring Boot. Layers are there since 2.4 unless they are switched off; the tools that take them apart
 * were renamed in 3.3, and the launcher's package in 3.2. Without the usual layers, or with a shell script before its
 * entries, which the tools do not read, the jar is run as it is.
 */
export function bootArtefact(file: JarFile, version: string | null, hasLayers: boolean): Artefact {
  if (file.ending === '.war' || version === null || !hasLayers || !isAtLeast(version, '2.4')) {
    return { kind: 'jar', file, hasMain: true };
  }
  const launcher = `org.springframework.boot.loader.${isAtLeast(version, '3.2') ? 'launch.' : ''}JarLauncher`;
  return { kind: 'boot', file, mode: isAtLeast(version, '3.3') ? 'tools' : 'layertools', launcher };
}

/** The same artefact with its paths seen from the build context instead of the project. */
export function insideContext(artefact: Artefact, context: string): Artefact {
  const inside = <T extends { readonly directory: string }>(one: T): T => ({
    ...one,
    directory: relativePath(context, one.directory),
  });
  switch (artefact.kind) {
    case 'boot':
    case 'jar':
      return { ...artefact, file: inside(artefact.file) };
    case 'classes':
      return {
        ...artefact,
        classes: relativePath(context, artefact.classes),
        libraries: relativePath(context, artefact.libraries),
      };
    case 'quarkus':
    case 'distribution':
      return inside(artefact);
    case 'war':
      return { ...artefact, from: inside(artefact.from) };
  }
}
