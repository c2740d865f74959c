import type { Project } from '../../model/project.ts';
import { type Lock, locksIn } from './lock.ts';
import { dependencyFact, type Manifest, readManifest } from './manifest.ts';
import type { InstalledVersion } from './version-limits.ts';

/** The locked version, or where there is no lock file the declared range. */
export function installedVersions(lock: Lock | null, manifests: readonly Manifest[]): InstalledVersion {
  return (name) => {
    for (const manifest of manifests) {
      const declared = dependencyFact(manifest, name);
      if (!declared) continue;
      const locked = lock?.version(name, manifest.directory);
      return { ...declared, value: locked || declared.value, holds: declared.value };
    }
    return null;
  };
}

/** Packages in folders of their own, with lock files of their own, that the service's build builds too. */
export function builtAlong(
  project: Project,
  directories: readonly string[],
): { readonly installed: InstalledVersion; readonly versions: Lock['versions'] } {
  const packages = directories.map((directory) => {
    const manifest = readManifest(project, directory);
    const lock = locksIn(project, directory)[0] ?? null;
    return { lock, installed: installedVersions(lock, manifest ? [manifest] : []) };
  });
  return {
    installed: (name) => packages.map((one) => one.installed(name)).find((fact) => fact !== null) ?? null,
    versions: (name) => packages.flatMap(({ lock }) => lock?.versions(name) ?? []),
  };
}
