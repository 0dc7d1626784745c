import type { HttpAnswer, HttpRequest } from '@bpmn-connectors/sdk';
import type { ActiveEndpoint } from '../endpoint/endpoint.ts';

const origin = /^(?!-)[A-Za-z0-9.*-]{1,253}(?::\d{1,5})?$/;

/**
 * Answers a sender that asks before it delivers (CloudEvents HTTP 1.1 Web Hooks, 1.0.2, section 4): every origin may,
 * since each delivery has to bring its credentials. Undefined where the request asks nothing.
 */
export function answerHandshake(
  { rateLimit }: ActiveEndpoint,
  { rawHeaders }: HttpRequest,
  allow: string,
): HttpAnswer | undefined {
  const asks = headerOf(rawHeaders, 'webhook-request-origin');
  if (asks === undefined || !origin.test(asks)) return undefined;
  return {
    status: 200,
    headers: {
      allow,
      'webhook-allowed-origin': asks,
      'webhook-allowed-rate': rateLimit === undefined ? '*' : String(rateLimit.perMinute),
    },
  };
}

function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  const at = rawHeaders.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
  return at < 0 ? undefined : rawHeaders[at + 1]?.trim();
}
