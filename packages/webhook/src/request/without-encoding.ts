import type { HttpRequest } from '@bpmn-connectors/sdk';

/**
 * Takes `Content-Encoding` out of the headers of a request whose body was unpacked.
 * @param values headers as expressions see them; changed in place, since they are this request's own.
 */
export function withoutEncoding(
  { method, target, rawHeaders }: HttpRequest,
  values: Record<string, string>,
): Pick<HttpRequest, 'method' | 'target' | 'rawHeaders'> {
  delete values['content-encoding'];
  const kept = rawHeaders.filter(
    (_text, index) => rawHeaders[index - (index % 2)]?.toLowerCase() !== 'content-encoding',
  );
  return { method, target, rawHeaders: kept };
}
