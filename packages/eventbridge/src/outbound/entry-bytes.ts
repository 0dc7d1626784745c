import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';

/**
 * The entries of a call together stay below this, in bytes.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size
 */
export const maxTotalBytes = 1024 * 1024;

/**
 * Size of an entry by AWS's formula: 14 bytes for a time, and the UTF-8 bytes of source, detail type,
 * detail and each resource. Bus name and trace header do not count.
 */
export function entryBytes(entry: PutEventsRequestEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  return bytes + (entry.Time === undefined ? 0 : 14);
}
