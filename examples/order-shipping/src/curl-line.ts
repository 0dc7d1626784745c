import { randomUUID } from 'node:crypto';
import type { SampleEvent } from './sample-events.ts';

/** A line to paste: the request that an API destination would send for the event. */
export function curlLine(url: string, event: SampleEvent): string {
  const body = JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': event.detailType,
    source: event.source,
    account: '123456789012',
    time: '2026-01-01T12:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: event.detail,
  });
  return `curl -i ${url} -H 'content-type: application/json' -d '${body}'`;
}
