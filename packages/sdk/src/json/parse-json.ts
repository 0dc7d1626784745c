import { ConnectorError } from '../errors/connector-error.ts';
import type { JsonObject, JsonValue } from './json-value.ts';

/** What a stranger's JSON may hold at most. */
export interface JsonLimits {
  /** Nesting of objects and lists. @default 64 */
  readonly depth: number;
  /** Keys of all objects together. @default 10000 */
  readonly keys: number;
  /** Keys of one object. @default 1000 */
  readonly keysPerObject: number;
  /** Characters of a key. @default 256 */
  readonly keyLength: number;
}

/** The limits that `parseJson` has by default. */
export const defaultJsonLimits: JsonLimits = {
  depth: 64,
  keys: 10_000,
  keysPerObject: 1000,
  keyLength: 256,
};

/** No number below 2^53 has so many digits without also being this long as text. */
const longDigitRun = /\d{16}/;
/** Long texts are taken in runs: a group repeated for each character would exhaust the engine's stack. */
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const wholeNumber = /^-?\d+$/;

/**
 * Parses JSON that a stranger sent: strict UTF-8 (a byte order mark is skipped), bounded, no `__proto__`
 * keys. A whole number beyond ±(2^53 − 1) becomes text with the same digits, since a double would
 * silently change it (RFC 8259, section 6).
 * @throws {ConnectorError} `JSON_MALFORMED` | `JSON_TOO_DEEP` | `JSON_TOO_MANY_KEYS` | `JSON_FORBIDDEN_KEY`
 * @example
 * parseJson(new TextEncoder().encode('{"id":12345678901234567890}')); // { id: '12345678901234567890' }
 */
export function parseJson(bytes: Uint8Array, limits: Partial<JsonLimits> = {}): JsonValue {
  const value = parseText(bytes);
  refuseExcess(value, { ...defaultJsonLimits, ...limits });
  return value;
}

function parseText(bytes: Uint8Array): JsonValue {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: JsonValue = JSON.parse(text);
    return longDigitRun.test(text) ? JSON.parse(text.replace(stringOrNumber, keepDigits)) : value;
  } catch {
    // The parser's own message quotes the text it stumbled on, which is payload.
    throw new ConnectorError('JSON_MALFORMED', 'The text is not JSON in UTF-8');
  }
}

function keepDigits(token: string): string {
  const changes = wholeNumber.test(token) && !Number.isSafeInteger(Number(token));
  return changes ? `"${token}"` : token;
}

function refuseExcess(root: JsonValue, limits: JsonLimits): void {
  let level = isNested(root) ? [root] : [];
  let keys = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= limits.depth) {
      throw new ConnectorError(
        'JSON_TOO_DEEP',
        `JSON is nested deeper than ${limits.depth} levels`,
      );
    }
    const next: Nested[] = [];
    for (const value of level) {
      if (Array.isArray(value)) collectItems(value, next);
      else keys += collectMembers(value, next, limits);
      if (keys > limits.keys) throw tooManyKeys(`more than ${limits.keys} keys in all`);
    }
    level = next;
  }
}

type Nested = JsonValue[] | JsonObject;

const isNested = (value: JsonValue | undefined): value is Nested =>
  typeof value === 'object' && value !== null;

function collectItems(list: readonly JsonValue[], nested: Nested[]): void {
  for (const item of list) if (isNested(item)) nested.push(item);
}

function collectMembers(object: JsonObject, nested: Nested[], limits: JsonLimits): number {
  let count = 0;
  for (const key in object) {
    count++;
    if (key.length > limits.keyLength) {
      throw tooManyKeys(`a key longer than ${limits.keyLength} characters`);
    }
    if (key === '__proto__') {
      throw new ConnectorError('JSON_FORBIDDEN_KEY', 'JSON has a key named __proto__');
    }
    const member = object[key];
    if (isNested(member)) nested.push(member);
  }
  if (count > limits.keysPerObject) {
    throw tooManyKeys(`more than ${limits.keysPerObject} keys in one object`);
  }
  return count;
}

const tooManyKeys = (what: string): ConnectorError =>
  new ConnectorError('JSON_TOO_MANY_KEYS', `JSON has ${what}`);
