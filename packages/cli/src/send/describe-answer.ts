import { STATUS_CODES } from 'node:http';

/** Headers that tell a sender what to do next. */
const shown = [
  'content-type',
  'retry-after',
  'allow',
  'location',
  'www-authenticate',
  'webhook-allowed-origin',
];

/** What a receiver says. */
export interface DescribedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** An answer for a person: status, the headers worth reading, body. */
export function describeAnswer({ status, headers, body }: DescribedAnswer): string {
  const lines = shown.flatMap((name) =>
    headers[name] === undefined ? [] : [`${name}: ${[headers[name]].flat().join(', ')}`],
  );
  return [
    `${status} ${STATUS_CODES[status] ?? ''}`.trim(),
    ...lines,
    ...(body === '' ? [] : ['', body]),
    '',
  ].join('\n');
}
