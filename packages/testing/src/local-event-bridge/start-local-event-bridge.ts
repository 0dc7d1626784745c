import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Clock, type Logger, silentLogger, systemClock } from '@bpmn-connectors/sdk';
import { type AwsActions, type AwsCall, answerAwsRequest } from './answer-aws-request.ts';
import { writeAwsAnswer } from './aws-answer.ts';
import { createDeliverer, type DeadLetter, type DeliveryAttempt } from './create-deliverer.ts';
import { createService } from './create-service.ts';
import type { EventEnvelope } from './event-envelope.ts';
import { createFaultQueue, type PutEventsFault } from './put-events-fault.ts';
import { createRegistry, type Registry } from './registry.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** How the stand-in behaves. */
export interface LocalEventBridgeOptions {
  /** @default 0: a free one */
  readonly port?: number;
  /** @default '123456789012' */
  readonly account?: string;
  /** @default 'us-east-1'. Requests signed for other regions are taken too. */
  readonly region?: string;
  readonly clock?: Clock;
  /** AWS's by default: 24 hours, 185 retries. Give a small `initialDelayMs` for quick tests. */
  readonly retry?: RetryPolicy;
  /** An entry for an unknown bus: lost after a success (the service), or the call is refused. @default 'lose' */
  readonly unknownEventBus?: 'lose' | 'refuse';
  readonly logger?: Logger;
}

/** A running stand-in for Amazon EventBridge. */
export interface LocalEventBridge extends Omit<Registry, 'targetsOf'> {
  /** `http://127.0.0.1:PORT`: the endpoint to give to a client. */
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  /** Signed calls of actions that are there, oldest first, whatever became of them. */
  readonly calls: readonly AwsCall[];
  /** Events the buses took, oldest first. */
  readonly events: readonly EventEnvelope[];
  /** Attempts to deliver, in the order they ended. */
  readonly deliveries: readonly DeliveryAttempt[];
  /** Events that were given up. */
  readonly deadLetters: readonly DeadLetter[];
  /** Lets a coming call go wrong. */
  failNext(fault: PutEventsFault): void;
  /** Resolves when no delivery is under way or waits for its next attempt. */
  idle(): Promise<void>;
  /** Ends the server, its connections and all deliveries. */
  close(): Promise<void>;
}

/** Bodies above this get a bare 413, as from the service far above its limit. */
const maxBodyBytes = 4 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = chunk;
    size += bytes.byteLength;
    if (size <= maxBodyBytes) chunks.push(bytes);
  }
  return size > maxBodyBytes ? undefined : Buffer.concat(chunks).toString();
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  actions: AwsActions,
  clock: Clock,
  onCall: (call: AwsCall) => void,
): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) return writeAwsAnswer(response, { status: 413, body: '' }, clock.now());
  const { method = '', headers } = request;
  const reply = answerAwsRequest({ method, headers, body }, actions, onCall);
  if (reply === 'hang') return;
  if (reply === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const { delayMs } = reply;
  if (delayMs !== undefined) await new Promise<void>((go) => void clock.schedule(delayMs, go));
  await reply.after;
  writeAwsAnswer(response, reply, clock.now());
}

/** Listens on loopback only. @returns the port */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * Starts a small stand-in for Amazon EventBridge on loopback: PutEvents with the service's checks, rules
 * with event patterns, and API destinations that send what AWS sends and retry as AWS retries. A
 * signature is required, not verified. It is for tests and for trying things out; nothing is kept.
 * @example
 * const bridge = await startLocalEventBridge({ retry: { initialDelayMs: 10 } });
 * bridge.createConnection({ name: 'shop', authorization: { type: 'BASIC', username: 'u', password: 'p' } });
 * bridge.createApiDestination({ name: 'hook', connection: 'shop', url: 'http://127.0.0.1:8080/webhooks/orders' });
 * bridge.putRule({ name: 'orders', eventPattern: { source: ['shop.orders'] }, targets: ['hook'] });
 * // send events with endpoint: bridge.endpoint, then
 * await bridge.idle();
 * await bridge.close();
 */
export async function startLocalEventBridge(
  options: LocalEventBridgeOptions = {},
): Promise<LocalEventBridge> {
  const { clock = systemClock, logger = silentLogger, unknownEventBus = 'lose' } = options;
  const { account = '123456789012', region = 'us-east-1' } = options;
  const { targetsOf, ...registry } = createRegistry();
  const deliverer = createDeliverer(options.retry ?? {}, clock);
  const faults = createFaultQueue();
  const events: EventEnvelope[] = [];
  const calls: AwsCall[] = [];
  const actions = createService({
    place: { account, region },
    clock,
    strict: unknownEventBus === 'refuse',
    buses: registry.buses,
    nextFault: faults.next,
    onEvent: (event) => {
      events.push(event.envelope);
      logger.debug({ eventId: event.envelope.id, bus: event.eventBusName }, 'event accepted');
      for (const target of targetsOf(event)) deliverer.deliver(event, target);
    },
  });
  const server = createServer((request, response) => {
    serve(request, response, actions, clock, (call) => calls.push(call)).catch(() =>
      request.destroy(),
    );
  });
  const port = await listen(server, options.port ?? 0);
  return {
    ...registry,
    endpoint: `http://127.0.0.1:${port}`,
    account,
    region,
    calls,
    events,
    deliveries: deliverer.attempts,
    deadLetters: deliverer.deadLetters,
    failNext: faults.add,
    idle: deliverer.idle,
    close: async () => {
      deliverer.close();
      await stop(server);
    },
  };
}
