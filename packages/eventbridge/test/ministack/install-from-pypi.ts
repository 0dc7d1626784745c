import { execFile } from 'node:child_process';
import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const cache = fileURLToPath(new URL('../../../../node_modules/.cache/', import.meta.url));

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Installs a program from PyPI once into a folder of its own below `node_modules/.cache`; wants Python 3.10
 * or newer. A folder of the final name is complete: it is filled under another name, so that several at
 * once do no harm.
 * @returns the Python to start it with (`-m <name>`).
 */
export async function installFromPypi(name: string, version: string): Promise<string> {
  const folder = join(cache, `${name}-${version}`);
  const python = join(folder, 'bin', 'python');
  if (await exists(python)) return python;
  const unfinished = `${folder}.${process.pid}`;
  await run('python3', ['-m', 'venv', unfinished]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await run(join(unfinished, 'bin', 'python'), [...pip, `${name}==${version}`]);
  await rename(unfinished, folder).catch(async (error: unknown) => {
    if (!(await exists(python))) throw error;
    await rm(unfinished, { recursive: true });
  });
  return python;
}
