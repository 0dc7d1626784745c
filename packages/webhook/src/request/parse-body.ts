import { isConnectorError, type JsonValue, parseJson } from '@bpmn-connectors/sdk';
import { parseMultipart } from './multipart/parse-multipart.ts';
import { parseMediaType } from './parse-media-type.ts';
import { parsePairs } from './parse-pairs.ts';
import { refuse, type StepResult } from './refused.ts';

const maxFormFields = 1000;

/** A body, read. What the parser for JSON gives never comes to stand among the documents. */
export interface BodyContent {
  readonly body: JsonValue;
  /** Parts of `multipart/form-data`; the body is `{}` then, as in Camunda. */
  readonly documents: JsonValue[];
}

/**
 * Reads a body by its media type. An empty one, and JSON `null`, are `{}`, as in Camunda.
 * @param maxParts of `multipart/form-data`.
 */
export function parseBody(
  bytes: Uint8Array,
  contentType: string | undefined,
  maxParts: number,
): StepResult<BodyContent> {
  if (bytes.length === 0) return withoutDocuments({ value: {} });
  switch (parseMediaType(contentType)) {
    case 'json':
      return withoutDocuments(parseJsonBody(bytes));
    case 'json-or-text':
      return withoutDocuments(parseJsonOrText(bytes));
    case 'form':
      return withoutDocuments(parseFormBody(bytes));
    case 'text':
      return withoutDocuments(decodeText(bytes));
    case 'multipart':
      return toDocuments(parseMultipart(bytes, contentType ?? '', maxParts));
    case 'unsupported-charset':
      return refuse('parse', 'CHARSET_UNSUPPORTED');
    case 'unsupported-media':
      return refuse('parse', 'MEDIA_TYPE_UNSUPPORTED');
  }
}

const withoutDocuments = (parsed: StepResult<JsonValue>): StepResult<BodyContent> =>
  parsed.refused ? parsed : { value: { body: parsed.value, documents: [] } };

const toDocuments = (parsed: StepResult<JsonValue[]>): StepResult<BodyContent> =>
  parsed.refused ? parsed : { value: { body: {}, documents: parsed.value } };

function parseJsonBody(bytes: Uint8Array): StepResult<JsonValue> {
  try {
    return { value: parseJson(bytes) ?? {} };
  } catch (error) {
    if (isConnectorError(error)) return refuse('parse', 'BODY_MALFORMED', { reason: error.code });
    throw error;
  }
}

/** JSON beyond the limits stays refused: as text it would pass them. */
function parseJsonOrText(bytes: Uint8Array): StepResult<JsonValue> {
  const json = parseJsonBody(bytes);
  return json.refused?.reason === 'JSON_MALFORMED' ? decodeText(bytes) : json;
}

function parseFormBody(bytes: Uint8Array): StepResult<JsonValue> {
  const text = decodeText(bytes);
  if (text.refused) return text;
  const pairs = parsePairs(text.value, maxFormFields);
  return typeof pairs === 'string'
    ? refuse('parse', 'BODY_MALFORMED', { reason: `FORM_${pairs}` })
    : { value: pairs };
}

function decodeText(bytes: Uint8Array): StepResult<string> {
  try {
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return refuse('parse', 'BODY_MALFORMED', { reason: 'NOT_UTF_8' });
  }
}
