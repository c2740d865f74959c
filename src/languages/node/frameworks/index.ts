import type { Shape, ShapeContext } from '../shape.ts';
import { adonisShape } from './adonis.ts';
import { gulpShape } from './gulp.ts';
import { qwikShape, tanstackShape } from './handlers.ts';
import { nextShape } from './next.ts';
import { nxServerShape } from './nx.ts';
import { astroShape, commandShape, nitroShape, remixShape, sveltekitShape } from './servers.ts';
import { siteShape } from './sites.ts';

/** The first framework whose rules fit; `null`: the project starts a program of its own. */
export function frameworkShape(context: ShapeContext): Shape | null {
  for (const shapeOf of [
    nxServerShape,
    nextShape,
    nitroShape,
    tanstackShape,
    qwikShape,
    remixShape,
    sveltekitShape,
    astroShape,
    adonisShape,
    commandShape,
    siteShape,
    gulpShape,
  ]) {
    const shape = shapeOf(context);
    if (shape) return shape;
  }
  return null;
}
