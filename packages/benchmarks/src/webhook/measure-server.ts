import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { z } from 'zod';
import type { Measurement } from '../measurement.ts';
import { receiveMessage } from '../receive-message.ts';
import type { WebhookRow } from './webhook-row.ts';

const defaultConnections = 64;
const warmUpSeconds = 1;
const seconds = 3;
/** More than any server here takes in that time. */
const preparedEvents = 60_000;

/** What one request consists of beside its line. */
interface PreparedRequest {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Every request is an event of its own. */
const eventOf = (id: string, met: boolean): string =>
  JSON.stringify({
    version: '0',
    id,
    'detail-type': 'MyEvent',
    source: 'custom.application',
    account: '123456789012',
    time: '2023-07-25T12:34:56Z',
    region: 'us-west-2',
    resources: [],
    detail: {
      event: met ? 'order_created' : 'order_changed',
      customer_id: '12345',
      order_total: 100.5,
    },
  });

const ListeningSchema = z.object({ port: z.number() });
const EndedSchema = z.object({ taken: z.number(), cpuMs: z.number(), rssMb: z.number() });

/**
 * @throws {Error} a request failed, an acknowledged event is not there, or one that was not to be taken is:
 *   then the figure is worth nothing.
 */
export async function measureServer(row: WebhookRow): Promise<Measurement> {
  const { server, credentials, met, connections = defaultConnections } = row;
  const name = `${server}, ${credentials.name}`;
  const program = fileURLToPath(new URL('../serve.js', import.meta.url));
  const child = fork(program, [server, JSON.stringify(credentials.properties)]);
  const { port } = await receiveMessage(child, ListeningSchema);
  const prepared = prepareRequests(row);
  const warmUp = await load({ port, connections, duration: warmUpSeconds }, prepared);
  const result = await load({ port, connections, duration: seconds }, prepared);
  child.send('end');
  const { taken, cpuMs, rssMb } = await receiveMessage(child, EndedSchema);
  await once(child, 'exit');
  const answered = warmUp['2xx'] + result['2xx'];
  const refused = row.pushesBack === true ? 0 : result.non2xx + warmUp.non2xx;
  if (refused + result.errors + warmUp.errors > 0) {
    throw new Error(`${name}: ${result.non2xx} other answers, ${result.errors} errors`);
  }
  if (met ? taken < answered : taken > 0) {
    throw new Error(`${name}: ${answered} answered, ${taken} taken in`);
  }
  return { perSecond: result['2xx'] / seconds, cpuMs: cpuMs / answered, rssMb };
}

/**
 * Requests are made before the clock runs, so that what a sender spends on signing them is not counted.
 * Events that start something are each sent once, others over and over.
 */
function* prepareRequests({
  server,
  credentials,
  met,
}: WebhookRow): Generator<PreparedRequest, never> {
  // A cluster remembers the ids of earlier runs.
  const run = randomUUID();
  const requests = Array.from({ length: preparedEvents }, (_, index): PreparedRequest => {
    const body = eventOf(`${run}-${index}`, met);
    const headers = credentials.headersFor(body);
    const path = `/webhooks/orders${credentials.queryFor?.(body) ?? ''}`;
    return {
      path,
      body,
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    };
  });
  const starts = met && !server.startsWith('bare');
  do yield* requests;
  while (!starts);
  throw new Error(`more than ${preparedEvents} events were sent: prepare more`);
}

function load(
  {
    port,
    ...options
  }: { readonly port: number; readonly connections: number; readonly duration: number },
  prepared: Iterator<PreparedRequest, never>,
): Promise<autocannon.Result> {
  const setupRequest = (request: autocannon.Request): autocannon.Request => ({
    ...request,
    ...prepared.next().value,
  });
  return autocannon({
    url: `http://127.0.0.1:${port}/webhooks/orders`,
    requests: [{ method: 'POST', path: '/webhooks/orders', setupRequest }],
    ...options,
  });
}
