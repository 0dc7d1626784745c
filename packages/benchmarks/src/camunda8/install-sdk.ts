import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Of `@camunda8/sdk`. */
export const sdkVersion = '8.8.13';

const run = promisify(execFile);

/**
 * Installs `@camunda8/sdk` below `XDG_CACHE_HOME`, once for all runs of this machine; tells where it is. Its
 * 169 packages are for this benchmark alone, so they are no dependency of the project.
 */
export async function installSdk(): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'bpmn-connectors');
  const home = join(cache, `camunda8-sdk-${sdkVersion}`);
  if (await exists(home)) return home;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'download-'));
  try {
    const flags = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...flags, `@camunda8/sdk@${sdkVersion}`]);
    await rename(folder, home);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return home;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
