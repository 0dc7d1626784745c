import {
  ConnectorError,
  createMask,
  type JsonObject,
  type RawDelivery,
} from '@bpmn-connectors/sdk';
import { z } from 'zod';
import { splitPath } from '../adapter/split-path.ts';
import { maskBody } from './mask-body.ts';
import { maskPairs } from './mask-pairs.ts';

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

/** A body, and what it says it is. */
interface Body {
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
}

/**
 * A delivery as it came, credentials masked. Masked when it is asked for: only dead letters are stored.
 * @param secrets values masked wherever they stand.
 * @param inBody a credential comes in the body.
 */
export function keepRaw(
  request: Envelope,
  { bytes, contentType }: Body,
  secrets: readonly string[],
  inBody: boolean,
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
      return { method, target: maskTarget(target, mask), headers };
    },
    get body(): Uint8Array {
      return inBody ? maskBody(bytes, contentType, createMask(secrets)) : bytes;
    },
  };
}

function maskTarget(target: string, mask: (text: string) => string): string {
  const path = splitPath(target);
  return mask(path) + maskPairs(target.slice(path.length), mask);
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
