import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';

/** Prefix of all names and labels that are given to containers and images. */
export const MARK = 'create-multistage-docker';

/** One verification: names of its own, a folder of its own, and everything that must be removed in the end. */
export interface Session {
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  /** names that nobody else has */
  newContainer(): string;
  newImage(): string;
  newBuilder(): string;
  /** an empty folder */
  newFolder(what: string): Promise<string>;
  removeContainer(name: string): Promise<void>;
  removeBuilder(name: string): Promise<void>;
  /** removes all containers and images of this session and its folder; it may be called at any moment, also twice */
  close(): Promise<void>;
}

/** Opens a session. Whoever opens one closes it in a `finally`: runs side by side do not see each other. */
export async function openSession(engine: Engine): Promise<Session> {
  const id = randomBytes(6).toString('hex');
  const folder = await mkdtemp(join(tmpdir(), `${MARK}-`));
  const containers = new Set<string>();
  const images = new Set<string>();
  const builders = new Set<string>();
  const label = `${MARK}.run`;
  let count = 0;

  function newName(among: Set<string>): string {
    count += 1;
    const name = `${MARK}-${id}-${count}`;
    among.add(name);
    return name;
  }

  async function removeContainer(name: string): Promise<void> {
    await engine.removeContainer(name);
    containers.delete(name);
  }

  async function removeBuilder(name: string): Promise<void> {
    await engine.removeBuilder(name);
    builders.delete(name);
  }

  async function close(): Promise<void> {
    for (const name of containers) await removeContainer(name);
    for (const name of builders) await removeBuilder(name);
    const left = await engine.labelled(`${label}=${id}`);
    for (const name of left.containers) await engine.removeContainer(name);
    for (const name of [...images, ...left.images]) await engine.removeImage(name);
    images.clear();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }

  return {
    id,
    labels: { [label]: id },
    newContainer: () => newName(containers),
    newImage: () => newName(images),
    newBuilder: () => newName(builders),
    async newFolder(what) {
      count += 1;
      const path = join(folder, `${count}-${what}`);
      await mkdir(path, { recursive: true });
      return path;
    },
    removeContainer,
    removeBuilder,
    close,
  };
}
