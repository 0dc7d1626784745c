import type { BodyRead, HttpRequest } from '@bpmn-connectors/sdk';
import type { WebhookCode } from '../webhook-codes.ts';
import { refuse, type StepResult } from './refused.ts';

const codes: Readonly<Record<Exclude<BodyRead['status'], 'complete'>, WebhookCode>> = {
  'too-large': 'BODY_TOO_LARGE',
  timeout: 'BODY_TIMEOUT',
  aborted: 'BODY_ABORTED',
};

/**
 * Reads the raw bytes of a body. A declared length over the limit is refused at once; a smaller one is not
 * believed: the server counts.
 * @param maxBytes of this webhook.
 */
export async function readBody(
  request: HttpRequest,
  headers: Readonly<Record<string, string>>,
  maxBytes: number,
  timeoutMs: number,
): Promise<StepResult<Uint8Array>> {
  if (Number(headers['content-length'] ?? 0) > maxBytes) return refuse('limits', 'BODY_TOO_LARGE');
  const read = await request.readBody({ maxBytes, timeoutMs });
  return read.status === 'complete' ? { value: read.bytes } : refuse('read', codes[read.status]);
}
