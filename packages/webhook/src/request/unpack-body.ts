import {
  type BrotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  type Gunzip,
  type Inflate,
} from 'node:zlib';
import { refuse, type StepResult } from './refused.ts';

/** Encodings that are undone. */
export type Encoding = 'gzip' | 'deflate' | 'br';

const unpackers: Readonly<Record<Encoding, () => Gunzip | Inflate | BrotliDecompress>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Unpacks a body, off the event loop. What comes out is bounded like a body that came unpacked, and what
 * goes in was bounded when it was read, so that the work is, too (CVE-2024-28176 is what happens else).
 * Bytes behind the end of the compressed data are no part of it: a body with such is broken.
 */
export async function unpackBody(
  bytes: Uint8Array,
  encoding: Encoding,
  maxBytes: number,
): Promise<StepResult<Uint8Array>> {
  if (bytes.length === 0) return { value: bytes };
  const unpacker = unpackers[encoding]();
  unpacker.end(bytes);
  const unpacked: AsyncIterable<Buffer> = unpacker;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Leaving the loop destroys the unpacker.
    for await (const chunk of unpacked) {
      length += chunk.length;
      if (length > maxBytes) {
        return refuse('parse', 'BODY_TOO_LARGE', { reason: 'UNPACKED_TOO_LARGE' });
      }
      chunks.push(chunk);
    }
  } catch {
    return broken;
  }
  // Deflate and br end without a word where their data ends, whatever stands behind it.
  return unpacker.bytesWritten === bytes.length ? { value: Buffer.concat(chunks, length) } : broken;
}

const broken = refuse('parse', 'BODY_MALFORMED', { reason: 'ENCODING_BROKEN' });
