import { randomUUID } from 'node:crypto';
import { validateHeaderValue } from 'node:http';
import { signRequest } from '@bpmn-connectors/testing/signers';
import { UsageError } from '../configuration/usage-error.ts';
import type { SendFlags } from './send-flags.ts';

/** A request as it goes out. */
export interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is sent to where. */
export interface Sending {
  /** URL. */
  readonly to: string;
  readonly body: string;
  readonly secret: string | undefined;
}

type Headers = Readonly<Record<string, string>>;

/**
 * Makes the request that the sender would make of a body, signed now.
 * @throws {UsageError} the sender cannot send this body.
 */
export function buildRequest(flags: SendFlags, { to, body, secret }: Sending): SignedRequest {
  const { sender, type } = flags;
  const id = randomUUID();
  const post = { body, type, id };
  const problem = sender.problem?.(post);
  if (problem !== undefined) throw new UsageError([problem]);
  const at = Math.floor(Date.now() / 1000);
  const signed =
    sender.scheme === undefined || secret === undefined
      ? { url: to, headers: keyHeader(flags.secretHeader, secret) }
      : signRequest(sender.scheme, { url: to, body, secret, at, id: `msg_${id}` });
  const own = { ...sender.headers(post), ...signed.headers };
  return { url: signed.url, headers: withGiven(own, flags.headers), body };
}

function keyHeader(name: string, secret: string | undefined): Headers {
  if (secret === undefined) return {};
  try {
    validateHeaderValue(name, secret);
  } catch {
    throw new UsageError([
      `the secret cannot stand in the header ${name}: it holds a line break or a letter beyond Latin-1`,
    ]);
  }
  return { [name]: secret };
}

/** Names of headers are the same in any capitals. */
function withGiven(own: Headers, given: SendFlags['headers']): Headers {
  const replaced = new Set(given.map(([name]) => name.toLowerCase()));
  const kept = Object.entries(own).filter(([name]) => !replaced.has(name.toLowerCase()));
  return Object.fromEntries([...kept, ...given]);
}
