import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pathExists } from './path-exists.ts';
import type { ZeebeKind } from './zeebe-kind.ts';

const run = promisify(execFile);

/** The last distribution of the broker that Maven Central has whole, and the newest engine. */
const zeebeVersions = { broker: '8.6.0', engine: '8.8.21' } as const;

/** What Maven is told. */
const engineProject = fileURLToPath(new URL('../../zeebe/pom.xml', import.meta.url));
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1';

const maven = (...args: readonly string[]) =>
  run('mvn', ['-q', '-B', '-ntp', ...args], { maxBuffer: 64 * 1024 * 1024 });

async function download(kind: ZeebeKind, folder: string): Promise<string> {
  if (kind === 'broker') {
    const artifact = `io.camunda:camunda-zeebe:${zeebeVersions.broker}:tar.gz`;
    await maven(
      `${plugin}:unpack`,
      `-Dartifact=${artifact}`,
      `-DoutputDirectory=${folder}`,
      `-Dproject.basedir=${folder}`,
    );
    return join(folder, `camunda-zeebe-${zeebeVersions.broker}`);
  }
  const home = join(folder, 'engine');
  await maven(
    '-f',
    engineProject,
    `${plugin}:copy-dependencies`,
    `-DoutputDirectory=${join(home, 'lib')}`,
  );
  return home;
}

/** Downloads Zeebe by Maven, once for all runs of this machine; tells where it is. */
export async function installZeebe(kind: ZeebeKind): Promise<string> {
  const cache = join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'bpmn-connectors',
    'zeebe',
  );
  const home = join(cache, `${kind}-${zeebeVersions[kind]}`);
  if (await pathExists(home)) return home;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'download-'));
  try {
    const downloaded = await download(kind, folder);
    // Whoever else downloaded it meanwhile has the same.
    await rename(downloaded, home).catch(async (error: unknown) => {
      if (!(await pathExists(home))) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return home;
}
