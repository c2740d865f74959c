import type { Project } from '../../model/project.ts';
import type { Evidence } from '../../model/service.ts';
import { readJson } from '../../project/readers/json.ts';
import { directoryOf } from '../../project/search.ts';

/** A package.json with a start script is a service; without one it may still be a library or another language's tooling. */
export function detect(project: Project): readonly Evidence[] {
  return project.find({ names: ['package.json'], depth: 4, limit: 200 }).map((place) => {
    const started = typeof readJson(project, place)?.at('scripts', 'start') === 'string';
    return {
      language: 'node',
      directory: directoryOf(place),
      place,
      strength: started ? 90 : 40,
      what: started ? 'package.json with a start script' : 'package.json',
    };
  });
}
