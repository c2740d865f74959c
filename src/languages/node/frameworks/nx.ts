import { joinPath, relativePath } from '../../../project/search.ts';
import { at, type Shape, type ShapeContext, server } from '../shape.ts';

/** A service that Nx compiles for Node: a folder of its own, whose packages are the workspace's. */
export function nxServerShape(context: ShapeContext): Shape | null {
  const { nx } = context;
  if (!nx?.server) return null;
  const { output, file, main } = nx.server;
  const inside = relativePath(nx.root, context.manifest.directory);
  const isInside = output.startsWith(`${inside}/`);
  const source = isInside ? output.slice(inside.length + 1) : `${'../'.repeat(inside.split('/').length)}${output}`;
  const target = isInside ? source : 'dist';
  return server({
    command: { value: ['node', `${target}/${file}`], ...at(nx.from) },
    entry: main === null ? null : joinPath(nx.root, main),
    layout: 'outputs',
    ships: [{ source, target }],
    steps: [nx.step],
    isWeb: false,
  });
}
