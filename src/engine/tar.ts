/** One member of a tar archive. `path` is relative, without `./` in front. */
export interface TarEntry {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  readonly bytes: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** where a link points to */
  readonly target: string | null;
}

/** Takes the contents of one member, piece by piece; `null` skips them. */
export type TarVisitor = (entry: TarEntry) => ((chunk: Buffer) => void) | null;

const BLOCK = 512;
const KINDS: Readonly<Record<string, TarEntry['kind']>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '5': 'directory',
};

interface Overrides {
  path?: string;
  target?: string;
  bytes?: number;
}

/** Reads an uncompressed tar stream (ustar, PAX, GNU long names) member by member, without keeping contents. */
export async function readTar(source: AsyncIterable<Buffer>, visit: TarVisitor): Promise<void> {
  const reader = createReader(source);
  try {
    await readMembers(reader, visit);
  } finally {
    await reader.close();
  }
}

async function readMembers(reader: Reader, visit: TarVisitor): Promise<void> {
  let overrides: Overrides = {};
  for (;;) {
    const header = await reader.take(BLOCK);
    if (header === null || header.every((byte) => byte === 0)) return;
    const size = readNumber(header, 124, 12);
    const type = String.fromCharCode(header[156] ?? 0);
    const padded = Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'x' || type === 'L' || type === 'K') {
      const data = ((await reader.take(padded)) ?? Buffer.alloc(0)).subarray(0, size);
      overrides = { ...overrides, ...readOverrides(type, data) };
      continue;
    }
    const entry = toEntry(header, type, overrides);
    const bytes = KINDS[type] === 'file' || KINDS[type] === undefined ? (overrides.bytes ?? size) : 0;
    overrides = {};
    const take = type === 'g' ? null : visit({ ...entry, bytes });
    await reader.pass(bytes, take);
    await reader.pass(Math.ceil(bytes / BLOCK) * BLOCK - bytes, null);
  }
}

function toEntry(header: Buffer, type: string, overrides: Overrides): TarEntry {
  const prefix = readText(header, 257, 5) === 'ustar' && header[263] === 0x30 ? readText(header, 345, 155) : '';
  const name = readText(header, 0, 100);
  const path = overrides.path ?? (prefix === '' ? name : `${prefix}/${name}`);
  const target = overrides.target ?? readText(header, 157, 100);
  return {
    path: path.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, ''),
    kind: KINDS[type] ?? 'other',
    bytes: 0,
    mode: readNumber(header, 100, 8),
    uid: readNumber(header, 108, 8),
    gid: readNumber(header, 116, 8),
    target: target === '' ? null : target,
  };
}

function readOverrides(type: string, data: Buffer): Overrides {
  const text = data.toString('utf8').replace(/\0+$/, '');
  if (type === 'L') return { path: text };
  if (type === 'K') return { target: text };
  const values = readPax(data);
  const size = values.get('size');
  return {
    ...(values.has('path') ? { path: values.get('path') ?? '' } : {}),
    ...(values.has('linkpath') ? { target: values.get('linkpath') ?? '' } : {}),
    ...(size === undefined ? {} : { bytes: Number(size) }),
  };
}

/** PAX records: `27 path=some/long/name\n`, the number counting the whole record in bytes. */
function readPax(data: Buffer): Map<string, string> {
  const values = new Map<string, string>();
  let at = 0;
  while (at < data.length) {
    const blank = data.indexOf(0x20, at);
    const length = Number(data.toString('latin1', at, blank));
    if (blank < 0 || !(length > 0)) return values;
    const record = data.toString('utf8', blank + 1, at + length - 1);
    const equals = record.indexOf('=');
    values.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return values;
}

function readText(header: Buffer, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}

/** Octal text, or base 256 where the highest bit is set (files over 8 GiB, large ids). */
function readNumber(header: Buffer, at: number, length: number): number {
  if (((header[at] ?? 0) & 0x80) === 0) return Number.parseInt(readText(header, at, length).trim() || '0', 8) || 0;
  let value = (header[at] ?? 0) & 0x7f;
  for (const byte of header.subarray(at + 1, at + length)) value = value * 256 + byte;
  return value;
}

type Reader = ReturnType<typeof createReader>;

function createReader(source: AsyncIterable<Buffer>) {
  const chunks = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function fill(): Promise<boolean> {
    const next = await chunks.next();
    if (next.done === true) return false;
    rest = next.value;
    return true;
  }

  async function pass(length: number, take: ((chunk: Buffer) => void) | null): Promise<void> {
    let left = length;
    while (left > 0) {
      if (rest.length === 0 && !(await fill())) return;
      const piece = rest.subarray(0, Math.min(left, rest.length));
      rest = rest.subarray(piece.length);
      left -= piece.length;
      take?.(piece);
    }
  }

  async function take(length: number): Promise<Buffer | null> {
    if (rest.length >= length) {
      const piece = rest.subarray(0, length);
      rest = rest.subarray(length);
      return piece;
    }
    const pieces: Buffer[] = [];
    await pass(length, (chunk) => pieces.push(chunk));
    const whole = Buffer.concat(pieces);
    return whole.length < length ? null : whole;
  }

  return { pass, take, close: async () => void (await chunks.return?.()) };
}
