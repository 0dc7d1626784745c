import type { Answer } from './post-request.ts';

/** Headers that tell a sender what to do next. */
const shown = [
  'content-type',
  'retry-after',
  'allow',
  'location',
  'www-authenticate',
  'webhook-allowed-origin',
];

/** An answer for a person: status, the headers worth reading, body. */
export function describeAnswer({ status, statusText, headers, body }: Answer): string {
  const lines = shown.flatMap((name) =>
    headers[name] === undefined ? [] : [`${name}: ${[headers[name]].flat().join(', ')}`],
  );
  return [`${status} ${statusText}`.trim(), ...lines, ...(body === '' ? [] : ['', body]), ''].join(
    '\n',
  );
}
