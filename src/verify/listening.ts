import { readFile } from 'node:fs/promises';
import type { ContainerState, Engine } from '../engine/engine.ts';

export interface Listener {
  readonly port: number;
  /** reachable only from inside the container */
  readonly isLoopback: boolean;
}

/** State of a listening socket in `/proc/net/tcp`. */
const LISTEN = '0A';
const ROW = /^\s*\d+: (?<address>[0-9A-F]{8}|[0-9A-F]{32}):(?<port>[0-9A-F]{4}) \S+ (?<state>[0-9A-F]{2}) /;

/** Reads `/proc/net/tcp` and `tcp6`. Docker's own resolver (127.0.0.11) is nobody's service. */
export function readListeners(text: string): Listener[] {
  const found = new Map<number, Listener>();
  for (const line of text.split('\n')) {
    const row = ROW.exec(line)?.groups;
    if (row === undefined || row['state'] !== LISTEN) continue;
    const address = row['address'] ?? '';
    if (address === '0B00007F') continue;
    const port = Number.parseInt(row['port'] ?? '0', 16);
    const isLoopback = isLoopbackAddress(address) && (found.get(port)?.isLoopback ?? true);
    found.set(port, { port, isLoopback });
  }
  return [...found.values()].sort((one, other) => one.port - other.port);
}

/** Addresses stand there as little-endian words: 127.0.0.1 is 0100007F, ::1 ends in 01000000. */
function isLoopbackAddress(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F');
  return address === '00000000000000000000000001000000' || /^0{16}FFFF0000.{6}7F$/.test(address);
}

/**
 * What the container's processes listen on: by `cat` in the image, else from the machine's own process table when the
 * engine runs here. `null`: it cannot be told.
 */
export async function findListeners(
  engine: Engine,
  container: string,
  state: ContainerState,
): Promise<Listener[] | null> {
  const inside = await engine.exec(container, ['cat', '/proc/net/tcp', '/proc/net/tcp6']);
  if (inside.stdout.includes('local_address')) return readListeners(inside.stdout);
  if (state.pid <= 0 || engine.host !== '127.0.0.1') return null;
  try {
    const owner = await readFile(`/proc/${state.pid}/cgroup`, 'utf8');
    if (!owner.includes(state.id)) return null;
    const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${state.pid}/net/${name}`, 'utf8')));
    return readListeners(tables.join('\n'));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
