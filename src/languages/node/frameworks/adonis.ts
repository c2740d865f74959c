import { joinPath } from '../../../project/search.ts';
import { at, buildSteps, type ServerShape, type ShapeContext, server, startPlace } from '../shape.ts';

/** AdonisJS in TypeScript: `ace build` makes a project of its own in `build`, as it shall stand in the image. */
export function adonisShape(context: ShapeContext): ServerShape | null {
  const adonis = context.installed('@adonisjs/core');
  const entry = ['bin/server', 'server'].find((name) =>
    context.project.isFile(joinPath(context.manifest.directory, `${name}.ts`)),
  );
  if (!adonis || entry === undefined) return null;
  return server({
    command: { value: ['node', `${entry}.js`], ...startPlace(context, adonis) },
    layout: 'outputs',
    ships: [{ source: 'build', target: '.' }],
    steps: buildSteps(context, ['node', 'ace', 'build']),
    port: { value: 3333, ...at(adonis) },
    portVariable: 'PORT',
    hostVariable: 'HOST',
    writes: ['tmp'],
    facts: [{ label: 'Framework', fact: { value: 'AdonisJS', ...at(adonis) } }],
  });
}
