import { checkPair, namedImage } from '../../images/choose.ts';
import type { ImagePlan, RunStep } from '../../model/plan.ts';
import type { Answers } from '../../model/question.ts';
import { joinPath } from '../../project/search.ts';
import { parseCommand } from '../../wizard/answers.ts';
import type { Context } from '../language.ts';
import { COMMON_IGNORES } from '../shared/ignore.ts';
import type { NodeFacts } from './facts.ts';
import { images } from './images.ts';

/** Steps that only the Node template reads. `null`: the stage is left out. */
export type NodeParts = {
  readonly install: RunStep;
  readonly prune: RunStep;
  readonly build: RunStep | null;
};

export function plan(facts: NodeFacts, answers: Answers, _context: Context): ImagePlan<NodeParts> {
  const choices = images(facts);
  const build = namedImage(choices.build, answers['build-image'] ?? '');
  const runtime = namedImage(choices.runtime, answers['runtime-image'] ?? '');
  checkPair(build, runtime, false);
  const port = Number(answers['port']);
  const lock = facts.lockFile?.value;
  return {
    template: 'node/service',
    language: 'node',
    name: facts.name.value,
    kind: facts.kind,
    directory: facts.directory,
    context: facts.context,
    dockerfile: joinPath(facts.context, 'Dockerfile'),
    build: { image: build.reference, platform: null, workdir: '/app', env: [], packages: { apt: ['tini'], apk: null } },
    runtime: {
      image: runtime.reference,
      workdir: '/app',
      env: [
        { name: 'NODE_ENV', value: 'production' },
        { name: 'PORT', value: String(port) },
      ],
      packages: null,
      copies: [
        { from: 'dependencies', sources: ['/usr/bin/tini-static'], target: '/tini', chmod: null, parents: false },
        { from: 'production', sources: ['/app/package.json'], target: './', chmod: null, parents: false },
        { from: 'production', sources: ['/app/node_modules'], target: './node_modules', chmod: null, parents: false },
        { from: 'build', sources: ['/app/dist'], target: './dist', chmod: null, parents: false },
      ],
      user: `${runtime.image.uid}:${runtime.image.gid}`,
      port,
      health: {
        command: [
          runtime.image.program ?? 'node',
          '-e',
          `require('http').get({port:process.env.PORT||${port},path:'${answers['health-path']}'},r=>process.exit(r.statusCode<500?0:1)).on('error',()=>process.exit(1))`,
        ],
        interval: '30s',
        timeout: '3s',
        startPeriod: '20s',
        retries: 3,
      },
      stopSignal: null,
      entrypoint: ['/tini', '--'],
      command: parseCommand(answers['command'] ?? '').map((word, at) =>
        at === 0 && word === 'node' ? (runtime.image.program ?? word) : word,
      ),
    },
    parts: {
      install: {
        mounts: [
          'type=bind,source=package.json,target=package.json',
          ...(lock ? [`type=bind,source=${lock},target=${lock}`] : []),
          'type=cache,target=/root/.npm',
        ],
        commands: [lock ? 'npm ci' : 'npm install'],
      },
      prune: {
        mounts: ['type=bind,source=package.json,target=package.json'],
        commands: ['npm prune --omit=dev --no-save'],
      },
      build: facts.buildScript ? { mounts: [], commands: ['npm run build'] } : null,
    },
    ignore: [...COMMON_IGNORES, { title: 'Node.js', patterns: ['**/node_modules', '**/dist', '**/npm-debug.log*'] }],
    origins: {
      'build.image': { rule: 'build-image', facts: [facts.version] },
      'runtime.image': { rule: 'runtime-image', facts: [facts.version] },
      'parts.install.commands': { rule: 'lock-enforced', facts: facts.lockFile ? [facts.lockFile] : [] },
    },
    notes: [],
  };
}
