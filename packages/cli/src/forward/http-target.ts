import { createHash } from 'node:crypto';
import { ConfigurationError, type Outcome } from '@bpmn-connectors/sdk';
import type { Forward } from '../configuration/structure-schema.ts';
import { compileValues } from './compile-values.ts';
import type { ForwardedEvent, Target } from './target.ts';

const passes: ReadonlySet<number> = new Set([408, 425, 429]);

/** Those of the connection, which fetch refuses with each request or sets itself. */
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

function isSendable(name: string, value: string): boolean {
  try {
    new Headers([[name, value]]);
    return !ofConnection.has(name.toLowerCase());
  } catch {
    return false;
  }
}

/** Made once: names differ in case only where a record would hold both. */
function readHeaders(given: Readonly<Record<string, string>>): Headers {
  const entries = Object.entries(given);
  const problems = entries.flatMap(([name, value]) =>
    isSendable(name, value)
      ? []
      : [
          {
            where: `forward.http.headers.${name}`,
            reason: 'it cannot be sent as a header',
            fix: 'Use letters, digits and - in its name, one line as its value, and no header of the connection',
          },
        ],
  );
  if (problems.length > 0) throw new ConfigurationError(problems);
  const headers = new Headers({ 'content-type': 'application/json' });
  for (const [name, value] of entries) headers.set(name, value);
  return headers;
}

const unavailable = (message: string): Outcome => ({
  status: 'unavailable',
  code: 'CONNECTION',
  message,
});

/** Ids can be of any length and form; a header cannot. */
function headersOf(fixed: Headers, { idempotencyKey }: ForwardedEvent): Headers {
  if (idempotencyKey === undefined) return fixed;
  const headers = new Headers(fixed);
  headers.set('idempotency-key', createHash('sha256').update(idempotencyKey).digest('hex'));
  return headers;
}

/** In seconds only; a date (RFC 9110, section 10.2.3) leaves the sender our own. */
const retryAfterOf = (headers: Headers): { readonly retryAfterMs?: number } => {
  const seconds = /^\d{1,5}$/.exec(headers.get('retry-after') ?? '')?.[0];
  return seconds === undefined ? {} : { retryAfterMs: Number(seconds) * 1000 };
};

function outcomeOf({ status, headers }: Response): Outcome {
  if (status >= 200 && status < 300) return { status: 'accepted', messageKey: String(status) };
  if (status >= 500 || passes.has(status))
    return { ...unavailable(`The URL answered with ${status}`), ...retryAfterOf(headers) };
  const code = status === 413 ? 'TOO_LARGE' : 'INVALID';
  return { status: 'rejected', code, message: `The URL answered with ${status}` };
}

/**
 * Posts each event as JSON, with `Idempotency-Key` where it has an id. 2xx is a success; what may pass (408, 425,
 * 429, 5xx, no answer in time) makes the sender come again, after the URL's `Retry-After` where that is in seconds;
 * anything else, redirects too, rejects the event. A 407, with which a proxy asks for credentials, counts as no answer.
 * @throws {ConfigurationError} `body` is no FEEL, or a header cannot be sent.
 */
export function httpTarget({
  url,
  headers,
  timeoutMs,
  body,
}: NonNullable<Forward['http']>): Target {
  const values = compileValues('forward.http', { body });
  const fixed = readHeaders(headers);
  return {
    send: async (event) => {
      const given = values(event).body;
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: headersOf(fixed, event),
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
