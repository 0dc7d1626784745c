import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { JsonObject } from '@bpmn-connectors/sdk';
import type { BenchServer } from '../bench-server.ts';

/** A client of the cluster, as its rows need it. */
export interface CommandClient {
  /** Resolves to whether the cluster took it. */
  readonly send: (variables: JsonObject) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** The floor on a cluster: node:http that parses the body and hands the client one command of it. */
export function serveCommands({ send, close }: CommandClient): BenchServer {
  let taken = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { detail } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const isTaken = await send({
      customerId: detail.customer_id,
      orderTotal: detail.order_total,
    });
    if (isTaken) taken++;
    response.writeHead(isTaken ? 200 : 503, { 'content-length': 0 }).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  return { server, taken: () => taken, close };
}
