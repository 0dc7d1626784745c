import { type HttpAnswer, problemAnswer } from '@bpmn-connectors/sdk';
import { type WebhookCode, webhookCodes } from '../webhook-codes.ts';

/** Statuses at which a sender is told when to come back. */
const comesBack: ReadonlySet<number> = new Set([429, 503]);

/** The problem document of a code, with `Retry-After` where the sender shall try again. */
export function answerRefusal(
  code: WebhookCode,
  retryAfterSeconds: number,
  headers: Readonly<Record<string, string>> = {},
  detail?: string,
): HttpAnswer {
  const { status, title } = webhookCodes[code];
  const again = comesBack.has(status) ? { 'retry-after': String(retryAfterSeconds) } : {};
  return problemAnswer(
    { status, code, title, ...(detail === undefined ? {} : { detail }) },
    { ...headers, ...again },
  );
}
