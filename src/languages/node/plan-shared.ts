import { type NamedImage, namedImage } from '../../images/choose.ts';
import type { CopyStep, EnvEntry, ImagePlan, Origin, Packages, RunStep } from '../../model/plan.ts';
import type { Answers } from '../../model/question.ts';
import { joinPath } from '../../project/search.ts';
import { installCommands, installMounts, managerEnv, managerInstall } from './commands.ts';
import type { NodeFacts } from './facts.ts';
import { ignoreGroups } from './ignore.ts';
import { images } from './images.ts';
import { APP, copy, manifestCopies, placeOf } from './stages.ts';
import { stepCommand } from './step-commands.ts';

/** What only the templates of this language read. `null`: the block is left out. */
export type NodeParts = {
  /** image of a stage that brings the init process, where the build image's own package archive is closed */
  readonly init: { readonly image: string; readonly packages: Packages } | null;
  readonly manager: RunStep | null;
  readonly manifests: readonly CopyStep[];
  readonly install: RunStep;
  /** makes the folders that the program writes to */
  readonly writable: RunStep | null;
  readonly args: readonly string[];
  readonly source: CopyStep;
  readonly build: RunStep | null;
  readonly production: { readonly from: string; readonly run: RunStep } | null;
  /** configuration of the web server, line by line, and where it goes */
  readonly webServer: { readonly path: string; readonly lines: readonly string[] } | null;
  /** lets the program listen on every address although its source says otherwise */
  readonly listensEverywhere: boolean;
  /** the folder that the program works in, where that is not the one its files are copied to */
  readonly runsIn: string | null;
};

export interface Chosen {
  readonly build: NamedImage;
  readonly runtime: NamedImage;
}

export function chosenImages(facts: NodeFacts, answers: Answers): Chosen {
  const choices = images(facts);
  return {
    build: namedImage(choices.build, answers['build-image'] ?? ''),
    runtime: namedImage(choices.runtime, answers['runtime-image'] ?? ''),
  };
}

export function envEntries(env: Readonly<Record<string, string>>): readonly EnvEntry[] {
  return Object.entries(env).map(([name, value]) => ({ name, value }));
}

/** Suites whose package archive is no longer where the image looks for it. */
const CLOSED = new Set(['bullseye', 'buster']);
export const INIT_IMAGE = 'debian:trixie-slim';

/** Whether the init process comes from a stage of its own. */
export function needsInitStage(build: NamedImage): boolean {
  return build.image.packageManager === null || CLOSED.has(build.image.suite);
}

/** The parts that every plan has: the installation, and the build with all dependencies. */
export function sharedParts(
  facts: NodeFacts,
  chosen: Chosen,
  onlyProduction: boolean,
): Pick<NodeParts, 'manager' | 'manifests' | 'install' | 'args' | 'source' | 'build'> {
  const node = Number(facts.version.value);
  const workdir = placeOf(facts, facts.install.root);
  const manager = managerInstall(facts.install, node);
  const commands = facts.steps.map((step) => stepCommand(facts, step));
  return {
    manager: manager && { mounts: [], commands: manager },
    manifests: manifestCopies(facts),
    install: {
      mounts: installMounts(facts.install, workdir),
      commands: installCommands(facts.install, node, onlyProduction, facts.focus),
    },
    args: facts.environment.names.map(({ value }) => value).filter((name) => !looksSecret(name)),
    source: copy(null, ['.'], facts.install.root === facts.context ? '.' : APP),
    build: commands.length === 0 ? null : { mounts: buildMounts(facts), commands },
    ...(chosen ? {} : {}),
  };
}

/** Names that linters take for secrets in an ARG; such a variable is better given in a settings file. */
function looksSecret(name: string): boolean {
  return (
    /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)|api_key|private|username/i.test(
      name,
    ) && !/(?:^|_)(?:public|file|version)(?:_|$)/i.test(name.replace(/^(?:NEXT|NUXT|EXPO)_PUBLIC_/, ''))
  );
}

/** Tools that keep what they can use again between builds. */
function buildMounts(facts: NodeFacts): readonly string[] {
  const next =
    facts.server?.facts.some(({ fact }) => fact.value.startsWith('Next.js')) || facts.site?.tool.value === 'Next.js';
  return next ? [`type=cache,target=${placeOf(facts, facts.directory)}/.next/cache`] : [];
}

export function buildEnv(facts: NodeFacts): readonly EnvEntry[] {
  return envEntries({ ...managerEnv(facts.install), ...facts.install.env, ...facts.buildEnv });
}

/** Packages of the build stages: what the dependencies are compiled with, and more where the image has no compilers. */
export function buildPackages(facts: NodeFacts, build: NamedImage, more: readonly string[]): Packages | null {
  const isFull = build.image.flavour === 'full';
  const compiler = facts.native.needsCompiler && !isFull;
  if (build.image.packageManager === 'apk') {
    const apk = [
      ...(compiler ? ['g++', 'make', 'python3'] : []),
      ...facts.native.build.apk,
      ...more.map((name) => (name === 'tini' ? 'tini-static' : name)),
    ];
    return apk.length === 0 ? null : { apt: null, apk: [...new Set(apk)].sort() };
  }
  const apt = [...(compiler ? ['g++', 'make', 'python3'] : []), ...facts.native.build.apt, ...more];
  return apt.length === 0 || build.image.packageManager === null ? null : { apt: [...new Set(apt)].sort(), apk: null };
}

function dockerfilePath(facts: NodeFacts): string {
  return joinPath(facts.context, 'Dockerfile');
}

/** What every plan says of itself. */
export function planBase(
  facts: NodeFacts,
): Pick<ImagePlan, 'language' | 'name' | 'kind' | 'directory' | 'context' | 'dockerfile' | 'ignore'> {
  return {
    language: 'node',
    name: facts.name.value,
    kind: facts.kind,
    directory: facts.directory,
    context: facts.context,
    dockerfile: dockerfilePath(facts),
    ignore: ignoreGroups(facts),
  };
}

export function sharedOrigins(facts: NodeFacts): Readonly<Record<string, Origin>> {
  const lock = facts.install.lock;
  return {
    'build.image': { rule: 'build-image', facts: [facts.version] },
    'build.env': { rule: 'build-env', facts: [] },
    'parts.manager.commands': { rule: 'build-image', facts: [] },
    'parts.install.commands': { rule: 'lock-enforced', facts: lock ? [lock] : [] },
    'parts.manifests': { rule: 'dependencies-first', facts: lock ? [lock] : [] },
    'parts.build.commands': { rule: 'build-command', facts: [] },
    'parts.args': { rule: 'build-env', facts: facts.environment.names },
  };
}
