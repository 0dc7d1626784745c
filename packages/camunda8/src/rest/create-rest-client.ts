import type { Agent } from 'node:http';
import type { Credentials } from '../credentials/credentials.ts';
import type { TlsOptions } from '../gateway/connection-options.ts';
import { GatewayError, grpcStatus } from '../gateway/gateway-error.ts';
import { createAgent } from '../http/create-agent.ts';
import { exchange, type HttpAnswer } from '../http/exchange.ts';
import { limitTime } from '../http/limit-time.ts';

/** Where the Orchestration Cluster REST API is. */
export interface RestOptions {
  /** `https://host/…`, with or without the `/v2` at its end. */
  readonly address: string;
  readonly tls?: TlsOptions | undefined;
  readonly credentials?: Credentials | undefined;
  /** Milliseconds that a call may take. */
  readonly requestTimeoutMs: number;
}

/** A call. */
interface RestRequest {
  readonly method: 'GET' | 'POST';
  /** Below `/v2`, with its slash: `/topology`. */
  readonly path: string;
  /** JSON. */
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal | undefined;
}

/** Calls the Orchestration Cluster REST API, version 2. */
export interface RestClient {
  /**
   * @throws {GatewayError} `UNAVAILABLE` or `DEADLINE_EXCEEDED` where there was no answer, `DATA_LOSS` where it
   *   is larger than 16 MB.
   */
  call(request: RestRequest): Promise<HttpAnswer>;
  close(): void;
}

const pem = (value: Uint8Array | undefined) =>
  value === undefined ? undefined : Buffer.from(value);

const certificatesOf = (tls: TlsOptions = {}) => ({
  ca: pem(tls.rootCertificates),
  cert: pem(tls.certificateChain),
  key: pem(tls.privateKey),
});

function troubleOf(error: unknown, isLate: boolean): GatewayError {
  if (error instanceof GatewayError) return error;
  const { UNAVAILABLE, DEADLINE_EXCEEDED } = grpcStatus;
  if (isLate)
    return new GatewayError(DEADLINE_EXCEEDED, 'The cluster did not answer in time', error);
  const reason = error instanceof Error ? error.message : 'unknown';
  return new GatewayError(UNAVAILABLE, reason, error);
}

/** Makes a client; connections are made with the first call and kept. */
export function createRestClient(options: RestOptions): RestClient {
  const { address, tls, credentials, requestTimeoutMs } = options;
  const base = new URL(address.replace(/\/+(?:v2\/*)?$/, ''));
  const root = base.href.replace(/\/$/, '');
  const certificates = certificatesOf(tls);
  let agent: Promise<Agent> | undefined;
  return {
    call: async ({ method, path, body, signal }) => {
      const limit = limitTime(requestTimeoutMs, signal);
      try {
        const headers = {
          accept: 'application/json, text/xml, application/problem+json',
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': body.length }),
          ...(await credentials?.headers()),
        };
        const url = new URL(`${root}/v2${path}`);
        agent ??= createAgent(base, { keepAlive: true });
        const connection = { agent: await agent, signal: limit.signal, ...certificates };
        const answer = await exchange(url, { method, headers, ...connection }, body);
        if (answer.status === 401) credentials?.refused();
        return answer;
      } catch (error) {
        throw troubleOf(error, limit.isOver());
      } finally {
        limit.end();
      }
    },
    close: () => {
      agent?.then(
        (made) => made.destroy(),
        () => undefined,
      );
    },
  };
}
