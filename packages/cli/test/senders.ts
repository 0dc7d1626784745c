import { Agent, request } from 'node:http';
import fc from 'fast-check';

/** An event, which senders deliver until it is answered. */
export interface Delivery {
  readonly number: number;
  readonly path: 'orders' | 'tickets' | 'payments';
  readonly body: Readonly<Record<string, unknown>>;
  /** How often it is sent at once, and how often again once it was answered. */
  readonly copies: number;
  readonly repeats: number;
}

/** What came of all deliveries. */
export interface Delivered {
  /** Answered with 2xx. */
  readonly accepted: readonly Delivery[];
  /** Answered with 422: kept as dead letters. */
  readonly buried: readonly Delivery[];
}

/** Senders that deliver one event after the other and try again what was not answered, as senders do. */
export interface Senders {
  /** Sends there from now on. */
  resume(url: string): void;
  /** Sends nothing new; what is under way goes on. */
  pause(): void;
  /** Makes no new events, and resolves when all there are were answered. */
  finish(): Promise<Delivered>;
  stop(): void;
}

const senderCount = 16;

/** However slow the machine is, so many events are made: enough that some of every kind are among them. */
const fewest = 100;

/** An event of each kind: started by message, started without, a payment for an earlier order, one without key. */
const kinds = fc.record({
  kind: fc.constantFrom('orders', 'orders', 'tickets', 'tickets', 'payments', 'broken'),
  copies: fc.constantFrom(1, 1, 1, 2, 3),
  repeats: fc.constantFrom(0, 0, 1),
});

const usual = { kind: 'orders', copies: 1, repeats: 0 };

/** @param seed makes the same events again. */
export function createSenders(seed: number): Senders {
  const pool = fc.sample(kinds, { seed, numRuns: 1000 });
  const accepted: Delivery[] = [];
  const buried: Delivery[] = [];
  /** Orders that are in and not yet paid for. */
  const unpaid: number[] = [];
  const agent = new Agent({ keepAlive: true });
  let url: string | undefined;
  const wake: (() => void)[] = [];
  let made = 0;
  let ending = false;
  let stopped = false;

  const next = (): Delivery => {
    const number = made++;
    const { kind, ...often } = pool[number % pool.length] ?? usual;
    const order = kind === 'payments' ? unpaid.pop() : undefined;
    if (kind === 'broken' || order !== undefined) {
      const body = { order: order ?? null, payment: number, status: 'paid' };
      return { number, path: 'payments', body, ...often };
    }
    if (kind === 'tickets') return { number, path: 'tickets', body: { ticket: number }, ...often };
    return { number, path: 'orders', body: { order: number }, ...often };
  };
  const open = async (): Promise<string> => {
    while (url === undefined) await new Promise<void>((resolve) => wake.push(resolve));
    return url;
  };
  const attempt = async (delivery: Delivery): Promise<number | undefined> => {
    const target = `${await open()}/webhooks/${delivery.path}`;
    return post(target, agent, delivery).catch(() => undefined);
  };
  const deliver = async (delivery: Delivery): Promise<void> => {
    let answer: number | undefined;
    while (!stopped && answer !== 200 && answer !== 422) {
      const copies = Array.from({ length: delivery.copies }, () => attempt(delivery));
      const answers = await Promise.all(copies);
      answer = answers.find((status) => status === 200 || status === 422);
      if (answer === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    (answer === 200 ? accepted : buried).push(delivery);
    if (answer === 200 && delivery.path === 'orders') unpaid.push(delivery.number);
    for (let repeat = 0; repeat < delivery.repeats && !stopped; repeat += 1)
      await attempt(delivery);
  };
  const send = async (): Promise<void> => {
    while ((!ending || made < fewest) && !stopped) {
      await open();
      await deliver(next());
    }
  };
  const sending = Array.from({ length: senderCount }, send);

  const resume = (there: string): void => {
    url = there;
    for (const go of wake.splice(0)) go();
  };
  return {
    resume,
    pause: () => {
      url = undefined;
    },
    finish: async () => {
      ending = true;
      await Promise.all(sending);
      return { accepted, buried };
    },
    stop: () => {
      stopped = true;
      resume('http://127.0.0.1:1');
      agent.destroy();
    },
  };
}

/** @returns the status; rejects when the connection ends before. */
function post(url: string, agent: Agent, { number, body }: Delivery): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': `event ${number}` };
    const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    outgoing.on('error', reject);
    outgoing.end(JSON.stringify(body));
  });
}
