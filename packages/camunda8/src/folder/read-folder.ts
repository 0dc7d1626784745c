import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A model in a folder, as it is now. */
export interface FolderFile {
  readonly path: string;
  /** Differs when the content does. */
  readonly stamp: string;
}

/** Every `*.bpmn` below a folder, in the order of their paths. */
export async function readFolder(folder: string): Promise<readonly FolderFile[]> {
  const names = await readdir(folder, { recursive: true });
  const paths = names
    .filter((name) => name.endsWith('.bpmn'))
    .toSorted()
    .map((name) => join(folder, name));
  return Promise.all(
    paths.map(async (path) => {
      const { mtimeMs, size } = await stat(path);
      return { path, stamp: `${mtimeMs} ${size}` };
    }),
  );
}
