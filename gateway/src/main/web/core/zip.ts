// SPDX-License-Identifier: GPL-3.0-only
// Several files as one, stored as they are: pictures are packed already.

export interface Entry {
  /** Plain letters, digits, dots and dashes; each once. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  }
  return value;
});

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Numbers of two or four bytes, little end first. */
function header(...fields: [2 | 4, number][]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [width]) => sum + width, 0)));
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) {
      view.setUint16(at, value, true);
    } else {
      view.setUint32(at, value, true);
    }
    at += width;
  }
  return new Uint8Array(view.buffer);
}

/** The first of January 1980, which is as early as such a file can say: nobody needs to know when it was packed. */
const DATE = 0x21;

/** The parts of the file, as a blob takes them. */
export function zip(entries: readonly Entry[]): Uint8Array<ArrayBuffer>[] {
  const files: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  const size = (parts: Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);
  for (const { name, bytes } of entries) {
    const named = new TextEncoder().encode(name);
    const common: [2 | 4, number][] = [[2, 20], [2, 0], [2, 0], [2, 0], [2, DATE], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, named.length], [2, 0]];
    const file = [header([4, 0x04034b50], ...common), named, bytes];
    directory.push(header([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), named);
    files.push(...file);
    at += size(file);
  }
  const count = entries.length;
  return [...files, ...directory, header([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size(directory)], [4, at], [2, 0])];
}
