import type { Worker } from 'node:worker_threads';
import type { DatabaseAnswer, DatabaseRequest } from './thread-protocol.ts';

/** Requests to the thread of the database, answered in their order. */
export interface WorkerLine {
  /** Rejects when the thread has ended, or ends before it has answered. */
  readonly ask: (request: DatabaseRequest) => Promise<DatabaseAnswer>;
  /** What the thread says first. */
  readonly opened: Promise<DatabaseAnswer>;
  readonly isAlive: () => boolean;
  /** Resolves when the thread has ended, for whatever reason; keeps the process alive until then. */
  readonly waitForEnd: () => Promise<void>;
}

interface Asker {
  readonly resolve: (answer: DatabaseAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** Keeps the process alive only while an answer is due. */
export function askWorker(worker: Worker): WorkerLine {
  const askers: Asker[] = [];
  let death: Error | undefined;

  const answerDue = (): Promise<DatabaseAnswer> =>
    new Promise((resolve, reject) => {
      if (askers.push({ resolve, reject }) === 1) worker.ref();
    });
  const die = (reason: Error): void => {
    death ??= reason;
    for (const { reject } of askers.splice(0)) reject(death);
    worker.unref();
  };

  worker.on('message', (answer: DatabaseAnswer) => {
    askers.shift()?.resolve(answer);
    if (askers.length === 0) worker.unref();
  });
  worker.on('error', die);
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      die(new Error(`The database thread ended with exit code ${code}`));
      resolve();
    });
  });
  return {
    ask: async (request) => {
      if (death !== undefined) throw death;
      worker.postMessage(request);
      return answerDue();
    },
    opened: answerDue(),
    isAlive: () => death === undefined,
    waitForEnd: () => {
      worker.ref();
      return ended;
    },
  };
}
