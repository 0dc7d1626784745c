import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('fuzz-server.mjs', import.meta.url));

/** What the process tells. */
interface Told {
  readonly port?: number;
  readonly heapUsed?: number;
  /** Of a line logged as an error: a request that could not be handled. */
  readonly fields?: unknown;
}

/** A receiver in a process of its own. */
export interface FuzzServer {
  readonly port: number;
  /** Errors that it logged, and its own end. */
  readonly troubles: readonly string[];
  /** Bytes in use after garbage collection. */
  heapUsed(): Promise<number>;
  close(): void;
}

/** Starts a receiver behind an adapter; an unhandled rejection ends it, as Node has it. */
export function startFuzzServer(adapter: string): Promise<FuzzServer> {
  const child = fork(script, [adapter], { execArgv: ['--expose-gc'], silent: true });
  const troubles: string[] = [];
  let tellHeap: (bytes: number) => void = () => {};
  child.stderr?.on('data', (chunk: Buffer) => void troubles.push(chunk.toString()));
  child.on('exit', (code) => void troubles.push(`ended with ${code}`));
  return new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error(troubles.join('\n'))));
    child.on('message', ({ port, heapUsed, fields }: Told) => {
      if (heapUsed !== undefined) tellHeap(heapUsed);
      if (fields !== undefined) troubles.push(JSON.stringify(fields));
      if (port === undefined) return;
      resolve({
        port,
        troubles,
        heapUsed: () =>
          new Promise((told, failed) => {
            tellHeap = told;
            const dead = (): void => failed(new Error(troubles.join('\n')));
            if (child.connected) child.once('exit', dead).send('heap');
            else dead();
          }),
        close: () => void child.kill(),
      });
    });
  });
}
