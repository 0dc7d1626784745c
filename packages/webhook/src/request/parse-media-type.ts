/** How a body is read. */
export type BodyKind = 'json' | 'form' | 'xml' | 'unsupported-media' | 'unsupported-charset';

const utf8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);
const jsonTypes: ReadonlySet<string> = new Set(['', 'application/json', 'text/json', 'text/plain']);
const xmlTypes: ReadonlySet<string> = new Set(['application/xml', 'text/xml']);
const charsetParameter = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/**
 * Chooses the parser by the value of `Content-Type`, never by what the body looks like. Without a type, and
 * for `text/plain`, a body is JSON, as in Camunda.
 */
export function parseMediaType(contentType: string | undefined): BodyKind {
  if (contentType === undefined || contentType === 'application/json') return 'json';
  const semicolon = contentType.indexOf(';');
  const type = (semicolon < 0 ? contentType : contentType.slice(0, semicolon)).trim().toLowerCase();
  const kind = kindOf(type);
  if (kind === 'unsupported-media' || semicolon < 0) return kind;
  const charset = charsetParameter.exec(contentType)?.[1];
  return charset === undefined || utf8.has(charset.toLowerCase()) ? kind : 'unsupported-charset';
}

function kindOf(type: string): BodyKind {
  if (jsonTypes.has(type) || type.endsWith('+json')) return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (xmlTypes.has(type) || type.endsWith('+xml')) return 'xml';
  return 'unsupported-media';
}
