import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { recordOfError } from './record-of-error.ts';

const mode = 0o700;

/**
 * Makes a folder and those above it, for their owner alone. Node's own `recursive` never ends, and takes all
 * memory, where a file system answers ENOENT though the parent is there (`/proc/x`).
 * @throws the system's error.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const parent = dirname(path);
    if (recordOfError(error).code !== 'ENOENT' || parent === path) return acceptFolder(path, error);
    await makeFolder(parent);
    await mkdir(path, { mode });
  }
}

async function acceptFolder(path: string, error: unknown): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) throw error;
}
