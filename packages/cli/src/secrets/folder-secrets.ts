import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecretProvider } from '@bpmn-connectors/sdk';
import { errorCode } from '../io/error-code.ts';

const absent: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EISDIR'];

/** A name comes from a model: it may lead into the folder's folders, not out of it. */
const isInside = (name: string): boolean =>
  name.split('/').every((segment) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment));

/**
 * Secrets that lie in a folder, a file each, as Docker and Kubernetes mount them. The file's last line
 * break is not part of the secret. Files are read anew each time, so that a changed one counts at once.
 */
export const folderSecrets = (folder: string): SecretProvider => ({
  get: async (name) => {
    if (!isInside(name)) return undefined;
    try {
      return (await readFile(join(folder, name), 'utf8')).replace(/\r?\n$/, '');
    } catch (error) {
      if (absent.includes(errorCode(error))) return undefined;
      throw error;
    }
  },
});
