/** How a body is read. */
export type BodyKind =
  | 'json'
  | 'form'
  | 'multipart'
  | 'text'
  /** JSON if it is JSON, else text. */
  | 'json-or-text'
  | 'unsupported-media'
  | 'unsupported-charset';

const utf8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);
const jsonTypes: ReadonlySet<string> = new Set(['', 'application/json', 'text/json']);
const charsetParameter = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/**
 * Chooses the parser by the value of `Content-Type`, never by what the body looks like. Without a type a
 * body is JSON, as in Camunda, which takes `text/plain` for JSON, too: there it may be either.
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
  if (type === 'multipart/form-data') return 'multipart';
  if (type === 'text/plain') return 'json-or-text';
  const isText = type.startsWith('text/') || type === 'application/xml' || type.endsWith('+xml');
  return isText ? 'text' : 'unsupported-media';
}
