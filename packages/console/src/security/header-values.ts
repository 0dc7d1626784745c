import type { HttpRequest } from '@bpmn-connectors/sdk';

/** All values of a header in the order they were sent. */
export function headerValues(request: HttpRequest, name: string): readonly string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const value = request.rawHeaders[index + 1];
    if (request.rawHeaders[index]?.toLowerCase() === name && value !== undefined)
      values.push(value);
  }
  return values;
}
