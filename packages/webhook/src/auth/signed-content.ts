import type { JsonValue } from '@bpmn-connectors/sdk';
import { parseBody } from '../request/parse-body.ts';
import { parseMediaType } from '../request/parse-media-type.ts';
import type { Presented } from './authenticator.ts';
import type { HmacScope } from './hmac-scope.ts';

/**
 * What a sender signed of a request, in parts to be hashed one after the other; undefined where the scope cannot
 * be applied to it. Only scopes of a URL with a body look into the body before it is verified.
 */
export function signedContent(
  scope: HmacScope,
  presented: Presented,
): readonly (string | Uint8Array)[] | undefined {
  if (scope === 'body') return [presented.bytes];
  const withParameters =
    scope === 'url-and-parameters' || (scope === 'url-and-either' && presented.method === 'GET');
  if (withParameters) return [presented.url(), queryOf(presented.params)];
  const body = bodyText(presented);
  return body === undefined ? undefined : [presented.url(), body];
}

function queryOf(params: Presented['params']): string {
  const pairs = Object.entries(params).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return `?${pairs.join('&')}`;
}

/** As a form is encoded (WHATWG URL, application/x-www-form-urlencoded), which is what Camunda signs. */
const encode = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

/** Forms of several parts are not signed so. */
const noParts = 0;

/** Twilio's rule: names and values of a form, sorted by name. Objects of texts count as forms. */
function bodyText({ bytes, headers }: Presented): string | undefined {
  const contentType = headers['content-type'];
  const kind = parseMediaType(contentType);
  if (kind !== 'form' && kind !== 'json') return Buffer.from(bytes).toString();
  const content = parseBody(bytes, contentType, noParts).value;
  if (content === undefined) return undefined;
  const { body } = content;
  return isObject(body) ? joinPairs(body) : JSON.stringify(body);
}

const isObject = (value: JsonValue): value is { [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function joinPairs(form: Readonly<Record<string, JsonValue>>): string | undefined {
  let text = '';
  for (const name of Object.keys(form).sort()) {
    const value = form[name];
    if (typeof value !== 'string') return undefined;
    text += name + value;
  }
  return text;
}
