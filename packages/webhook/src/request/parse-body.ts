import { isConnectorError, type JsonValue, parseJson } from '@bpmn-connectors/sdk';
import { parseMediaType } from './parse-media-type.ts';
import { parsePairs } from './parse-pairs.ts';
import { refuse, type StepResult } from './refused.ts';

const maxFormFields = 1000;

/** Reads a body by its media type. An empty one, and JSON `null`, are `{}`, as in Camunda. */
export function parseBody(
  bytes: Uint8Array,
  contentType: string | undefined,
): StepResult<JsonValue> {
  if (bytes.length === 0) return { value: {} };
  switch (parseMediaType(contentType)) {
    case 'json':
      return parseJsonBody(bytes);
    case 'form':
      return parseFormBody(bytes);
    case 'xml':
      return decodeText(bytes);
    case 'unsupported-charset':
      return refuse('parse', 'CHARSET_UNSUPPORTED');
    case 'unsupported-media':
      return refuse('parse', 'MEDIA_TYPE_UNSUPPORTED');
  }
}

function parseJsonBody(bytes: Uint8Array): StepResult<JsonValue> {
  try {
    return { value: parseJson(bytes) ?? {} };
  } catch (error) {
    if (isConnectorError(error)) return refuse('parse', 'BODY_MALFORMED', { reason: error.code });
    throw error;
  }
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
