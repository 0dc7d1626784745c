import { Agent as HttpAgent, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Credentials } from '../credentials/credentials.ts';
import type { TlsOptions } from '../gateway/connection-options.ts';
import { GatewayError, grpcStatus } from '../gateway/gateway-error.ts';

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

/** What came back, whatever its status. */
export interface RestAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** Calls the Orchestration Cluster REST API, version 2. */
export interface RestClient {
  /**
   * @throws {GatewayError} `UNAVAILABLE` or `DEADLINE_EXCEEDED` where there was no answer, `DATA_LOSS` where it
   *   is larger than 16 MB.
   */
  call(request: RestRequest): Promise<RestAnswer>;
  close(): void;
}

/** Of an answer; a model is at most 10 MB. */
const maxAnswerBytes = 16 * 1024 * 1024;

const pem = (value: Uint8Array | undefined) =>
  value === undefined ? undefined : Buffer.from(value);

const tooLarge = () => new GatewayError(grpcStatus.DATA_LOSS, 'The answer is larger than 16 MB');

function createAgent(base: URL, tls: TlsOptions = {}): HttpAgent | HttpsAgent {
  if (base.protocol === 'http:') return new HttpAgent({ keepAlive: true });
  return new HttpsAgent({
    keepAlive: true,
    ca: pem(tls.rootCertificates),
    cert: pem(tls.certificateChain),
    key: pem(tls.privateKey),
  });
}

function exchange(url: URL, options: RequestOptions, body: Uint8Array | undefined) {
  const send = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise<RestAnswer>((resolve, reject) => {
    const request = send(url, options, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > maxAnswerBytes) response.destroy(tooLarge());
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

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
  const agent = createAgent(base, tls);
  return {
    call: async ({ method, path, body, signal }) => {
      const timeout = AbortSignal.timeout(requestTimeoutMs);
      try {
        const headers = {
          accept: 'application/json, text/xml, application/problem+json',
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': body.length }),
          ...(await credentials?.headers()),
        };
        const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
        const url = new URL(`${root}/v2${path}`);
        const answer = await exchange(url, { method, headers, agent, signal: either }, body);
        if (answer.status === 401) credentials?.refused();
        return answer;
      } catch (error) {
        throw troubleOf(error, timeout.aborted);
      }
    },
    close: () => agent.destroy(),
  };
}
