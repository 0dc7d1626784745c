import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';

/** RFC 3339, as the specification wants times. */
const time =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

const isText = (value: JsonValue | undefined): boolean => typeof value === 'string' && value !== '';

const isAbsentOr = (isGood: (value: JsonValue) => boolean, value: JsonValue | undefined): boolean =>
  value === undefined || value === null || isGood(value);

/**
 * Whether attributes are those of an event: all that are required, none malformed (CloudEvents 1.0.2, section 3;
 * JSON format, section 3.1). Extensions are anybody's.
 */
export function isCloudEvent(event: JsonValue): event is JsonObject {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return false;
  const { id, source, type, specversion, subject, datacontenttype, data, data_base64 } = event;
  return (
    isText(id) &&
    isText(source) &&
    isText(type) &&
    specversion === '1.0' &&
    isAbsentOr(isText, subject) &&
    isAbsentOr(isText, datacontenttype) &&
    isAbsentOr((value) => typeof value === 'string' && time.test(value), event['time']) &&
    (data === undefined || data_base64 === undefined) &&
    isAbsentOr((value) => typeof value === 'string', data_base64)
  );
}
