import type { FeelResult } from '@bpmn-connectors/feel';
import type { HttpAnswer } from '@bpmn-connectors/sdk';
import { readResponseHeaders } from './read-response-headers.ts';

/** Statuses that have no body (RFC 9110, section 15). */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);
const markup: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Media types that a browser doesn't show as HTML. */
const dataTypes = /^[^;]*[/+](?:xml|json)\s*(?:;|$)/i;

/**
 * Makes an answer of what a response expression gave: `{body, statusCode, headers}` as in Camunda.
 * A text body is HTML-escaped unless its type is XML or JSON, since what a sender sent may be in it.
 * @returns the answer, or what is wrong with the result: a text without values.
 */
export function shapeResponse(result: FeelResult): HttpAnswer | string {
  if (result === null) return { status: 200, headers: {} };
  if (typeof result !== 'object' || Array.isArray(result)) return 'it gave no context';
  const status = readStatus(result['statusCode']);
  if (status === undefined) return 'statusCode is no status from 200 to 599';
  const headers = readResponseHeaders(result['headers']);
  if (typeof headers === 'string') return headers;
  const body = result['body'] ?? null;
  if (body === null || bodiless.has(status)) return { status, headers };
  return { status, ...writeBody(body, headers) };
}

function readStatus(value: FeelResult | undefined): number | undefined {
  if (value === undefined || value === null) return 200;
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  const inRange = typeof status === 'number' && Number.isInteger(status);
  return inRange && status >= 200 && status <= 599 ? status : undefined;
}

function writeBody(
  body: FeelResult,
  headers: Readonly<Record<string, string>>,
): Pick<HttpAnswer, 'headers' | 'body'> {
  const given = headers['content-type'];
  const type =
    given ?? (typeof body === 'string' ? 'text/plain;charset=UTF-8' : 'application/json');
  return {
    headers: { ...headers, 'content-type': type, 'x-content-type-options': 'nosniff' },
    body: typeof body === 'string' ? writeText(body, type) : JSON.stringify(body),
  };
}

const writeText = (text: string, type: string): string =>
  dataTypes.test(type)
    ? text
    : text.replace(/[&<>"']/g, (character) => markup[character] ?? character);
