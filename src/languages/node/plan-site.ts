import type { ImagePlan } from '../../model/plan.ts';
import type { Answers } from '../../model/question.ts';
import { joinPath } from '../../project/search.ts';
import { webServerLines } from '../shared/web-server.ts';
import type { NodeFacts } from './facts.ts';
import {
  buildEnv,
  buildPackages,
  chosenImages,
  type NodeParts,
  planBase,
  sharedOrigins,
  sharedParts,
} from './plan-shared.ts';
import type { SiteShape } from './shape.ts';
import { copy, placeOf } from './stages.ts';

const ROOT = '/usr/share/nginx/html';

/** Files that a build makes, behind a web server. They are the same on every architecture, so they are built once. */
export function sitePlan(facts: NodeFacts, site: SiteShape, answers: Answers): ImagePlan<NodeParts> {
  const chosen = chosenImages(facts, answers);
  const port = Number(answers['port']);
  const parts = sharedParts(facts, chosen, false);
  const output = `/${joinPath(placeOf(facts, facts.directory), site.output.value)}`;
  const base = site.base.replaceAll(/^\/|\/$/g, '');
  const isBuilt = facts.steps.length > 0;
  const isAlpine = chosen.runtime.image.packageManager === 'apk';
  const url = `http://127.0.0.1:${port}${site.base}`;
  return {
    ...planBase(facts),
    template: isBuilt ? 'node/static' : 'node/files',
    build: {
      image: chosen.build.reference,
      platform: '$BUILDPLATFORM',
      workdir: placeOf(facts, facts.install.root),
      env: buildEnv(facts),
      packages: buildPackages(facts, chosen.build, []),
    },
    runtime: {
      image: chosen.runtime.reference,
      workdir: ROOT,
      env: [],
      packages: null,
      copies: [
        isBuilt
          ? copy('build', [output], base === '' ? '.' : `./${base}`)
          : copy(null, [facts.site?.output.value ?? '.'], '.'),
      ],
      user: `${chosen.runtime.image.uid}:${chosen.runtime.image.gid}`,
      port,
      health: {
        command: isAlpine ? ['wget', '-q', '-O', '/dev/null', url] : ['curl', '-fsS', '-o', '/dev/null', url],
        interval: '30s',
        timeout: '3s',
        startPeriod: '5s',
        retries: 3,
      },
      stopSignal: null,
      entrypoint: null,
      command: null,
    },
    parts: {
      ...parts,
      init: null,
      writable: null,
      production: null,
      webServer: { path: '/etc/nginx/conf.d/default.conf', lines: webServerLines(site, port) },
      listensEverywhere: false,
      runsIn: null,
    },
    origins: {
      ...sharedOrigins(facts),
      'runtime.image': { rule: 'web-server', facts: [site.tool] },
      'runtime.copies': { rule: 'artefact-only', facts: [site.output] },
      'parts.webServer': { rule: 'web-server', facts: [site.tool] },
    },
    notes: [],
  };
}
