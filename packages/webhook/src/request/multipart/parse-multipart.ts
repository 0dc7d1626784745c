import type { JsonObject } from '@bpmn-connectors/sdk';
import { refuse, type StepResult } from '../refused.ts';
import { readBoundary } from './read-boundary.ts';
import { readPartHead } from './read-part-head.ts';
import { splitParts } from './split-parts.ts';

const headEnd = Buffer.from('\r\n\r\n');
/** Bytes of a part's head: a name, a file name and a media type, generously. */
const longestHead = 8192;

/**
 * Reads `multipart/form-data` (RFC 7578): every part, fields too, becomes a document as in Camunda. A
 * document is plain data: `{name, content, metadata: {fileName, contentType, size}}`, content in base64.
 * Parts within parts are content like any other.
 * @param maxParts more are malformed.
 */
export function parseMultipart(
  bytes: Uint8Array,
  contentType: string,
  maxParts: number,
): StepResult<JsonObject[]> {
  const boundary = readBoundary(contentType);
  if (boundary === undefined) return malformed('MULTIPART_BOUNDARY');
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = splitParts(body, boundary, maxParts);
  if (typeof parts === 'string') return malformed(`MULTIPART_${parts}`);
  const documents: JsonObject[] = [];
  for (const part of parts) {
    const document = readDocument(part);
    if (document === undefined) return malformed('MULTIPART_PART');
    documents.push(document);
  }
  return { value: documents };
}

const malformed = (reason: string) => refuse('parse', 'BODY_MALFORMED', { reason });

function readDocument(part: Buffer): JsonObject | undefined {
  const end = part.subarray(0, longestHead + headEnd.length).indexOf(headEnd);
  if (end < 0) return undefined;
  const head = decode(part.subarray(0, end));
  const said = head === undefined ? undefined : readPartHead(head);
  if (said === undefined) return undefined;
  const { name, fileName, contentType } = said;
  const content = part.subarray(end + headEnd.length);
  return {
    name,
    content: content.toString('base64'),
    metadata: { fileName, contentType, size: content.length },
  };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
