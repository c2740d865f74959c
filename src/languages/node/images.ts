import { chooseImages } from '../../images/choose.ts';
import type { ImageChoices } from '../language.ts';
import type { NodeFacts } from './facts.ts';

type Wanted = readonly { readonly id: string; readonly why: string }[];

/** The same flavour on each suite that a version of Node has images for. */
function onEachSuite(id: string, why: string): Wanted {
  return ['', '-bookworm', '-bullseye', '-buster'].map((suite) => ({ id: `${id}${suite}`, why }));
}

/** Slim is recommended for the final stage: a shell for a look inside, and the same C library as the full image. */
export function images(facts: NodeFacts): ImageChoices {
  const version = facts.version.value;
  if (facts.server?.runtime === 'bun') {
    return {
      build: chooseImages(version, [
        { id: 'bun/full', why: 'Bun on Debian.' },
        { id: 'bun/slim', why: 'The same without tools.' },
      ]),
      runtime: chooseImages(version, [{ id: 'bun/slim', why: 'Bun on Debian without tools.' }]),
    };
  }
  const build: Wanted = [
    ...onEachSuite('node/full', 'Compilers, Python and Git for whatever the dependencies need.'),
    ...onEachSuite('node/slim', 'Smaller, for projects without native modules.'),
    { id: 'node/alpine', why: 'For a runtime image on Alpine.' },
  ];
  if (facts.site) {
    return {
      build: chooseImages(version, build),
      runtime: chooseImages(version, [
        { id: 'nginx/unprivileged', why: 'nginx without root, on Debian.' },
        { id: 'nginx/unprivileged-alpine', why: 'The same on Alpine: smaller.' },
      ]),
    };
  }
  const distroless: Wanted = needsShellOrPackages(facts)
    ? []
    : [{ id: 'node/distroless', why: 'No shell and no package manager: the smallest attack surface.' }];
  return {
    build: chooseImages(version, build),
    runtime: chooseImages(version, [
      ...onEachSuite('node/slim', 'Debian without tools: small, and the same C library as the build image.'),
      ...distroless,
      { id: 'node/alpine', why: 'Small; its C library is musl, so build on Alpine too.' },
    ]),
  };
}

/** A program that is no file for Node, or that needs packages of the operating system, cannot run on a distroless image. */
export function needsShellOrPackages(facts: NodeFacts): boolean {
  const program = facts.server?.command.value[0] ?? 'node';
  return (
    (program !== 'node' && program !== 'bun') ||
    facts.native.run.apt.length > 0 ||
    (facts.prisma?.needsOpenssl ?? false)
  );
}
