import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { GatewayError, grpcStatus } from '../gateway/gateway-error.ts';

/** What came back, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** Of an answer; a model is at most 10 MB. */
const maxAnswerBytes = 16 * 1024 * 1024;

const tooLarge = () => new GatewayError(grpcStatus.DATA_LOSS, 'The answer is larger than 16 MB');

/** A refusal to let us through is no answer of the one behind: its statuses would be taken for that. */
const notThrough = (status: number) =>
  new GatewayError(grpcStatus.UNAVAILABLE, `The proxy answered ${status}`);

/**
 * Sends a request and reads the whole answer. Redirects are not followed.
 * @throws {GatewayError} `DATA_LOSS` the answer is larger than 16 MB; `UNAVAILABLE` the proxy refuses.
 * @throws {Error} there is no answer.
 */
export function exchange(
  url: URL,
  options: RequestOptions,
  body: Uint8Array | undefined,
): Promise<HttpAnswer> {
  const send = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
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
    request.on('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      if (statusCode !== 200) request.destroy(notThrough(statusCode));
    });
    request.on('error', reject);
    request.end(body);
  });
}
