import type { CopyStep } from '../../model/plan.ts';
import type { Artefact, JarFile } from './artefact.ts';

/** What comes after the build tool: commands that put the artefact in order, and the copies into the final stage. */
export interface Layout {
  readonly commands: readonly string[];
  readonly copies: readonly CopyStep[];
  readonly workdir: string;
}

/** Everything is put in order below this folder of the build stage, so that the copies do not depend on names. */
const OUT = '/out';

/** In the order of change: libraries first, the application's own code last. */
export function layoutOf(artefact: Artefact): Layout {
  switch (artefact.kind) {
    case 'boot':
      return bootLayout(artefact);
    case 'jar':
      return jarLayout(artefact);
    case 'classes': {
      const [libraries, classes] = [shellWord(artefact.libraries), shellWord(artefact.classes)];
      return app(
        [`mkdir -p ${OUT} ${libraries}`, `mv ${libraries} ${OUT}/lib`, `mv ${classes} ${OUT}/classes`],
        [copy(`${OUT}/lib`, './lib'), copy(`${OUT}/classes`, `./${artefact.home}`)],
      );
    }
    case 'distribution':
      return app([`mv ${shellWord(artefact.directory)} ${OUT}`], [copy(OUT, './lib')]);
    case 'quarkus':
      return app(
        [`mv ${shellWord(artefact.directory)} ${OUT}`],
        [
          copy(`${OUT}/lib`, './lib'),
          copy(`${OUT}/quarkus-run.jar`, './'),
          copy(`${OUT}/quarkus`, './quarkus'),
          copy(`${OUT}/app`, './app'),
        ],
      );
    case 'war':
      return warLayout(artefact);
  }
}

/** A war keeps its ending: only so does a server inside it find its pages. */
function jarLayout({ file }: Artefact & { readonly kind: 'jar' }): Layout {
  const target = `${OUT}/app${file.ending}`;
  return app([`mkdir ${OUT}`, ...moveCommands(file, target)], [copy(target, './')]);
}

function app(commands: readonly string[], copies: readonly CopyStep[]): Layout {
  return { commands, copies, workdir: '/app' };
}

/** The jar unpacks itself: what changes least comes first, so that a change of code sends only the last layer. */
function bootLayout(artefact: Artefact & { readonly kind: 'boot' }): Layout {
  const extract =
    artefact.mode === 'tools'
      ? `java -Djarmode=tools -jar app.jar extract --layers --destination ${OUT}`
      : `java -Djarmode=layertools -jar app.jar extract --destination ${OUT}`;
  const layers = ['dependencies', 'spring-boot-loader', 'snapshot-dependencies', 'application'];
  return app(
    [...moveCommands(artefact.file, 'app.jar'), extract],
    layers.map((layer) => copy(`${OUT}/${layer}/`, './')),
  );
}

/** Unpacked by the build, since Tomcat could only do it in a folder that it may write to. */
function warLayout(artefact: Artefact & { readonly kind: 'war' }): Layout {
  const { from } = artefact;
  const commands =
    'ending' in from
      ? [`mkdir ${OUT}`, ...moveCommands(from, '/app.war'), `env -C ${OUT} jar -xf /app.war`]
      : from.folder !== null
        ? [`mv ${shellWord(`${from.directory}/${from.folder}`)} ${OUT}`]
        : [`set -- ${shellWord(from.directory)}/*/WEB-INF`, 'test $# -eq 1', `mv "\${1%/WEB-INF}" ${OUT}`];
  return { commands, copies: [copy(OUT, './webapps/ROOT')], workdir: '/usr/local/tomcat' };
}

/** File names that stand beside an artefact and are not it. */
const BESIDES = ['*-sources', '*-javadoc', '*-tests', '*-test-sources', '*-plain', 'original-*'];

/** Shell commands that leave the artefact at `target`, whatever it was called. */
function moveCommands(file: JarFile, target: string): readonly string[] {
  if (file.name !== null) return [`mv ${shellWord(`${file.directory}/${file.name}`)} ${target}`];
  const others = BESIDES.map((pattern) => `! -name '${pattern}${file.ending}'`).join(' ');
  return [
    `set -- $(find ${shellWord(file.directory)} -maxdepth 1 -name '*${file.ending}' ${others})`,
    'test $# -eq 1',
    `mv "$1" ${target}`,
  ];
}

/** A word as the shell takes it literally. */
function shellWord(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function copy(source: string, target: string): CopyStep {
  return { from: 'build', sources: [source], target, chmod: null, parents: false };
}
