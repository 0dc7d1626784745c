import type { JsonObject } from '@bpmn-connectors/sdk';

const encoder = new TextEncoder();

/** Variables as the gateway takes them: JSON in UTF-8. */
export const encodeVariables = (variables: JsonObject): Uint8Array =>
  encoder.encode(JSON.stringify(variables));
