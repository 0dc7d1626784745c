import { execFile } from 'node:child_process';
import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** From PyPI, MIT; wants Python 3.10 or newer. */
const version = '1.5.33';
const cache = fileURLToPath(new URL('../../../../node_modules/.cache/', import.meta.url));

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Installs MiniStack once into a folder of its own below `node_modules/.cache`. A folder of the final name
 * is complete: it is filled under another name, so that several at once do no harm.
 * @returns the Python to start it with (`-m ministack`).
 */
export async function installMinistack(): Promise<string> {
  const folder = join(cache, `ministack-${version}`);
  const python = join(folder, 'bin', 'python');
  if (await exists(python)) return python;
  const unfinished = `${folder}.${process.pid}`;
  await run('python3', ['-m', 'venv', unfinished]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await run(join(unfinished, 'bin', 'python'), [...pip, `ministack==${version}`]);
  await rename(unfinished, folder).catch(async (error: unknown) => {
    if (!(await exists(python))) throw error;
    await rm(unfinished, { recursive: true });
  });
  return python;
}
