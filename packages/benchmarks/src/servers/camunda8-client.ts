import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createCamunda8 } from '@bpmn-connectors/camunda8';
import type { Command, JsonObject } from '@bpmn-connectors/sdk';
import type { BenchServer, ElementProperties } from '../bench-server.ts';

const commandOf = (start: string | undefined, variables: JsonObject): Command =>
  start === 'plain'
    ? { kind: 'start', processId: 'plain-order', elementId: 'Start_1', variables }
    : { kind: 'publish', messageName: 'order-created', correlationKey: '', variables };

/** The floor on a cluster: node:http that parses the body and hands the client one command of it. */
export async function camunda8Client({
  grpcAddress = '',
  start,
}: ElementProperties): Promise<BenchServer> {
  const camunda8 = createCamunda8({ grpcAddress });
  let taken = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { detail } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const variables = { customerId: detail.customer_id, orderTotal: detail.order_total };
    const { status } = await camunda8.send(commandOf(start, variables));
    const isTaken = status === 'started' || status === 'accepted';
    if (isTaken) taken++;
    response.writeHead(isTaken ? 200 : 503, { 'content-length': 0 }).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  return { server, taken: () => taken, close: () => camunda8.close() };
}
