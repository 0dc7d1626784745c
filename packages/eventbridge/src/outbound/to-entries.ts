import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { CompleteEvent } from './complete-events.ts';
import { entryBytes, maxTotalBytes } from './entry-bytes.ts';
import { ownError } from './own-error.ts';
import { parseTime } from './parse-time.ts';
import { type DetailMember, toDetail } from './to-detail.ts';

/** Where the job's key is put. */
export interface JobKeyMember {
  /** Name of the detail's member. */
  readonly name: string;
  readonly jobKey: string;
}

/** The events of one job are told apart by their position. */
function memberOf(
  key: JobKeyMember | undefined,
  index: number,
  count: number,
): DetailMember | undefined {
  if (key === undefined) return undefined;
  return { name: key.name, value: count === 1 ? key.jobKey : `${key.jobKey}/${index}` };
}

function toEntry(
  event: CompleteEvent,
  member: DetailMember | undefined,
  trace: string | undefined,
): PutEventsRequestEntry {
  const { source, detailType, eventBusName, detail, resources, time } = event;
  const traceHeader = event.traceHeader ?? trace;
  return {
    Source: source,
    DetailType: detailType,
    Detail: toDetail(detail, `${event.where}.detail`, member),
    EventBusName: eventBusName,
    ...(resources === undefined ? {} : { Resources: [...resources] }),
    ...(time === undefined ? {} : { Time: new Date(parseTime(time)) }),
    ...(traceHeader === undefined ? {} : { TraceHeader: traceHeader }),
  };
}

/**
 * The entries of PutEvents for a job.
 * @param key puts the job's key into each detail.
 * @param trace trace header of events that have none of their own.
 * @throws {ConnectorError} `DETAIL_NOT_AN_OBJECT` | `DETAIL_TOO_DEEP` | `EVENT_TOO_LARGE`, naming the entry
 */
export function toEntries(
  events: readonly CompleteEvent[],
  key?: JobKeyMember,
  trace?: string,
): PutEventsRequestEntry[] {
  let total = 0;
  return events.map((event, index) => {
    const entry = toEntry(event, memberOf(key, index, events.length), trace);
    total += entryBytes(entry);
    // A call takes no more, and the entries of a job stay together.
    if (total >= maxTotalBytes) throw ownError('EVENT_TOO_LARGE', { where: event.where });
    return entry;
  });
}
