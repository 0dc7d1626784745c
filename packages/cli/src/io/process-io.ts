import type { Io } from './io.ts';

const signals = { SIGINT: 2, SIGTERM: 15 } as const;

/** The process's own. SIGINT and SIGTERM abort the signal; a second one ends the process at once. */
export function processIo(): Io {
  const controller = new AbortController();
  const stop = (number: number): void => {
    if (controller.signal.aborted) process.exit(128 + number);
    controller.abort();
  };
  process.on('SIGINT', () => stop(signals.SIGINT));
  process.on('SIGTERM', () => stop(signals.SIGTERM));
  // Whoever read the output may go away; that ends nothing.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return {
    env: process.env,
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    signal: controller.signal,
  };
}
