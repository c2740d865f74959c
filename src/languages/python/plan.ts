import { checkPair, type NamedImage, namedImage } from '../../images/choose.ts';
import { IN_FULL_IMAGE } from '../../images/python-needs.ts';
import type { HealthCheck, ImagePlan, Origin, Packages, RunStep, RuntimeStage } from '../../model/plan.ts';
import type { Answers } from '../../model/question.ts';
import { joinPath } from '../../project/search.ts';
import { parseCommand } from '../../wizard/answers.ts';
import type { Context } from '../language.ts';
import { browserStep } from './browser.ts';
import { buildStage, type SourceStage } from './build-stage.ts';
import { commandFor, type PythonFacts } from './facts.ts';
import { healthCheck } from './health.ts';
import { ignoreGroups } from './ignore.ts';
import { images, installsNothing } from './images.ts';
import { installation } from './install.ts';
import { type Step, VENV } from './install-step.ts';
import { type SiteParts, sitePlan } from './plan-site.ts';
import { relocation } from './relocation.ts';
import { runtimeCopies, type Stages } from './runtime-copies.ts';
import { runtimeEnv } from './runtime-env.ts';
import { releaseFor, type Server, serverOf } from './server.ts';
import { buildPackages, runtimePackages } from './system-packages.ts';
import { writableNotes, writableStep } from './writable-step.ts';

/** Steps that only the Python template reads. `null`: the stage is left out. */
export type PythonParts = {
  /** name of the first stage and what it says about itself */
  readonly stage: string;
  readonly sentence: string;
  readonly steps: readonly Step[];
  /** moves the virtual environment to the interpreter of the final image */
  readonly relocation: (RunStep & { readonly stage: string }) | null;
  readonly source: SourceStage | null;
};

/** What the answers decided. */
interface Chosen {
  readonly build: NamedImage;
  readonly runtime: NamedImage;
  readonly port: number | null;
  readonly server: Server | null;
  readonly command: readonly string[];
  readonly hasVenv: boolean;
  readonly needsInit: boolean;
  readonly isDistroless: boolean;
}

export function plan(facts: PythonFacts, answers: Answers, _context: Context): ImagePlan<PythonParts | SiteParts> {
  const site = facts.application?.site;
  return site ? sitePlan(facts, site, answers) : servicePlan(facts, answers);
}

function servicePlan(facts: PythonFacts, answers: Answers): ImagePlan<PythonParts> {
  const chosen = choose(facts, answers);
  const installed = installation(facts.install, facts.version.value, addedRequirements(facts, chosen.server));
  const first = chosen.hasVenv ? 'dependencies' : 'build';
  const source = buildStage(facts, chosen.hasVenv ? null : chosen.build.reference);
  const relocated = chosen.hasVenv && chosen.isDistroless;
  const venvStage = source?.changesVenv ? 'build' : 'dependencies';
  return {
    template: 'python/service',
    language: 'python',
    name: facts.name.value,
    kind: facts.kind,
    directory: facts.directory,
    context: facts.context,
    dockerfile: joinPath(facts.context, 'Dockerfile'),
    build: {
      image: chosen.build.reference,
      platform: null,
      workdir: '/app',
      env: chosen.hasVenv ? installed.env : [],
      packages: stagePackages(facts, chosen),
    },
    runtime: runtimeStage(facts, answers, chosen, {
      venv: chosen.hasVenv ? (relocated ? 'environment' : venvStage) : null,
      first,
      source,
    }),
    parts: {
      stage: first,
      sentence: chosen.hasVenv
        ? 'are installed into a virtual environment before the source is there'
        : 'compiles the source to bytecode, since nobody may write where it runs',
      steps: [
        ...(chosen.hasVenv ? installed.steps : (source?.steps ?? [])),
        ...(facts.browser ? [browserStep()] : []),
        ...writableStep(facts),
      ],
      relocation: relocated ? { stage: venvStage, ...relocation(facts.version.value) } : null,
      source: chosen.hasVenv ? source : null,
    },
    ignore: ignoreGroups(facts),
    origins: origins(facts, chosen),
    notes: writableNotes(facts),
  };
}

function choose(facts: PythonFacts, answers: Answers): Chosen {
  const choices = images(facts);
  const build = namedImage(choices.build, answers['build-image'] ?? '');
  const runtime = namedImage(choices.runtime, answers['runtime-image'] ?? '');
  const hasVenv = !installsNothing(facts) || facts.server !== null;
  // Pure Python does not care, but what is compiled for one C library does not load with another.
  checkPair(build, runtime, !hasVenv);
  const port = facts.kind === 'worker' ? null : Number(answers['port']);
  const server = facts.server ? serverOf(answers['server'] ?? facts.server.id) : null;
  const command = commandAnswer(facts, answers, server, port);
  const stops = server?.stops === true;
  return {
    build,
    runtime,
    port,
    server,
    command,
    hasVenv,
    needsInit: !stops,
    isDistroless: runtime.image.flavour === 'distroless',
  };
}

/** The command that was recommended follows the port and the server that were answered; any other one is taken as it is. */
function commandAnswer(
  facts: PythonFacts,
  answers: Answers,
  server: Server | null,
  port: number | null,
): readonly string[] {
  const given = parseCommand(answers['command'] ?? '');
  const recommended = facts.command?.value ?? [];
  if (!facts.application || given.join('\0') !== recommended.join('\0')) return given;
  const choice =
    facts.server && server
      ? { ...facts.server, id: server.id, options: server.id === facts.server.id ? facts.server.options : [] }
      : null;
  return commandFor(facts.application, choice, port ?? 0);
}

function addedRequirements(facts: PythonFacts, server: Server | null): readonly string[] {
  const added = facts.install.added.map((fact) => fact.value).filter((name) => name !== server?.package);
  if (!server || !facts.server || (server.id === facts.server.id && facts.server.isDeclared)) return added;
  const release = releaseFor(server, facts.version.value);
  return release === null ? added : [...added, `${server.package}==${release}`];
}

function stagePackages(facts: PythonFacts, chosen: Chosen): Packages | null {
  const manager = chosen.build.image.packageManager;
  if (manager === null) return null;
  const isFull = chosen.build.image.flavour === 'full';
  const own = chosen.hasVenv ? buildPackages(facts.system, manager, isFull, facts.install.needsGit) : [];
  const init = chosen.needsInit ? [manager === 'apt' ? 'tini' : 'tini-static'] : [];
  // Collecting static files loads the applications, and so the libraries that they call.
  const loaded = facts.application?.django?.collects ? runtimePackages(facts.system, manager) : [];
  const missing = loaded.filter((name) => !own.includes(name) && !(isFull && IN_FULL_IMAGE.has(name)));
  return packages([...own, ...missing, ...init], manager);
}

function packages(names: readonly string[], manager: 'apt' | 'apk'): Packages | null {
  if (names.length === 0) return null;
  return manager === 'apt' ? { apt: names, apk: null } : { apt: null, apk: names };
}

function runtimeStage(facts: PythonFacts, answers: Answers, chosen: Chosen, stages: Stages): RuntimeStage {
  const { image } = chosen.runtime;
  const workdir = joinPath(facts.application?.workdir ?? '.');
  const manager = image.packageManager;
  return {
    image: chosen.runtime.reference,
    workdir: workdir === '.' ? '/app' : `/app/${workdir}`,
    env: runtimeEnv(facts, chosen.server, chosen.port, chosen.hasVenv),
    packages: manager === null ? null : packages(chosen.hasVenv ? runtimePackages(facts.system, manager) : [], manager),
    copies: runtimeCopies(facts, chosen, stages),
    user: `${image.uid}:${image.gid}`,
    port: chosen.port,
    health: health(facts, answers, chosen),
    stopSignal: null,
    ...startWords(chosen),
  };
}

function health(facts: PythonFacts, answers: Answers, chosen: Chosen): HealthCheck | null {
  if (chosen.port === null || !facts.application) return null;
  const path = answers['health-path'] ?? '/';
  const program = chosen.isDistroless ? (chosen.runtime.image.program ?? 'python3') : 'python';
  const { server } = chosen;
  const readsPort = server ? server.honoursPort : facts.portVariable === 'PORT';
  return healthCheck(
    program,
    facts.application.probe,
    path,
    chosen.port,
    readsPort,
    facts.healthPath !== null || path !== '/',
  );
}

/** The words of ENTRYPOINT and CMD. A distroless image has the interpreter as its entry point, which the environment's replaces. */
function startWords(chosen: Chosen): Pick<RuntimeStage, 'entrypoint' | 'command'> {
  const [program = 'python', ...rest] = chosen.command;
  if (chosen.needsInit) {
    const base = chosen.runtime.image.program ?? 'python3';
    const words = chosen.isDistroless && !chosen.hasVenv && program === 'python' ? [base, ...rest] : chosen.command;
    return { entrypoint: ['/tini', '--'], command: words };
  }
  return chosen.isDistroless
    ? { entrypoint: [`${VENV}/bin/${program}`], command: rest }
    : { entrypoint: null, command: chosen.command };
}

function origins(facts: PythonFacts, chosen: Chosen): Readonly<Record<string, Origin>> {
  const { install, application, server } = facts;
  const start = application
    ? [{ value: chosen.command.join(' '), from: application.from, holds: application.holds }]
    : [];
  const manifests = [install.manifest, install.lockFile].filter((fact) => fact !== null);
  const needs = facts.system.needs.map((one) => one.fact);
  return {
    'build.image': { rule: 'build-image', facts: [facts.version] },
    'build.packages': { rule: 'system-packages', facts: needs },
    'build.env': { rule: 'build-env', facts: [] },
    'parts.steps': { rule: install.lockFile ? 'lock-enforced' : 'dependencies-first', facts: manifests },
    'runtime.image': { rule: 'runtime-image', facts: [facts.version] },
    'runtime.packages': { rule: 'system-packages', facts: [...needs, ...facts.system.listed] },
    'runtime.env': { rule: 'runtime-env', facts: [] },
    'runtime.copies': { rule: 'artefact-only', facts: [] },
    'runtime.port': { rule: 'port', facts: facts.port ? [facts.port] : [] },
    'runtime.health': { rule: 'health-check', facts: facts.healthPath ? [facts.healthPath] : [] },
    'runtime.entrypoint': { rule: 'init-process', facts: [] },
    'runtime.command': {
      rule: 'direct-command',
      facts: [...start, ...(server?.isDeclared ? [{ value: server.name, from: server.from, holds: '' }] : [])],
    },
  };
}
