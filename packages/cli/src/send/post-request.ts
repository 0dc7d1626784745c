import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { ConnectorError } from '@bpmn-connectors/sdk';
import { errorCode } from '../io/error-code.ts';
import type { SignedRequest } from './build-request.ts';
import type { DescribedAnswer } from './describe-answer.ts';

const timeoutMs = 30_000;
const mostBytes = 1_048_576;

/**
 * Posts on a connection of its own, follows no redirect, and reads at most a megabyte of the answer. Unlike
 * fetch it sends every header as it is given.
 * @throws {ConnectorError} `SEND_UNREACHABLE` there is no answer within 30 s.
 */
export async function postRequest(
  { url, headers, body }: SignedRequest,
  signal: AbortSignal,
): Promise<DescribedAnswer> {
  const bytes = Buffer.from(body);
  const { origin, protocol } = new URL(url);
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = (protocol === 'https:' ? requestHttps : requestHttp)(
        url,
        {
          method: 'POST',
          agent: false,
          headers: { ...headers, 'Content-Length': bytes.byteLength },
          signal: AbortSignal.any([signal, timeout]),
        },
        resolve,
      );
      outgoing.on('error', reject);
      outgoing.end(bytes);
    });
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: await readBeginning(response),
    };
  } catch (cause) {
    const reason = timeout.aborted ? 'no answer within 30 s' : reasonOf(cause);
    throw new ConnectorError(
      'SEND_UNREACHABLE',
      `${origin} gave no answer: ${reason}. Check --to and that the receiver runs there`,
      { cause },
    );
  }
}

const reasonOf = (cause: unknown): string => {
  const code = errorCode(cause);
  if (typeof code === 'string') return code;
  return cause instanceof Error ? cause.message : 'the connection failed';
};

async function readBeginning(response: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    length += chunk.byteLength;
    // Leaving the loop ends the connection.
    if (length >= mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString();
}
