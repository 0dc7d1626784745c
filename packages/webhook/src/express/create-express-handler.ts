import { type HttpReceiver, problemAnswer } from '@bpmn-connectors/sdk';
import type { RequestHandler } from 'express';
import { answerRequest } from '../adapter/answer-request.ts';
import { originForm } from '../adapter/origin-form.ts';
import { splitPath } from '../adapter/split-path.ts';
import { writeNodeAnswer } from '../adapter/write-node-answer.ts';

const bodyTaken = problemAnswer({
  status: 500,
  code: 'BODY_ALREADY_READ',
  title: 'The body was read before the webhook handler',
  detail: 'Mount the webhook handler before express.json() and other body parsers',
});

/**
 * Makes an express handler of a receiver. It reads the raw body itself, so it stands before body parsers.
 * @example
 * app.use('/webhooks', createExpressHandler(hooks));
 * app.use(express.json());
 */
export function createExpressHandler(receiver: HttpReceiver): RequestHandler {
  return (request, response) => {
    if (request.readableDidRead) {
      writeNodeAnswer(request, response, bodyTaken);
      return;
    }
    const path = splitPath(originForm(request.url));
    answerRequest(receiver, request, response, path, originForm(request.originalUrl));
  };
}
