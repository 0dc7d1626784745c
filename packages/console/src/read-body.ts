import type { HttpAnswer } from '@bpmn-connectors/sdk';
import { problem } from './problem.ts';
import type { Call } from './route.ts';

/** Reads a body within its limits, or tells why not. */
export async function readBody(
  call: Call<unknown>,
): Promise<{ readonly bytes: Uint8Array } | { readonly answer: HttpAnswer }> {
  const { maxBodyBytes = 4 * 1024 * 1024, bodyTimeoutMs = 30_000 } = call.options;
  const read = await call.request.readBody({ maxBytes: maxBodyBytes, timeoutMs: bodyTimeoutMs });
  switch (read.status) {
    case 'complete':
      return { bytes: read.bytes };
    case 'too-large':
      return { answer: problem('BODY_TOO_LARGE', { detail: `at most ${maxBodyBytes} bytes` }) };
    case 'timeout':
      return { answer: problem('BODY_TIMEOUT') };
    case 'aborted':
      return { answer: problem('BODY_INVALID', { detail: 'the client went away' }) };
  }
}
