import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brokerEnvironment } from './broker-environment.ts';
import { compileStarter } from './compile-starter.ts';
import { type AskRecords, createAskRecords } from './create-ask-records.ts';
import { findJava } from './find-java.ts';
import { freePorts } from './free-ports.ts';
import { installZeebe } from './install-zeebe.ts';
import { zeebeCommand } from './zeebe-command.ts';
import type { ZeebeKind } from './zeebe-kind.ts';

/** What is started. */
export interface ZeebeOptions {
  readonly kind: ZeebeKind;
  /** Of the broker: the first of five ports in a row. @default free ones */
  readonly port?: number;
  /** Of the broker: kept when it ends. @default a folder that goes with it */
  readonly data?: string;
  /** Of the broker: whoever calls may see all of them, and no others. @default no tenants */
  readonly tenants?: readonly string[];
}

/** A real Zeebe, on loopback alone. It ends with this process, whatever becomes of that. */
export interface Zeebe {
  readonly port: number;
  readonly grpcAddress: string;
  /** Of the broker. */
  readonly restAddress: string;
  /** Of the engine: what happened so far. A broker rejects it. */
  readonly records: AskRecords;
  /** Ends it at once, as a lost machine does. */
  kill(): Promise<void>;
  /** Ends it, and removes data that nobody asked to keep. */
  stop(): Promise<void>;
}

const startTimeoutMs = 180_000;

const noRecords: AskRecords = () => Promise.reject(new Error('A broker tells no records'));

async function hasLeader(restAddress: string): Promise<boolean> {
  try {
    const answer = await fetch(`${restAddress}/v2/topology`, { signal: AbortSignal.timeout(2000) });
    return /"role":"leader","health":"healthy"/.test(await answer.text());
  } catch {
    return false;
  }
}

/** Resolves when it answers; rejects, with the end of what it said, when it ends before. */
async function ready(child: ChildProcess, isReady: (said: string) => Promise<boolean>) {
  let said = '';
  const keep = (chunk: Buffer | string): void => {
    said = (said + chunk.toString()).slice(-20_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const deadline = Date.now() + startTimeoutMs;
  while (!(await isReady(said))) {
    if (child.exitCode !== null) throw new Error(`Zeebe ended before it was ready:\n${said}`);
    if (Date.now() > deadline) throw new Error(`Zeebe was not ready in time:\n${said}`);
    await sleep(100);
  }
}

/**
 * Starts a real Zeebe for tests, without docker: the broker 8.6.0 or the engine 8.8.21 in memory. Needs Java 21
 * or later, and Maven for the first start, which downloads it (310 or 160 MB) below `XDG_CACHE_HOME`. Resolves
 * when it answers: 3 to 10 s, about a minute the first time.
 * @throws {Error} there is no such Java, it cannot be downloaded, or it ends before it answers (with its log).
 * @example
 * const zeebe = await startZeebe({ kind: 'engine' });
 * const camunda8 = createCamunda8({ grpcAddress: zeebe.grpcAddress });
 * await zeebe.stop();
 */
export async function startZeebe({ kind, port, data, tenants = [] }: ZeebeOptions): Promise<Zeebe> {
  const java = await findJava();
  const home = await installZeebe(kind);
  const starter = await compileStarter(java, kind, home);
  const first = port ?? (await freePorts(5));
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'zeebe-')));
  await mkdir(folder, { recursive: true });
  const child = spawn(
    join(java, 'bin', 'java'),
    zeebeCommand({ kind, home, starter, tenants }, first),
    {
      cwd: folder,
      env: brokerEnvironment(first, folder, tenants.length > 0),
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const ended = once(child, 'exit');
  const restAddress = `http://127.0.0.1:${first + 4}`;
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  const stop = async (): Promise<void> => {
    await kill();
    if (data === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(child, async (said) =>
      kind === 'engine' ? /^started/m.test(said) : hasLeader(restAddress),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const records = kind === 'engine' ? createAskRecords(child.stdin, child.stdout) : noRecords;
  return {
    port: first,
    grpcAddress: `grpc://127.0.0.1:${first}`,
    restAddress,
    records,
    kill,
    stop,
  };
}
