import type { BodyRead, HttpRequest } from '@bpmn-connectors/sdk';
import type { WebhookCode } from '../webhook-codes.ts';
import type { WebhookSettings } from '../webhook-options.ts';
import { refuse, type StepResult } from './refused.ts';

const codes: Readonly<Record<Exclude<BodyRead['status'], 'complete'>, WebhookCode>> = {
  'too-large': 'BODY_TOO_LARGE',
  timeout: 'BODY_TIMEOUT',
  aborted: 'BODY_ABORTED',
};

/**
 * Reads the raw bytes of a body. A declared length over the limit is refused at once; a smaller one is not
 * believed: the server counts. Compressed bodies are refused, so nothing can unpack to more than came.
 */
export async function readBody(
  request: HttpRequest,
  headers: Readonly<Record<string, string>>,
  settings: WebhookSettings,
): Promise<StepResult<Uint8Array>> {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== '' && encoding.toLowerCase() !== 'identity') {
    return refuse('limits', 'ENCODING_UNSUPPORTED');
  }
  if (Number(headers['content-length'] ?? 0) > settings.maxBodyBytes) {
    return refuse('limits', 'BODY_TOO_LARGE');
  }
  const read = await request.readBody({
    maxBytes: settings.maxBodyBytes,
    timeoutMs: settings.bodyTimeoutMs,
  });
  return read.status === 'complete' ? { value: read.bytes } : refuse('read', codes[read.status]);
}
