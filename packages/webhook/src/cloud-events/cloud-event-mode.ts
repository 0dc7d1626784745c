/** How a request carries CloudEvents (HTTP protocol binding 1.0.2, section 3); undefined: it does not. */
export type CloudEventMode = 'binary' | 'structured' | 'batched';

const required = ['ce-id', 'ce-source', 'ce-specversion', 'ce-type'];

/** Structured ones are known by their media type, binary ones by their headers. */
export function cloudEventMode(
  headers: Readonly<Record<string, string>>,
): CloudEventMode | undefined {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/cloudevents+json') return 'structured';
  if (type === 'application/cloudevents-batch+json') return 'batched';
  return required.some((name) => headers[name] !== undefined) ? 'binary' : undefined;
}
