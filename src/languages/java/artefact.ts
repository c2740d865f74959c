/** What a build leaves behind, and how it is started. Paths are relative to the build context. Plain JSON. */
export type Artefact =
  /** an executable jar of Spring Boot that can unpack itself into layers */
  | { readonly kind: 'boot'; readonly file: JarFile; readonly mode: 'tools' | 'layertools'; readonly launcher: string }
  /** one jar with everything in it; `hasMain`: its manifest names the class */
  | { readonly kind: 'jar'; readonly file: JarFile; readonly hasMain: boolean }
  /** compiled classes, and a folder of libraries */
  | { readonly kind: 'classes'; readonly classes: string; readonly libraries: string }
  /** Quarkus' own layout */
  | { readonly kind: 'quarkus'; readonly directory: string }
  /** a servlet application, unpacked in `directory`; `null`: in the one folder of `target` that holds a WEB-INF */
  | {
      readonly kind: 'war';
      readonly directory: string | null;
      readonly target: string;
      readonly server: TomcatVersion;
    };

/** 9 is the last with javax.servlet, 11 needs Java 17. */
export type TomcatVersion = '9' | '10.1' | '11';

/**
 * A jar or war that the build makes. `name` is `null` where the project's files do not tell it: the build then takes the one
 * file of that ending in `directory`, and fails where there are none or several.
 */
export interface JarFile {
  readonly directory: string;
  readonly name: string | null;
  readonly ending: '.jar' | '.war';
}

/** File names that stand beside an artefact and are not it. */
const BESIDES = ['*-sources', '*-javadoc', '*-tests', '*-test-sources', '*-plain', 'original-*'];

/** Shell commands that leave the artefact at `target`, whatever it was called. */
export function moveCommands(file: JarFile, target: string): readonly string[] {
  if (file.name !== null) return [`mv ${shellWord(`${file.directory}/${file.name}`)} ${target}`];
  const others = BESIDES.map((pattern) => `! -name '${pattern}${file.ending}'`).join(' ');
  return [
    `set -- $(find ${shellWord(file.directory)} -maxdepth 1 -name '*${file.ending}' ${others})`,
    'test $# -eq 1',
    `mv "$1" ${target}`,
  ];
}

/** A word as the shell and the builder take it literally. */
export function shellWord(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
