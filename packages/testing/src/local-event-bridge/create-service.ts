import type { Clock, JsonValue } from '@bpmn-connectors/sdk';
import { acceptEntries, busNameOf, type Place } from './accept-entries.ts';
import type { AwsActions } from './answer-aws-request.ts';
import { type AwsAnswer, type AwsReply, awsError } from './aws-answer.ts';
import { checkPutEvents, type EntryError, type PutEventsEntry } from './check-put-events.ts';
import type { AcceptedEvent } from './event-envelope.ts';
import type { EventBridgeAction, PutEventsFault } from './put-events-fault.ts';

/** What the service works on. */
export interface ServiceParts {
  readonly place: Place;
  readonly clock: Clock;
  /** An unknown bus refuses the call. */
  readonly strict: boolean;
  /** Names of the buses there are at the moment. */
  readonly buses: readonly string[];
  readonly nextFault: (action: EventBridgeAction, body: JsonValue) => PutEventsFault | undefined;
  readonly onEvent: (event: AcceptedEvent) => void;
}

type CheckedEntries = readonly (PutEventsEntry | EntryError)[];

/** What a fault does before the service looks at the call. */
function replyOfFault(fault: PutEventsFault | undefined): AwsReply | undefined {
  if (fault?.kind === 'hang') return 'hang';
  if (fault?.kind === 'reset' && !fault.accepted) return 'reset';
  if (fault?.kind === 'error') {
    const status = fault.status ?? (fault.code.startsWith('Internal') ? 500 : 400);
    return awsError(fault.code, fault.message ?? fault.code, status);
  }
  if (fault?.kind !== 'http') return undefined;
  const { status, body = '', contentType = 'text/html' } = fault;
  return { status, body, contentType };
}

function failEntries(entries: CheckedEntries, fault: PutEventsFault | undefined): CheckedEntries {
  if (fault?.kind !== 'entry') return entries;
  const { code, message = code, indexes = [0] } = fault;
  return entries.map((entry, index) => (indexes.includes(index) ? { code, message } : entry));
}

function spoilAnswer(answer: AwsAnswer, fault: PutEventsFault | undefined): AwsReply {
  if (fault?.kind === 'reset') return 'reset';
  if (fault?.kind === 'delay') return { ...answer, delayMs: fault.delayMs };
  if (fault?.kind === 'late') return { ...answer, after: fault.until };
  if (fault?.kind === 'cut-answer') return { ...answer, cut: true };
  if (fault?.kind !== 'half-answer') return answer;
  return { ...answer, body: answer.body.slice(0, answer.body.length / 2) };
}

function putEvents(body: JsonValue, parts: ServiceParts): AwsReply {
  const fault = parts.nextFault('PutEvents', body);
  const early = replyOfFault(fault);
  if (early !== undefined) return early;
  const checked = checkPutEvents(body);
  if (checked.status === 'refused') return checked.answer;
  const { answer, events } = acceptEntries(
    failEntries(checked.entries, fault),
    { names: parts.buses, strict: parts.strict },
    parts.place,
    parts.clock.now(),
  );
  for (const event of events) parts.onEvent(event);
  return spoilAnswer(answer, fault);
}

function describeEventBus(body: JsonValue, { place, buses, nextFault }: ServiceParts): AwsReply {
  const fault = replyOfFault(nextFault('DescribeEventBus', body));
  if (fault !== undefined) return fault;
  const wanted = typeof body === 'object' && body !== null && !Array.isArray(body) && body['Name'];
  const nameOrArn = typeof wanted === 'string' ? wanted : 'default';
  const name = busNameOf(nameOrArn, place);
  if (name === undefined || !buses.includes(name)) {
    return awsError('ResourceNotFoundException', `Event bus ${nameOrArn} does not exist.`);
  }
  const arn = `arn:aws:events:${place.region}:${place.account}:event-bus/${name}`;
  return { status: 200, body: JSON.stringify({ Arn: arn, Name: name }) };
}

/** The two actions of the EventBridge API that are there: PutEvents and DescribeEventBus. */
export const createService = (parts: ServiceParts): AwsActions => ({
  'AWSEvents.PutEvents': (body) => putEvents(body, parts),
  'AWSEvents.DescribeEventBus': (body) => describeEventBus(body, parts),
});
