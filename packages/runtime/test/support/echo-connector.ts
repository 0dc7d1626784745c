import {
  defineOutbound,
  field,
  implement,
  type JsonObject,
  type JsonValue,
  type OutboundConnector,
  type OutboundContext,
  secret,
} from '@bpmn-connectors/sdk';
import { z } from 'zod';

const echoDefinition = defineOutbound({
  type: 'test:echo:1',
  template: { id: 'test.Echo.v1', version: 1, name: 'Echo' },
  input: z.object({
    authentication: z.object({ token: secret().optional() }).optional(),
    text: field(z.string().optional(), { label: 'Text' }),
    payload: z.json().optional(),
  }),
});

/** Works as it is told: an outbound connector whose response or failure a test chooses. */
export const echo = (
  work: (input: JsonObject, context: OutboundContext) => JsonValue | Promise<JsonValue> = (input) =>
    input,
  close?: () => Promise<void>,
): OutboundConnector =>
  implement(echoDefinition, async (input, context) => work(definedOf(input), context), close);

/** Bound input as JSON data: what is absent has no key. */
const definedOf = (input: z.output<typeof echoDefinition.input>): JsonObject =>
  JSON.parse(JSON.stringify(input));
