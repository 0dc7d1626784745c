import type { FeelResult } from '@bpmn-connectors/feel';

/** A token (RFC 9110, section 5.6.2), and no way to the prototype. */
const fieldName = /^(?!__proto__$)[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** Visible ASCII, blank, tab and latin-1 (RFC 9110, section 5.5): no line break, so no second header. */
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Headers of the connection, which is the server's (RFC 9110, section 7.6.1), and of the body's framing. */
const connectionHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Reads the headers of a response expression. A text says what is wrong. */
export function readResponseHeaders(
  value: FeelResult | undefined,
): Record<string, string> | string {
  const headers: Record<string, string> = Object.create(null);
  if (value === undefined || value === null) return headers;
  if (typeof value !== 'object' || Array.isArray(value)) return 'headers is no context';
  for (const [name, content] of Object.entries(value)) {
    if (content === null) continue;
    const lower = name.toLowerCase();
    const text = typeof content === 'number' ? String(content) : content;
    if (!fieldName.test(lower)) return 'a header has an impossible name';
    if (connectionHeaders.has(lower)) return `the header ${lower} belongs to the server`;
    if (!isSendable(text)) return `the header ${lower} has a value that cannot be sent`;
    headers[lower] = text;
  }
  return headers;
}

const isSendable = (value: FeelResult): value is string =>
  typeof value === 'string' && fieldValue.test(value);
