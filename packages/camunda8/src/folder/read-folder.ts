import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A model in a folder, as it is now. */
export interface FolderFile {
  readonly path: string;
  /** Differs when the content does. */
  readonly stamp: string;
}

/** Kubernetes keeps what it mounts in a folder of such a name as well, once for each version. */
const isHidden = (name: string): boolean => name.split(sep).some((part) => part.startsWith('.'));

/** Every `*.bpmn` below a folder that is not hidden, in the order of their paths. */
export async function readFolder(folder: string): Promise<readonly FolderFile[]> {
  const names = await readdir(folder, { recursive: true });
  const paths = names
    .filter((name) => name.endsWith('.bpmn') && !isHidden(name))
    .toSorted()
    .map((name) => join(folder, name));
  return Promise.all(
    paths.map(async (path) => {
      const { mtimeMs, size } = await stat(path);
      return { path, stamp: `${mtimeMs} ${size}` };
    }),
  );
}
