import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

// The built thread of the database behind a slow disk: a write waits as long as the folder holds a file
// `hold`. A write that holds the text `die` ends the thread.
const sleeper = new Int32Array(new SharedArrayBuffer(4));

parentPort.on('message', ({ kind, ops }) => {
  if (kind !== 'write') return;
  if (ops.includes('die')) process.exit(3);
  while (existsSync(join(workerData, 'hold'))) Atomics.wait(sleeper, 0, 0, 1);
});
await import('../../dist/journal-worker.js');
