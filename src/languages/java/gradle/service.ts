import type { Project } from '../../../model/project.ts';
import type { MavenService } from '../maven/service.ts';
export function readGradleService(_project: Project, _directory: string): MavenService {
  throw new Error('later');
}
