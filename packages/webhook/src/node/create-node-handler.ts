import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HttpReceiver, problemAnswer } from '@bpmn-connectors/sdk';
import { answerRequest } from '../adapter/answer-request.ts';
import { originForm } from '../adapter/origin-form.ts';
import { splitPath } from '../adapter/split-path.ts';
import { writeNodeAnswer } from '../adapter/write-node-answer.ts';
import { stripMount } from './strip-mount.ts';

/** How a receiver is put into a `node:http` server. */
export interface NodeHandlerOptions {
  /**
   * Paths below which the receiver answers; others get 404. `['']` or `[]`: at the root.
   * @default ['/webhooks', '/inbound']
   */
  readonly mount?: readonly string[];
}

const outside = problemAnswer({ status: 404, code: 'NOT_FOUND', title: 'There is nothing here' });

/**
 * Makes a request listener of a receiver, for `node:http`, `node:https` and their like.
 * @example
 * createServer(createNodeHandler(hooks)).listen(8080);
 */
export function createNodeHandler(
  receiver: HttpReceiver,
  options: NodeHandlerOptions = {},
): (request: IncomingMessage, response: ServerResponse) => void {
  const mounts = options.mount ?? ['/webhooks', '/inbound'];
  return (request, response) => {
    const target = originForm(request.url ?? '/');
    const path = stripMount(splitPath(target), mounts);
    if (path === undefined) writeNodeAnswer(request, response, outside);
    else answerRequest(receiver, request, response, path, target);
  };
}
