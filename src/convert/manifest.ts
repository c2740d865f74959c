import { UserError } from '../errors.ts';
import type { Project } from '../model/project.ts';
import { keysAt } from '../project/readers/document.ts';
import { readJson } from '../project/readers/json.ts';

/** The parts of a package.json that decide what an image needs. */
export interface Manifest {
  readonly path: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  /** optional and peer dependencies */
  readonly others: readonly string[];
  readonly hasWorkspaces: boolean;
}

/** `null` where there is none or it cannot be read: then nothing may be concluded from it. */
export function readManifest(project: Project, path: string): Manifest | null {
  try {
    const document = readJson(project, path, 'lenient');
    if (document === null) return null;
    const scripts: Record<string, string> = {};
    for (const name of keysAt(document, 'scripts')) {
      const body = document.at('scripts', name);
      if (typeof body === 'string') scripts[name] = body;
    }
    return {
      path,
      scripts,
      dependencies: keysAt(document, 'dependencies'),
      devDependencies: keysAt(document, 'devDependencies'),
      others: [...keysAt(document, 'optionalDependencies'), ...keysAt(document, 'peerDependencies')],
      hasWorkspaces: document.at('workspaces') !== undefined,
    };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
