import { parentPort, workerData } from 'node:worker_threads';
import { answerRequest } from './answer-request.ts';
import { openDatabase } from './open-database.ts';

// The thread of the database: all of SQLite's work and waiting for the disk happens here, one request after
// the other. It imports nothing of the sdk at run time, so that it starts fast.
const opening = await openDatabase(String(workerData));
if ('refusal' in opening) {
  parentPort?.postMessage({ refusal: opening.refusal });
} else {
  const answer = answerRequest(opening.database);
  parentPort?.on('message', (request) => {
    parentPort?.postMessage(answer(request));
    if (request.kind === 'close') parentPort?.close();
  });
  parentPort?.postMessage({});
}
