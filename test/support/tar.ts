/** Writes tar archives for tests, byte by byte, so that the reader is not tested against its own mirror image. */
export interface Member {
  readonly path: string;
  readonly contents?: string | Buffer;
  /** octal digit of the header: 0 file, 1 hard link, 2 symbolic link, 5 directory, x PAX, L GNU long name */
  readonly type?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly target?: string;
  readonly prefix?: string;
}

export function tar(members: readonly Member[]): Buffer {
  return Buffer.concat([...members.map(member), Buffer.alloc(1024)]);
}

function member({
  path,
  contents = '',
  type = '0',
  mode = 0o644,
  uid = 0,
  gid = 0,
  target = '',
  prefix = '',
}: Member): Buffer {
  const data = Buffer.from(contents);
  const header = Buffer.alloc(512);
  header.write(path, 0, 100);
  octal(header, mode, 100, 8);
  octal(header, uid, 108, 8);
  octal(header, gid, 116, 8);
  octal(header, data.length, 124, 12);
  octal(header, 0, 136, 12);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(target, 157, 100);
  header.write('ustar\x0000', 257, 'latin1');
  header.write(prefix, 345, 155);
  octal(
    header,
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

function octal(header: Buffer, value: number, at: number, length: number): void {
  header.write(value.toString(8).padStart(length - 1, '0'), at);
}

/** A PAX record names its own length, which counts the digits of that length too. */
export function pax(name: string, value: string): string {
  const rest = ` ${name}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (Buffer.byteLength(`${length}${rest}`) !== length) length += 1;
  return `${length}${rest}`;
}
