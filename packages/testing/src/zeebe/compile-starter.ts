import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pathExists } from './path-exists.ts';
import type { ZeebeKind } from './zeebe-kind.ts';

const run = promisify(execFile);

const here = fileURLToPath(new URL('../../zeebe/', import.meta.url));

/** Our classes for each, and what they are found as. */
const starters = {
  broker: {
    sources: ['Broker.java', 'TenantInterceptor.java', 'TenantFilter.java'],
    services: {},
  },
  engine: { sources: ['Engine.java'], services: { 'io.grpc.ServerProvider': 'Engine' } },
} as const;

async function writeServices(folder: string, services: Readonly<Record<string, string>>) {
  await mkdir(folder, { recursive: true });
  for (const [name, provider] of Object.entries(services))
    await writeFile(join(folder, name), `${provider}\n`);
}

/**
 * Compiles our own classes against those of an installed Zeebe; tells the jar. It is named by what is in the
 * sources, so that a change of them is never hidden by what an earlier run left. A jar and no folder: a folder
 * on the class path would rule out the archive of class data.
 */
export async function compileStarter(java: string, kind: ZeebeKind, home: string): Promise<string> {
  const { sources, services } = starters[kind];
  const paths = sources.map((name) => join(here, name));
  const hash = createHash('sha256');
  for (const path of paths) hash.update(await readFile(path));
  const jar = `${home}-${hash.digest('hex').slice(0, 12)}.jar`;
  if (await pathExists(jar)) return jar;
  const folder = await mkdtemp(join(dirname(home), 'compile-'));
  try {
    const classes = join(folder, 'classes');
    await writeServices(join(classes, 'META-INF', 'services'), services);
    const options = ['--release', '21', '-cp', join(home, 'lib', '*'), '-d', classes];
    await run(join(java, 'bin', 'javac'), [...options, ...paths]);
    await run(join(java, 'bin', 'jar'), ['cf', join(folder, 'own.jar'), '-C', classes, '.']);
    await rename(join(folder, 'own.jar'), jar);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return jar;
}
