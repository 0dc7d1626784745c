import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HttpReceiver, problemAnswer } from '@bpmn-connectors/sdk';
import { toHttpRequest } from './to-http-request.ts';
import { writeNodeAnswer } from './write-node-answer.ts';

const failed = problemAnswer(
  { status: 503, code: 'INTERNAL', title: 'The receiver failed' },
  { 'retry-after': '5' },
);

/** Lets a receiver answer a `node:http` request. */
export function answerRequest(
  receiver: HttpReceiver,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  target: string,
): void {
  receiver.handle(toHttpRequest(request, path, target)).then(
    (answer) => writeNodeAnswer(request, response, answer),
    () => writeNodeAnswer(request, response, failed),
  );
}
