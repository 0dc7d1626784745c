import type { z } from 'zod';
import type { JsonValue } from '../json/json-value.ts';
import type {
  OutboundConnector,
  OutboundContext,
  OutboundDefinition,
} from './outbound-connector.ts';

/**
 * Joins a definition with the code that does its work.
 * @param execute gets the input as validated; what it returns is the connector's response.
 * @param close ends what the instance holds (clients, timers).
 * @example
 * export const sms = (options: SmsOptions) =>
 *   implement(smsDefinition, async ({ token, to }, { signal }) => ({ id: await send(token, to, signal) }));
 */
export function implement<Input extends z.ZodType>(
  definition: OutboundDefinition<Input>,
  execute: (input: z.output<Input>, context: OutboundContext) => Promise<JsonValue>,
  close?: () => Promise<void>,
): OutboundConnector {
  return {
    definition,
    // The connector runtime validated `input` against this very definition, which is what makes it so.
    execute: (input, context) => execute(input as z.output<Input>, context),
    ...(close === undefined ? {} : { close }),
  };
}
