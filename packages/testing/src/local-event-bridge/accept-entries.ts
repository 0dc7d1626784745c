import { randomUUID } from 'node:crypto';
import { type AwsAnswer, awsError } from './aws-answer.ts';
import type { EntryError, PutEventsEntry } from './check-put-events.ts';
import type { AcceptedEvent, EventEnvelope } from './event-envelope.ts';

/** Where the endpoint pretends to be. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** What becomes of the entries of a call. */
export interface AcceptedEntries {
  readonly answer: AwsAnswer;
  readonly events: readonly AcceptedEvent[];
}

/** Name of the bus, or undefined for an ARN of another place. */
export function busNameOf(nameOrArn: string, { account, region }: Place): string | undefined {
  if (!nameOrArn.startsWith('arn:')) return nameOrArn;
  const prefix = `arn:aws:events:${region}:${account}:event-bus/`;
  return nameOrArn.startsWith(prefix) ? nameOrArn.slice(prefix.length) : undefined;
}

const isError = (entry: PutEventsEntry | EntryError): entry is EntryError => 'code' in entry;

function toEvent(entry: PutEventsEntry, bus: string, place: Place, now: number): AcceptedEvent {
  const time = new Date((entry.time ?? now / 1000) * 1000).toISOString();
  const head = {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.detailType,
    source: entry.source,
    account: place.account,
    time: time.replace(/\.\d+Z$/, 'Z'),
    region: place.region,
    resources: entry.resources,
  } as const satisfies Omit<EventEnvelope, 'detail'>;
  return {
    eventBusName: bus,
    envelope: { ...head, detail: entry.detail },
    json: `${JSON.stringify(head).slice(0, -1)},"detail":${entry.detailText.trim()}}`,
  };
}

/**
 * Turns checked entries into events and the answer to the call. An entry for a bus that does not exist
 * gets an id and is lost, as the service does.
 * @param buses the names there are; `strict`: an unknown one refuses the whole call.
 */
export function acceptEntries(
  entries: readonly (PutEventsEntry | EntryError)[],
  buses: { readonly names: readonly string[]; readonly strict: boolean },
  place: Place,
  now: number,
): AcceptedEntries {
  const events: AcceptedEvent[] = [];
  const results: Record<string, string>[] = [];
  for (const entry of entries) {
    if (isError(entry)) {
      results.push({ ErrorCode: entry.code, ErrorMessage: entry.message });
      continue;
    }
    const bus = busNameOf(entry.eventBusName, place);
    const known = bus !== undefined && buses.names.includes(bus);
    if (!known && buses.strict) {
      const message = `Event bus ${entry.eventBusName} does not exist.`;
      return { answer: awsError('ResourceNotFoundException', message), events: [] };
    }
    const event = toEvent(entry, bus ?? entry.eventBusName, place, now);
    if (known) events.push(event);
    results.push({ EventId: event.envelope.id });
  }
  const failed = entries.filter(isError).length;
  const body = JSON.stringify({ FailedEntryCount: failed, Entries: results });
  return { answer: { status: 200, body }, events };
}
