import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { z } from 'zod';

/** Names of `serve.ts`. */
export type ServerName = 'bare-node' | 'bare-express' | 'webhook-node' | 'webhook-express';

/** One run of one server under load. */
export interface Measurement {
  readonly perSecond: number;
  /** CPU of the server alone, milliseconds a request. */
  readonly cpuMs: number;
}

const connections = 64;
const warmUpSeconds = 2;
const seconds = 5;

/** Every request is an event of its own: `[<id>]` becomes a new id each time. */
const event = JSON.stringify({
  version: '0',
  id: '[<id>]',
  'detail-type': 'MyEvent',
  source: 'custom.application',
  account: '123456789012',
  time: '2023-07-25T12:34:56Z',
  region: 'us-west-2',
  resources: [],
  detail: { event: 'order_created', customer_id: '12345', order_total: 100.5 },
});

const ListeningSchema = z.object({ port: z.number() });
const EndedSchema = z.object({ taken: z.number(), cpuMs: z.number() });

/** @throws {Error} a request failed, or an acknowledged event is not there: then the figure is worth nothing. */
export async function measureServer(name: ServerName): Promise<Measurement> {
  const child = fork(fileURLToPath(new URL('./serve.js', import.meta.url)), [name]);
  const { port } = await receive(child, ListeningSchema);
  const warmUp = await load(port, warmUpSeconds);
  const result = await load(port, seconds);
  child.send('end');
  const { taken, cpuMs } = await receive(child, EndedSchema);
  await once(child, 'exit');
  const answered = warmUp['2xx'] + result['2xx'];
  if (result.non2xx + result.errors + warmUp.non2xx + warmUp.errors > 0) {
    throw new Error(`${name}: ${result.non2xx} other answers, ${result.errors} errors`);
  }
  if (taken < answered) throw new Error(`${name}: ${answered} answered, ${taken} taken in`);
  return { perSecond: result['2xx'] / seconds, cpuMs: cpuMs / taken };
}

async function receive<Schema extends z.ZodType>(
  child: ChildProcess,
  schema: Schema,
): Promise<z.output<Schema>> {
  const [message]: unknown[] = await once(child, 'message');
  return schema.parse(message);
}

function load(port: number, duration: number): Promise<autocannon.Result> {
  return autocannon({
    url: `http://127.0.0.1:${port}/webhooks/orders`,
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: event,
    idReplacement: true,
    connections,
    duration,
  });
}
