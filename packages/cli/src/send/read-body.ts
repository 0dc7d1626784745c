import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../configuration/usage-error.ts';
import { errorCode } from '../io/error-code.ts';
import type { Io } from '../io/io.ts';

/**
 * What is to be sent, byte for byte: a file, or standard input for `-`.
 * @throws {UsageError} it cannot be read, or is no UTF-8.
 */
export async function readBody(
  file: string,
  { stdin, cwd }: Pick<Io, 'stdin' | 'cwd'>,
): Promise<string> {
  const bytes = file === '-' ? await readAll(stdin) : await readBytes(file, cwd);
  const text = bytes.toString();
  if (bytes.equals(Buffer.from(text))) return text;
  throw new UsageError([`${file}: it is no UTF-8 text, and these senders send nothing else`]);
}

async function readAll(stdin: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const readBytes = (file: string, cwd: string): Promise<Buffer> =>
  readFile(resolve(cwd, file)).catch((error: unknown) => {
    throw new UsageError([`${file}: cannot be read: ${String(errorCode(error))}; check the path`]);
  });
