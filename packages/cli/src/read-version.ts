import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** The version of this package. */
export async function readVersion(): Promise<string> {
  const file = new URL('../package.json', import.meta.url);
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(file, 'utf8'))).version;
}
