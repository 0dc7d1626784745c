import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A program of others that serves HTTP on loopback. */
export interface RunningProgram {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** How it is started. */
export interface ProgramStart {
  readonly command: string;
  /** @param port to listen on; `home` is a folder of its own. */
  readonly parameters: (port: string) => readonly string[];
  readonly environment?: (port: string, home: string) => Readonly<Record<string, string>>;
  /** Path that answers with success when it is ready. */
  readonly health: string;
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

/** Starts a program on a free port, with its files in a folder that goes with it. */
export async function startProgram(start: ProgramStart): Promise<RunningProgram> {
  const port = String(await freePort());
  const home = await mkdtemp(join(tmpdir(), 'program-'));
  const child = spawn(start.command, [...start.parameters(port)], {
    cwd: home,
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      TMPDIR: home,
      ...start.environment?.(port, home),
    },
  });
  const ended = once(child, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  while (!(await answers(`${endpoint}${start.health}`))) {
    if (child.exitCode !== null) throw new Error(`${start.command} ended with ${child.exitCode}`);
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
