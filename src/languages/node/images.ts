import { chooseImages } from '../../images/choose.ts';
import type { ImageChoices } from '../language.ts';
import type { NodeFacts } from './facts.ts';

/** Slim is recommended for the final stage: a shell for a look inside, and the same C library as the full image. */
export function images(facts: NodeFacts): ImageChoices {
  return {
    build: chooseImages(facts.version.value, [
      { id: 'node/full', why: 'Compilers and Python for native modules.' },
      { id: 'node/slim', why: 'Smaller, for projects without native modules.' },
      { id: 'node/alpine', why: 'For a runtime image on Alpine.' },
    ]),
    runtime: chooseImages(facts.version.value, [
      { id: 'node/slim', why: 'Debian without tools: small, and the same C library as the build image.' },
      { id: 'node/distroless', why: 'No shell and no package manager: the smallest attack surface.' },
      { id: 'node/alpine', why: 'The smallest; musl, so build on Alpine too.' },
    ]),
  };
}
