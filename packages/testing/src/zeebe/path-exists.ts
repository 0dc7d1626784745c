import { access } from 'node:fs/promises';

/** Tells whether there is something at a path. */
export const pathExists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
