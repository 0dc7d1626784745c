import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `broker`: durable, gRPC and REST. `engine`: in memory, gRPC alone, newer and quick to start. */
export type ZeebeKind = 'broker' | 'engine';

/** The last distribution of the broker that Maven Central has whole, and the newest engine. */
const zeebeVersions = { broker: '8.6.0', engine: '8.8.21' } as const;

/** Our main classes and what Maven is told. */
const here = fileURLToPath(new URL('../../zeebe/', import.meta.url));
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
    join(here, 'pom.xml'),
    `${plugin}:copy-dependencies`,
    `-DoutputDirectory=${join(home, 'lib')}`,
  );
  return home;
}

/** Our own main class as a jar: a folder on the class path would rule out the archive of class data. */
async function compile(java: string, kind: ZeebeKind, home: string): Promise<void> {
  const classes = join(home, 'classes');
  await mkdir(join(classes, 'META-INF', 'services'), { recursive: true });
  const source = kind === 'broker' ? 'Broker.java' : 'Engine.java';
  if (kind === 'engine')
    await writeFile(join(classes, 'META-INF', 'services', 'io.grpc.ServerProvider'), 'Engine\n');
  const libraries = join(home, 'lib', '*');
  await run(join(java, 'bin', 'javac'), [
    '--release',
    '21',
    '-cp',
    libraries,
    '-d',
    classes,
    join(here, source),
  ]);
  await run(join(java, 'bin', 'jar'), ['cf', join(home, 'lib', '0-own.jar'), '-C', classes, '.']);
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Downloads Zeebe by Maven, once for all runs of this machine; tells where it is. */
export async function installZeebe(java: string, kind: ZeebeKind): Promise<string> {
  const cache = join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'bpmn-connectors',
    'zeebe',
  );
  const home = join(cache, `${kind}-${zeebeVersions[kind]}`);
  if (await exists(home)) return home;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'download-'));
  try {
    const downloaded = await download(kind, folder);
    await compile(java, kind, downloaded);
    // Whoever else downloaded it meanwhile has the same.
    await rename(downloaded, home).catch(async (error: unknown) => {
      if (!(await exists(home))) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return home;
}
