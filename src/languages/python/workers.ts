import { type Application, EMPTY, type Search } from './application.ts';
import { hasPackage } from './dependencies.ts';
import { modulePlace } from './import-roots.ts';
import { placeIn, type Source } from './sources.ts';

/** A queue whose worker is a program of its own. The first group of the pattern is the object that the worker is given. */
interface Worker {
  readonly name: string;
  readonly packages: readonly string[];
  readonly pattern: RegExp;
  readonly words: readonly string[];
}

const WORKERS: readonly Worker[] = [
  {
    name: 'Celery',
    packages: ['celery'],
    pattern: /^(\w+)\s*=\s*(?:celery\.)?Celery\s*\(/m,
    words: ['celery', '--app', '{module}', 'worker', '--loglevel', 'info'],
  },
  {
    name: 'Dramatiq',
    packages: ['dramatiq'],
    pattern: /^@dramatiq\.actor\b()/m,
    words: ['dramatiq', '{module}'],
  },
  {
    name: 'Huey',
    packages: ['huey'],
    pattern: /^(\w+)\s*=\s*(?:huey\.)?(?:Priority)?(?:Redis|RedisExpire|Sqlite|File)Huey\s*\(/m,
    words: ['huey_consumer.py', '{module}.{object}'],
  },
  { name: 'arq', packages: ['arq'], pattern: /^class\s+(WorkerSettings)\b/m, words: ['arq', '{module}.{object}'] },
  {
    name: 'Taskiq',
    packages: ['taskiq'],
    pattern: /^(broker)\s*(?::[^=\n]+)?=/m,
    words: ['taskiq', 'worker', '{module}:{object}'],
  },
  {
    name: 'FastStream',
    packages: ['faststream'],
    pattern: /^(\w+)\s*=\s*FastStream\s*\(/m,
    words: ['faststream', 'run', '{module}:{object}'],
  },
];

/** The worker of a queue that the project declares, for the module that holds its tasks. */
export function workerApplication(search: Search): Application | null {
  for (const worker of WORKERS.filter(({ packages }) =>
    packages.some((name) => hasPackage(search.dependencies, name)),
  )) {
    for (const source of search.sources) {
      const match = worker.pattern.exec(source.code);
      if (match) return workerOf(search, worker, source, match);
    }
  }
  return null;
}

function workerOf(search: Search, worker: Worker, source: Source, match: RegExpExecArray): Application {
  const place = modulePlace(search.sources, source);
  return {
    ...EMPTY,
    framework: worker.name,
    words: worker.words.map((word) => word.replace('{module}', place.module).replace('{object}', match[1] ?? '')),
    file: source.path,
    roots: place.roots,
    from: placeIn(source, match.index),
    holds: worker.name === 'Celery' ? 'Celery' : '',
    needs: worker.packages.slice(0, 1),
  };
}
