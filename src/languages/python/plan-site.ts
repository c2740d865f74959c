import { namedImage } from '../../images/choose.ts';
import type { CopyStep, ImagePlan } from '../../model/plan.ts';
import type { Answers } from '../../model/question.ts';
import { joinPath } from '../../project/search.ts';
import { webServerLines } from '../shared/web-server.ts';
import type { PythonFacts } from './facts.ts';
import { ignoreGroups } from './ignore.ts';
import { images } from './images.ts';
import { installation } from './install.ts';
import { type Step, VENV, VENV_COMMENT } from './install-step.ts';
import { SITE_FOLDER, type Site } from './site.ts';
import { buildPackages } from './system-packages.ts';

/** What only the template of a site reads. */
export type SiteParts = {
  readonly steps: readonly Step[];
  readonly pages: Step;
  readonly webServer: { readonly path: string; readonly lines: readonly string[] };
};

const copy = (from: string | null, source: string): CopyStep => ({
  from,
  sources: [source],
  target: '.',
  chmod: null,
  parents: false,
});

/** Pages that a generator makes, behind a web server. They are the same on every architecture, so they are made once. */
export function sitePlan(facts: PythonFacts, site: Site, answers: Answers): ImagePlan<SiteParts> {
  const choices = images(facts);
  const build = namedImage(choices.build, answers['build-image'] ?? '');
  const runtime = namedImage(choices.runtime, answers['runtime-image'] ?? '');
  const port = Number(answers['port']);
  const added = facts.install.added.map((fact) => fact.value);
  const installed = installation(facts.install, facts.version.value, added);
  const manager = build.image.packageManager ?? 'apt';
  const system = buildPackages(facts.system, manager, build.image.flavour === 'full', facts.install.needsGit);
  const pages = { mounts: [], commands: [`${VENV}/bin/${site.command}`] };
  const tool = { value: site.tool, from: facts.application?.from ?? '', holds: '' };
  return {
    template: 'python/site',
    language: 'python',
    name: facts.name.value,
    kind: facts.kind,
    directory: facts.directory,
    context: facts.context,
    dockerfile: joinPath(facts.context, 'Dockerfile'),
    build: {
      image: build.reference,
      platform: '$BUILDPLATFORM',
      workdir: '/app',
      env: installed.env,
      packages: system.length === 0 ? null : { apt: null, apk: null, [manager]: system },
    },
    runtime: {
      image: runtime.reference,
      workdir: '/usr/share/nginx/html',
      env: [],
      packages: null,
      copies: [copy('build', SITE_FOLDER)],
      user: `${runtime.image.uid}:${runtime.image.gid}`,
      port,
      health: healthOf(runtime.image.packageManager === 'apk', port),
      stopSignal: null,
      entrypoint: null,
      command: null,
    },
    parts: {
      // The final image takes no environment over, so nothing is to be said about it.
      steps: installed.steps.map((one) => (one.comment === VENV_COMMENT ? { ...one, comment: '' } : one)),
      pages: { comment: '', copies: [copy(null, '.')], ignore: null, run: pages },
      webServer: {
        path: '/etc/nginx/conf.d/default.conf',
        // MkDocs makes a page for what is missing, Sphinx does not.
        lines: webServerLines({ fallback: site.tool === 'MkDocs' ? 'pages' : 'files', base: '/' }, port),
      },
    },
    ignore: ignoreGroups(facts),
    origins: {
      'build.image': { rule: 'build-image', facts: [facts.version] },
      'build.env': { rule: 'build-env', facts: [] },
      'parts.steps': {
        rule: facts.install.lockFile ? 'lock-enforced' : 'dependencies-first',
        facts: [facts.install.manifest, facts.install.lockFile].filter((fact) => fact !== null),
      },
      'parts.webServer': { rule: 'web-server', facts: [tool] },
      'runtime.image': { rule: 'web-server', facts: [tool] },
      'runtime.copies': { rule: 'artefact-only', facts: [tool] },
      'runtime.port': { rule: 'port', facts: facts.port ? [facts.port] : [] },
      'runtime.health': { rule: 'health-check', facts: [] },
    },
    notes: [],
  };
}

function healthOf(isAlpine: boolean, port: number): ImagePlan['runtime']['health'] {
  const url = `http://127.0.0.1:${port}/`;
  return {
    command: isAlpine ? ['wget', '-q', '-O', '/dev/null', url] : ['curl', '-fsS', '-o', '/dev/null', url],
    interval: '30s',
    timeout: '3s',
    startPeriod: '5s',
    retries: 3,
  };
}
