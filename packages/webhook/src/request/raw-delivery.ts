import {
  ConnectorError,
  createMask,
  type JsonObject,
  type RawDelivery,
} from '@bpmn-connectors/sdk';
import { z } from 'zod';

const credentialHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
]);

/** What of a request is kept beside its body. */
interface Envelope {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
}

/**
 * A delivery as it came, credentials masked. Masked when it is asked for: only dead letters are stored.
 * @param secrets values masked wherever they stand.
 * @param maskBody a credential comes in the body.
 */
export function keepRaw(
  request: Envelope,
  bytes: Uint8Array,
  secrets: readonly string[],
  maskBody: boolean,
): RawDelivery {
  const { method, target, rawHeaders } = request;
  return {
    get envelope(): JsonObject {
      const mask = createMask(secrets);
      const headers = rawHeaders.map((text, index) =>
        index % 2 === 1 && credentialHeaders.has((rawHeaders[index - 1] ?? '').toLowerCase())
          ? '***'
          : mask(text),
      );
      return { method, target: mask(target), headers };
    },
    get body(): Uint8Array {
      return maskBody ? Buffer.from(createMask(secrets)(Buffer.from(bytes).toString())) : bytes;
    },
  };
}

const EnvelopeSchema = z.looseObject({
  method: z.string(),
  target: z.string(),
  headers: z.array(z.string()),
});

/** @throws {ConnectorError} `DELIVERY_UNREADABLE` it is not what `keepRaw` made. */
export function readEnvelope(envelope: JsonObject): Envelope {
  const result = EnvelopeSchema.safeParse(envelope);
  if (!result.success) {
    throw new ConnectorError('DELIVERY_UNREADABLE', 'The stored delivery is not an HTTP request');
  }
  const { method, target, headers } = result.data;
  return { method, target, rawHeaders: headers };
}
