import { createHash } from 'node:crypto';
import type { Outcome } from '@bpmn-connectors/sdk';
import type { Forward } from '../configuration/structure-schema.ts';
import { compileValues } from './compile-values.ts';
import type { ForwardedEvent, Target } from './target.ts';

const passes: ReadonlySet<number> = new Set([408, 425, 429]);

const unavailable = (message: string): Outcome => ({
  status: 'unavailable',
  code: 'CONNECTION',
  message,
});

/** Ids can be of any length and form; a header cannot. */
const headerOf = ({ idempotencyKey }: ForwardedEvent): Readonly<Record<string, string>> =>
  idempotencyKey === undefined
    ? {}
    : { 'idempotency-key': createHash('sha256').update(idempotencyKey).digest('hex') };

function outcomeOf({ status }: Response): Outcome {
  if (status >= 200 && status < 300) return { status: 'accepted', messageKey: String(status) };
  if (status >= 500 || passes.has(status)) return unavailable(`The URL answered with ${status}`);
  const code = status === 413 ? 'TOO_LARGE' : 'INVALID';
  return { status: 'rejected', code, message: `The URL answered with ${status}` };
}

/**
 * Posts each event as JSON, with `Idempotency-Key` where it has an id. 2xx is a success; what may pass (408, 425,
 * 429, 5xx, no answer in time) makes the sender come again; anything else, redirects too, rejects the event.
 * @throws {ConfigurationError} `body` is no FEEL.
 */
export function httpTarget({
  url,
  headers,
  timeoutMs,
  body,
}: NonNullable<Forward['http']>): Target {
  const values = compileValues('forward.http', { body });
  return {
    send: async (event) => {
      const given = values(event).body;
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers, ...headerOf(event) },
          body: JSON.stringify(given === undefined ? event.variables : given),
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        });
        await response.body?.cancel();
        return outcomeOf(response);
      } catch {
        return unavailable('The URL gave no answer');
      }
    },
    close: async () => {},
  };
}
