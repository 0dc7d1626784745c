import type { BodyRead, HttpAnswer, HttpReceiver } from '@bpmn-connectors/sdk';

/** A request as a test writes it. */
export interface Sent {
  readonly method?: string;
  /** Below the mount point. */
  readonly path?: string;
  /** @default '/webhooks' */
  readonly mount?: string;
  /** Header lines; a list sends the header several times. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  readonly remoteAddress?: string;
  /** Instead of the body: what reading it comes to. */
  readonly read?: BodyRead;
}

/** An answer, its JSON body parsed. */
export interface Answered extends HttpAnswer {
  readonly json: unknown;
}

/** Puts a request to a receiver, without a server between. */
export async function send(receiver: HttpReceiver, sent: Sent = {}): Promise<Answered> {
  const { method = 'POST', path = '/orders', mount = '/webhooks' } = sent;
  const { headers = {}, body = '', read, remoteAddress } = sent;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const answer = await receiver.handle({
    method,
    path: path.split('?')[0] ?? '',
    target: `${mount}${path}`,
    rawHeaders: Object.entries(headers).flatMap(([name, values]) =>
      (typeof values === 'string' ? [values] : values).flatMap((value) => [name, value]),
    ),
    encrypted: false,
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
    readBody: async ({ maxBytes }) =>
      read ?? (bytes.length > maxBytes ? { status: 'too-large' } : { status: 'complete', bytes }),
  });
  const text = typeof answer.body === 'string' ? answer.body : '';
  const isJson = /json/.test(answer.headers['content-type'] ?? '');
  return { ...answer, json: isJson ? JSON.parse(text) : text };
}
