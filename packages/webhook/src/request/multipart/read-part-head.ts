import { parseParameters } from '../parse-parameters.ts';

/** What the head of a part says. */
export interface PartHead {
  readonly name: string;
  readonly fileName: string | null;
  readonly contentType: string;
}

const fieldName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** Line breaks and the other characters that terminals and file systems act on. */
const control = /\p{Cc}/u;
const longestName = 256;
/** Content in an encoding that is not undone would be taken for other content (RFC 7578, section 4.7). */
const plainEncodings: ReadonlySet<string> = new Set(['', '7bit', '8bit', 'binary']);

/**
 * Reads the head of a part of `multipart/form-data` (RFC 7578, section 4): names as UTF-8 the way browsers
 * send them, `filename*` left unread as section 4.2 wants it. A file name is given without its folders.
 * @returns `undefined` when it is malformed, says something twice or has no name.
 */
export function readPartHead(head: string): PartHead | undefined {
  const fields = readFields(head);
  if (fields === undefined) return undefined;
  const disposition = fields.get('content-disposition') ?? '';
  if (!/^form-data[\t ]*;/i.test(disposition)) return undefined;
  if (!plainEncodings.has((fields.get('content-transfer-encoding') ?? '').toLowerCase())) {
    return undefined;
  }
  const parameters = parseParameters(disposition, disposition.indexOf(';'));
  const name = parameters?.get('name');
  const fileName = parameters?.get('filename')?.replace(/^.*[/\\]/s, '');
  if (name === undefined || !isName(name) || !isName(fileName ?? '')) return undefined;
  const contentType = fields.get('content-type') || 'text/plain';
  return { name, fileName: fileName ?? null, contentType };
}

const isName = (text: string): boolean => text.length <= longestName && !control.test(text);

function readFields(head: string): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (!fieldName.test(name) || fields.has(name) || control.test(value)) return undefined;
    fields.set(name, value);
  }
  return fields;
}
