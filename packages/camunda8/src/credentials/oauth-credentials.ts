import { type Clock, parseJson } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import { createAgent } from '../http/create-agent.ts';
import { exchange, type HttpAnswer } from '../http/exchange.ts';
import type { Credentials } from './credentials.ts';

/** A client of an authorization server (RFC 6749, section 4.4). */
export interface OAuthOptions {
  /** Token endpoint. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly audience?: string | undefined;
  readonly scope?: string | undefined;
}

interface Token {
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly askedAt: number;
  readonly renewAt: number;
  readonly expiresAt: number;
}

const answerSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(300),
});

/** A token is renewed so long before it ends, and asked for at most so often when that fails. */
const times = { marginMs: 30_000, timeoutMs: 5000, firstPauseMs: 1000, longestPauseMs: 60_000 };

/** Milliseconds in which a token that is refused stays: another one would be refused as well. */
const freshMs = 10_000;

async function post(url: URL, form: URLSearchParams): Promise<HttpAnswer> {
  const body = Buffer.from(form.toString());
  return exchange(
    url,
    {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': body.length,
      },
      agent: await createAgent(url, { keepAlive: false }),
      signal: AbortSignal.timeout(times.timeoutMs),
    },
    body,
  );
}

async function fetchToken(options: OAuthOptions, clock: Clock): Promise<Token> {
  const { url, clientId, clientSecret, audience, scope } = options;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    ...(audience === undefined ? {} : { audience }),
    ...(scope === undefined ? {} : { scope }),
  });
  const { status, body } = await post(new URL(url), form);
  if (status < 200 || status > 299) throw new Error(`the authorization server answered ${status}`);
  const parsed = answerSchema.safeParse(parseJson(body));
  if (!parsed.success) throw new Error('the authorization server answered without a token');
  const { access_token: token, expires_in: seconds } = parsed.data;
  const now = clock.now();
  const margin = Math.min(times.marginMs, (seconds * 1000) / 2);
  return {
    headers: { authorization: `Bearer ${token}` },
    askedAt: now,
    renewAt: now + seconds * 1000 - margin,
    expiresAt: now + seconds * 1000,
  };
}

/**
 * Access tokens of the client credentials grant. One is used until shortly before it ends; while a new one
 * cannot be had the old one serves to its end. After a failure the server is left alone for a while, longer
 * each time: Camunda's locks out clients that ask again and again with a wrong secret. A token that the
 * cluster refuses is given up at most every 10 s.
 */
export function oauthCredentials(options: OAuthOptions, clock: Clock): Credentials {
  let token: Token | undefined;
  let asking: Promise<Token> | undefined;
  let failure:
    | { readonly error: Error; readonly until: number; readonly pauseMs: number }
    | undefined;

  const ask = async (): Promise<Token> => {
    try {
      token = await fetchToken(options, clock);
      failure = undefined;
      return token;
    } catch (cause) {
      const pauseMs = Math.min(
        times.longestPauseMs,
        (failure?.pauseMs ?? times.firstPauseMs / 2) * 2,
      );
      const reason = cause instanceof Error ? cause.message : 'unknown';
      const error = new Error(`No access token for the cluster: ${reason}`, { cause });
      failure = { error, until: clock.now() + pauseMs, pauseMs };
      throw error;
    } finally {
      asking = undefined;
    }
  };

  const renew = (): Promise<Token> => {
    if (failure !== undefined && clock.now() < failure.until) return Promise.reject(failure.error);
    asking ??= ask();
    return asking;
  };

  return {
    headers: async () => {
      const now = clock.now();
      if (token !== undefined && now < token.renewAt) return token.headers;
      const old = token;
      try {
        return (await renew()).headers;
      } catch (error) {
        if (old !== undefined && clock.now() < old.expiresAt) return old.headers;
        throw error;
      }
    },
    refused: () => {
      // Calls that had the token before this one are refused late, and one that is new is not at fault.
      if (token !== undefined && clock.now() - token.askedAt >= freshMs) token = undefined;
    },
  };
}
