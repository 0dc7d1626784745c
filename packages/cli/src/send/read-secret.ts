import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../configuration/usage-error.ts';
import { errorCode } from '../io/error-code.ts';
import type { Io } from '../io/io.ts';
import type { SendFlags } from './send-flags.ts';

/**
 * The secret of a sender: from a variable or a file, because flags can be read by every user of a machine. The
 * file's last line break is not part of it.
 * @throws {UsageError} it is not there, or empty.
 */
export async function readSecret(
  { secretEnv, secretFile }: Pick<SendFlags, 'secretEnv' | 'secretFile'>,
  { env, cwd }: Pick<Io, 'env' | 'cwd'>,
): Promise<string | undefined> {
  if (secretEnv !== undefined) {
    const secret = env[secretEnv] ?? '';
    if (secret === '')
      throw new UsageError([`--secret-env: the variable ${secretEnv} is not set: export it first`]);
    return secret;
  }
  if (secretFile === undefined) return undefined;
  const secret = await readFile(resolve(cwd, secretFile), 'utf8').catch((error: unknown) => {
    throw new UsageError([
      `--secret-file: ${secretFile} cannot be read: ${String(errorCode(error))}`,
    ]);
  });
  const trimmed = secret.replace(/\r?\n$/, '');
  if (trimmed === '') throw new UsageError([`--secret-file: ${secretFile} is empty`]);
  return trimmed;
}
