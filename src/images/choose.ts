import { UserError } from '../errors.ts';
import type { BaseImage, ImageChoice } from '../model/image.ts';
import { CATALOGUE } from './catalogue.ts';
import { endOfLife } from './lifecycle.ts';

/** The catalogue's entry of that id. A wrong id is a mistake of ours, not of the user. */
function baseImage(id: string): BaseImage {
  const image = CATALOGUE.find((one) => one.id === id);
  if (!image) throw new Error(`no base image ${id} in the catalogue`);
  return image;
}

/** `node:24-trixie-slim`, in this image's own order of suffixes. */
export function imageReference(image: BaseImage, version: string): string {
  return `${image.repository}:${image.tag}`.replaceAll('{version}', version);
}

/**
 * The choices for one stage, in the order given (the first is the recommended one), without those that do not exist for
 * the version.
 */
export function chooseImages(
  version: string,
  wanted: readonly { readonly id: string; readonly why: string }[],
): readonly ImageChoice[] {
  return wanted
    .map(({ id, why }) => ({ image: baseImage(id), why }))
    .filter(({ image }) => image.versions === null || image.versions.includes(version))
    .map(({ image, why }) => ({
      image,
      why,
      reference: imageReference(image, version),
      end: endOfImage(image, version),
    }));
}

/** The earlier of the ends of the product's version and of the distribution's suite. */
function endOfImage(image: BaseImage, version: string): string | null {
  const ends = [image.product && endOfLife(image.product, version), endOfLife(image.suite, image.suite)];
  return ends.filter((end) => end !== null).sort()[0] ?? null;
}

/** An image that the user named, described as far as its name tells, with the nearest offered image as the model. */
export interface NamedImage {
  readonly reference: string;
  readonly image: BaseImage;
  /** the reference is one of the offered ones, so every field of `image` holds */
  readonly known: boolean;
}

/**
 * Looks a reference up among the choices of a stage; an unknown one (an own registry, another flavour) borrows what its
 * name says: `alpine` in it means musl and apk, `distroless` or `chiseled` no shell; the rest is as in the recommended choice.
 */
export function namedImage(choices: readonly ImageChoice[], reference: string): NamedImage {
  const first = choices[0];
  if (!first) throw new Error('a stage without image choices');
  const exact = choices.find((choice) => choice.reference === reference);
  if (exact) return { reference, image: exact.image, known: true };
  const flavour = /distroless|chiseled|chainguard/.test(reference)
    ? 'distroless'
    : /alpine/.test(reference)
      ? 'alpine'
      : null;
  const model = choices.find((choice) => choice.image.flavour === flavour) ?? first;
  return { reference, image: model.image, known: false };
}

/** The build and the runtime image of a plan must share a C library where the artefact is bound to one. */
export function checkPair(build: NamedImage, runtime: NamedImage, artefactIsPortable: boolean): void {
  const [from, to] = [build.image.libc, runtime.image.libc];
  if (artefactIsPortable || from === to || to === 'none' || from === 'none') return;
  throw new UserError(
    'answer-invalid',
    `${build.reference} builds for ${from}, and ${runtime.reference} has ${to}: the program would not start there.`,
    'Choose a build image and a runtime image of the same family (both Debian, or both Alpine).',
  );
}
