import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';
import { type AwsAnswer, awsError } from './aws-answer.ts';

/** An entry of PutEvents that has all it needs. */
export interface PutEventsEntry {
  readonly source: string;
  readonly detailType: string;
  /** JSON text as sent. */
  readonly detailText: string;
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  /** Epoch seconds. */
  readonly time?: number;
  /** Name or ARN. */
  readonly eventBusName: string;
}

/** Why an entry was refused. */
export interface EntryError {
  readonly code: string;
  readonly message: string;
}

/** A whole request: refused as such, or entry by entry. */
export type CheckedPutEvents =
  | { readonly status: 'refused'; readonly answer: AwsAnswer }
  | { readonly status: 'checked'; readonly entries: readonly (PutEventsEntry | EntryError)[] };

/** Total size of the entries of a request, in bytes (1 MB as documented in 2026). */
const maxTotalBytes = 1024 * 1024;
const maxDetailDepth = 1000;
const maxDetailTypeLength = 128;

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

const textsOf = (value: JsonValue | undefined): string[] =>
  Array.isArray(value) ? value.map(textOf) : [];

function depthOf(value: JsonValue): number {
  let level: JsonValue[] = [value];
  let depth = 0;
  while (level.length > 0) {
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? Object.values(item) : [],
    );
    depth += 1;
  }
  return depth - 1;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
function entryBytes(entry: JsonObject): number {
  const texts = [entry['Source'], entry['DetailType'], entry['Detail']].map(textOf);
  const total = [...texts, ...textsOf(entry['Resources'])].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  );
  return total + (entry['Time'] === undefined ? 0 : 14);
}

function parseDetail(text: string): JsonObject | undefined {
  try {
    const detail: JsonValue = JSON.parse(text);
    return isObject(detail) && depthOf(detail) <= maxDetailDepth ? detail : undefined;
  } catch {
    return undefined;
  }
}

const invalid = (name: string, reason: string): EntryError => ({
  code: 'InvalidArgument',
  message: `Parameter ${name} is not valid. Reason: ${reason}`,
});

const required = ['Source', 'DetailType', 'Detail'] as const;

function checkEntry(entry: JsonObject): PutEventsEntry | EntryError {
  const missing = required.find((name) => textOf(entry[name]) === '');
  if (missing !== undefined) return invalid(missing, `${missing} is a required argument.`);
  const source = textOf(entry['Source']);
  if (source.startsWith('aws.')) {
    return { code: 'NotAuthorizedForSourceException', message: 'Not authorized for the source.' };
  }
  const detailType = textOf(entry['DetailType']);
  if (detailType.length > maxDetailTypeLength) return invalid('DetailType', 'It is too long.');
  const detailText = textOf(entry['Detail']);
  const detail = parseDetail(detailText);
  if (detail === undefined) return { code: 'MalformedDetail', message: 'Detail is malformed.' };
  const time = entry['Time'];
  return {
    source,
    detailType,
    detailText,
    detail,
    resources: textsOf(entry['Resources']),
    ...(typeof time === 'number' ? { time } : {}),
    eventBusName: textOf(entry['EventBusName']) || 'default',
  };
}

const refused = (message: string): CheckedPutEvents => ({
  status: 'refused',
  answer: awsError('ValidationException', message),
});

/**
 * Checks the body of PutEvents as the service does: the whole request for the number and size of its
 * entries, then each entry by itself.
 * See https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function checkPutEvents(body: JsonValue): CheckedPutEvents {
  const list = isObject(body) ? body['Entries'] : undefined;
  if (!Array.isArray(list) || !list.every(isObject)) {
    return refused("1 validation error detected: Value null at 'entries' must not be null");
  }
  if (list.length < 1 || list.length > 10) {
    const bound = list.length < 1 ? 'greater than or equal to 1' : 'less than or equal to 10';
    return refused(
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  if (list.reduce((sum, entry) => sum + entryBytes(entry), 0) >= maxTotalBytes) {
    return refused('Total size of the entries in the request is over the limit.');
  }
  if (!list.some((entry) => required.every((name) => textOf(entry[name]) !== ''))) {
    return refused('No entry has all of Source, DetailType and Detail.');
  }
  return { status: 'checked', entries: list.map(checkEntry) };
}
