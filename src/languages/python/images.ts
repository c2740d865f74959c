import { chooseImages } from '../../images/choose.ts';
import type { ImageChoices } from '../language.ts';
import type { PythonFacts } from './facts.ts';
import { runtimePackages } from './system-packages.ts';

/**
 * The full image builds whatever pip compiles, and is downloaded once; slim is recommended for building only where the lock file
 * shows that nothing is compiled, or where there is nothing to install. Distroless cannot install system packages.
 */
export function images(facts: PythonFacts): ImageChoices {
  const version = facts.version.value;
  const full = { id: idFor('full', version), why: 'Compilers, headers and git for whatever has no wheel.' };
  const slim = { id: idFor('slim', version), why: 'Smaller, for projects whose packages all have wheels.' };
  const needsNothing = facts.install.isPrebuilt || installsNothing(facts);
  const isSlim =
    needsNothing &&
    !facts.install.needsGit &&
    facts.install.installsProject === null &&
    facts.system.needs.length === 0;
  if (facts.application?.site) {
    return {
      build: chooseImages(version, isSlim ? [slim, full] : [full, slim]),
      runtime: chooseImages(version, [
        { id: 'nginx/unprivileged', why: 'nginx without root, on Debian.' },
        { id: 'nginx/unprivileged-alpine', why: 'The same on Alpine: smaller.' },
      ]),
    };
  }
  const hasPackages = runtimePackages(facts.system, 'apt').length > 0;
  return {
    build: chooseImages(version, [
      ...(isSlim ? [slim, full] : [full, slim]),
      { id: 'python/alpine', why: 'For a runtime image on Alpine; what has no wheel for musl is compiled.' },
    ]),
    runtime: chooseImages(version, [
      { id: idFor('slim', version), why: 'Debian without tools: small, and the same C library as the build image.' },
      ...(hasPackages
        ? []
        : [{ id: 'python/distroless', why: 'No shell and no package manager: the smallest attack surface.' }]),
      { id: 'python/alpine', why: 'The smallest; musl, so build on Alpine too.' },
    ]),
  };
}

export function installsNothing(facts: Pick<PythonFacts, 'install'>): boolean {
  const { manager, listed, added, isEmpty, installsProject, lockFile } = facts.install;
  if (added.length > 0) return false;
  return (
    (manager === 'listed' && listed.length === 0) ||
    (manager === 'project' && isEmpty && installsProject === null && lockFile === null)
  );
}

/** Images of versions that had left support when Debian 13 came are on older suites. */
function idFor(flavour: 'full' | 'slim', version: string): string {
  const minor = Number(version.split('.')[1]);
  if (minor >= 9) return `python/${flavour}`;
  return minor >= 7 ? `python/${flavour}-bookworm` : `python/${flavour}-bullseye`;
}
