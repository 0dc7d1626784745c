import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { installMinistack } from './install-ministack.ts';

/** A running MiniStack: an EventBridge that this project had no part in. */
export interface Ministack {
  readonly endpoint: string;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** Starts MiniStack on loopback, with its state in a folder that goes with it. */
export async function startMinistack(): Promise<Ministack> {
  const python = await installMinistack();
  const port = String(await freePort());
  const home = await mkdtemp(join(tmpdir(), 'ministack-'));
  const child = spawn(python, ['-m', 'ministack'], {
    cwd: home,
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      TMPDIR: home,
      STATE_DIR: join(home, 'state'),
      S3_DATA_DIR: join(home, 's3'),
      // By default it listens on all addresses, and looks for Docker.
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      DOCKER_HOST: 'unix:///nonexistent',
      GATEWAY_PORT: port,
      SERVICES: 'events,secretsmanager',
    },
  });
  const ended = once(child, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  while (!(await answers(`${endpoint}/_ministack/health`))) {
    if (child.exitCode !== null) throw new Error(`MiniStack ended with ${child.exitCode}`);
    await delay(20);
  }
  return {
    endpoint,
    close: async () => {
      child.kill();
      await ended;
      await rm(home, { recursive: true });
    },
  };
}
