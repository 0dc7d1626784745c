import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const manifestSchema = z.object({ version: z.string(), engines: z.object({ node: z.string() }) });

/** The version of this package, and which Node it needs. */
export async function readManifest(): Promise<z.output<typeof manifestSchema>> {
  const file = new URL('../package.json', import.meta.url);
  return manifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}
