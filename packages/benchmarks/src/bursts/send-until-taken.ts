import { Agent, request } from 'node:http';

/** What senders saw. */
export interface Sent {
  /** Events that were answered with 200 in the end. */
  readonly events: number;
  readonly requests: number;
  /** 503 with `Retry-After`, after which the sender waited that long. */
  readonly refusals: number;
  readonly seconds: number;
}

interface Waiting {
  readonly event: string;
  readonly due: number;
}

/**
 * Sends new events for so long and each again until it is taken, as late as `Retry-After` says.
 * @throws {Error} an answer that is neither 200 nor 503 with `Retry-After`.
 */
export async function sendUntilTaken(
  url: string,
  eventOf: (id: number) => string,
  { durationMs, senders }: { readonly durationMs: number; readonly senders: number },
): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: senders });
  const begin = performance.now();
  const waiting: Waiting[] = [];
  let events = 0;
  let requests = 0;
  let refusals = 0;
  let open = 0;

  const next = (): string | undefined => {
    const now = performance.now();
    const [first] = waiting;
    if (first !== undefined && first.due <= now) return waiting.shift()?.event;
    if (now - begin >= durationMs) return undefined;
    events += 1;
    open += 1;
    return eventOf(events);
  };
  const send = async (event: string): Promise<void> => {
    requests += 1;
    const { status, retryAfter } = await post(url, agent, event);
    if (status === 200) {
      open -= 1;
      return;
    }
    if (status !== 503 || Number.isNaN(retryAfter)) throw new Error(`answered with ${status}`);
    refusals += 1;
    waiting.push({ event, due: performance.now() + retryAfter * 1000 });
  };
  const work = async (): Promise<void> => {
    for (;;) {
      const event = next();
      if (event !== undefined) await send(event);
      else if (open === 0) return;
      else await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  await Promise.all(Array.from({ length: senders }, work));
  agent.destroy();
  return { events, requests, refusals, seconds: (performance.now() - begin) / 1000 };
}

interface Answer {
  readonly status: number;
  /** Seconds; NaN where the answer says none. */
  readonly retryAfter: number;
}

function post(url: string, agent: Agent, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: Number(response.headers['retry-after'] ?? Number.NaN),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
