import type { IncomingMessage } from 'node:http';
import type { HttpRequest } from '@bpmn-connectors/sdk';
import { readNodeBody } from './read-node-body.ts';

/**
 * Shows a `node:http` request as the port has it.
 * @param path below the mount point, without query.
 */
export function toHttpRequest(request: IncomingMessage, path: string, target: string): HttpRequest {
  const { socket } = request;
  return {
    method: request.method ?? 'GET',
    path,
    target,
    rawHeaders: request.rawHeaders,
    ...(socket.remoteAddress === undefined ? {} : { remoteAddress: socket.remoteAddress }),
    encrypted: 'encrypted' in socket,
    readBody: (limits) => readNodeBody(request, limits),
  };
}
