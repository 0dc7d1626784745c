/**
 * The mode of what a file holds: an event as JSON is `structured`, a list of them `batched`, anything else the
 * data of a `binary` one.
 */
export function cloudEventMode(body: string): 'structured' | 'batched' | 'binary' {
  try {
    const value: unknown = JSON.parse(body);
    const events = Array.isArray(value) ? value : [value];
    if (events.length === 0 || !events.every(isEvent)) return 'binary';
    return Array.isArray(value) ? 'batched' : 'structured';
  } catch {
    return 'binary';
  }
}

const isEvent = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'specversion' in value;
