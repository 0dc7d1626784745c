import { type JsonValue, parseJson } from '@bpmn-connectors/sdk';
import { maskPairs } from './mask-pairs.ts';
import { parseMediaType } from './parse-media-type.ts';

type Mask = (text: string) => string;

/**
 * Masks secrets in a body that was read by its media type. Values are masked as they read, since a sender may
 * write `/` as `\/` or `%2F`: JSON is written anew.
 */
export function maskBody(
  bytes: Uint8Array,
  contentType: string | undefined,
  mask: Mask,
): Uint8Array {
  const text = Buffer.from(bytes).toString();
  const kind = parseMediaType(contentType);
  if (kind === 'form') return Buffer.from(maskPairs(text, mask));
  const json = kind === 'json' || kind === 'json-or-text' ? readJson(bytes) : undefined;
  return Buffer.from(json === undefined ? mask(text) : JSON.stringify(maskValue(json, mask)));
}

function readJson(bytes: Uint8Array): JsonValue | undefined {
  try {
    return parseJson(bytes);
  } catch {
    return undefined;
  }
}

function maskValue(value: JsonValue, mask: Mask): JsonValue {
  if (typeof value === 'string') return mask(value);
  if (typeof value === 'number') return mask(String(value)) === '***' ? '***' : value;
  if (Array.isArray(value)) return value.map((item) => maskValue(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [mask(name), maskValue(member, mask)]),
  );
}
