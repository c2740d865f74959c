import type { Project } from '../../../model/project.ts';
import type { Evidence } from '../../../model/service.ts';
export function detectGradle(_project: Project): readonly Evidence[] {
  return [];
}
