import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';
import { refuse, type StepResult } from './refused.ts';

/** Encodings that are undone. */
export type Encoding = 'gzip' | 'deflate' | 'br';

type Unpack = (bytes: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>;

const unpackers: Readonly<Record<Encoding, Unpack>> = {
  gzip: promisify<Uint8Array, ZlibOptions, Uint8Array>(gunzip),
  deflate: promisify<Uint8Array, ZlibOptions, Uint8Array>(inflate),
  br: promisify<Uint8Array, ZlibOptions, Uint8Array>(brotliDecompress),
};

/**
 * Unpacks a body, off the event loop. What comes out is bounded like a body that came unpacked, and what
 * goes in was bounded when it was read, so that the work is, too (CVE-2024-28176 is what happens else).
 */
export async function unpackBody(
  bytes: Uint8Array,
  encoding: Encoding,
  maxBytes: number,
): Promise<StepResult<Uint8Array>> {
  if (bytes.length === 0) return { value: bytes };
  try {
    return { value: await unpackers[encoding](bytes, { maxOutputLength: maxBytes }) };
  } catch (error) {
    const tooLarge =
      typeof error === 'object' &&
      error !== null &&
      'code' in error &&
      error.code === 'ERR_BUFFER_TOO_LARGE';
    return tooLarge
      ? refuse('parse', 'BODY_TOO_LARGE', { reason: 'UNPACKED_TOO_LARGE' })
      : refuse('parse', 'BODY_MALFORMED', { reason: 'ENCODING_BROKEN' });
  }
}
