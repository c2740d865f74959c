import type { CopyStep } from '../../model/plan.ts';
import { type Artefact, moveCommands, shellWord } from './artefact.ts';

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
      return {
        commands: [`mkdir ${OUT}`, ...moveCommands(artefact.file, `${OUT}/app.jar`)],
        copies: [copy(`${OUT}/app.jar`, './')],
        workdir: '/app',
      };
    case 'classes':
      return {
        commands: [
          `mkdir -p ${OUT} ${shellWord(artefact.libraries)}`,
          `mv ${shellWord(artefact.libraries)} ${OUT}/lib`,
          `mv ${shellWord(artefact.classes)} ${OUT}/classes`,
        ],
        copies: [copy(`${OUT}/lib`, './lib'), copy(`${OUT}/classes`, './classes')],
        workdir: '/app',
      };
    case 'quarkus':
      return {
        commands: [`mv ${shellWord(artefact.directory)} ${OUT}`],
        copies: ['lib', 'quarkus', 'app']
          .map((name) => copy(`${OUT}/${name}`, `./${name}`))
          .toSpliced(1, 0, copy(`${OUT}/quarkus-run.jar`, './')),
        workdir: '/app',
      };
    case 'war':
      return warLayout(artefact);
  }
}

/** The jar unpacks itself: what changes least comes first, so that a change of code sends only the last layer. */
function bootLayout(artefact: Artefact & { readonly kind: 'boot' }): Layout {
  const extract =
    artefact.mode === 'tools'
      ? `java -Djarmode=tools -jar app.jar extract --layers --destination ${OUT}`
      : `java -Djarmode=layertools -jar app.jar extract --destination ${OUT}`;
  const layers = ['dependencies', 'spring-boot-loader', 'snapshot-dependencies', 'application'];
  return {
    commands: [...moveCommands(artefact.file, 'app.jar'), extract],
    copies: layers.map((layer) => copy(`${OUT}/${layer}/`, './')),
    workdir: '/app',
  };
}

function warLayout(artefact: Artefact & { readonly kind: 'war' }): Layout {
  const move = artefact.directory
    ? [`mv ${shellWord(artefact.directory)} ${OUT}`]
    : [`set -- ${shellWord(artefact.target)}/*/WEB-INF`, 'test $# -eq 1', `mv "\${1%/WEB-INF}" ${OUT}`];
  return { commands: move, copies: [copy(OUT, './webapps/ROOT')], workdir: '/usr/local/tomcat' };
}

function copy(source: string, target: string): CopyStep {
  return { from: 'build', sources: [source], target, chmod: null, parents: false };
}
