import type { EventDefinition, MessageDefinition } from './event-definition.ts';
import { bodyOf, elementOf, type ModdleElement, textOf } from './moddle/moddle-element.ts';
import type { ReadContext } from './read-context.ts';
import { readExtensions } from './read-extensions.ts';

/** Reads the message that an element refers to; says so where there is none. */
export function readMessageReference(
  owner: ModdleElement,
  context: ReadContext,
): MessageDefinition | undefined {
  const message = elementOf(owner, 'messageRef');
  if (message === undefined) {
    context.report(owner, 'messageRef', 'it names no message', 'Choose the message it is about');
    return undefined;
  }
  return readMessage(message, context);
}

/** Reads a `bpmn:message`. */
export function readMessage(
  message: ModdleElement,
  context: ReadContext,
): MessageDefinition | undefined {
  const name = textOf(message, 'name')?.trim() ?? '';
  if (name === '') {
    context.report(message, 'name', 'the message has no name', 'Name the message');
    return undefined;
  }
  const subscription = readExtensions(message).get('subscription');
  const key = subscription === undefined ? undefined : textOf(subscription, 'correlationKey');
  const correlationKey = key?.trim() ?? '';
  return {
    id: textOf(message, 'id') ?? name,
    name,
    ...(correlationKey === '' ? {} : { correlationKey }),
  };
}

type Reader = (definition: ModdleElement, context: ReadContext) => EventDefinition;

const optional = <Key extends string>(
  key: Key,
  value: string | undefined,
): Partial<Record<Key, string>> => {
  const entry: Partial<Record<Key, string>> = {};
  if (value !== undefined) entry[key] = value;
  return entry;
};

const refText = (owner: ModdleElement, reference: string, property: string): string | undefined => {
  const referred = elementOf(owner, reference);
  return referred === undefined ? undefined : textOf(referred, property);
};

function readTimer(definition: ModdleElement): EventDefinition {
  for (const [kind, property] of [
    ['date', 'timeDate'],
    ['duration', 'timeDuration'],
    ['cycle', 'timeCycle'],
  ] as const) {
    const expression = bodyOf(definition, property);
    if (expression !== undefined) return { kind: 'timer', timer: { kind, expression } };
  }
  return { kind: 'timer' };
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'bpmn:MessageEventDefinition',
    (definition, context) => {
      const message = readMessageReference(definition, context);
      return message === undefined ? { kind: 'message' } : { kind: 'message', message };
    },
  ],
  ['bpmn:TimerEventDefinition', readTimer],
  [
    'bpmn:ErrorEventDefinition',
    (d) => ({ kind: 'error', ...optional('code', refText(d, 'errorRef', 'errorCode')) }),
  ],
  [
    'bpmn:EscalationEventDefinition',
    (d) => ({
      kind: 'escalation',
      ...optional('code', refText(d, 'escalationRef', 'escalationCode')),
    }),
  ],
  [
    'bpmn:SignalEventDefinition',
    (d) => ({ kind: 'signal', ...optional('signalName', refText(d, 'signalRef', 'name')) }),
  ],
  ['bpmn:LinkEventDefinition', (d) => ({ kind: 'link', ...optional('name', textOf(d, 'name')) })],
  [
    'bpmn:ConditionalEventDefinition',
    (d) => ({ kind: 'conditional', ...optional('condition', bodyOf(d, 'condition')) }),
  ],
  [
    'bpmn:CompensateEventDefinition',
    (d) => ({ kind: 'compensate', ...optional('activityId', refText(d, 'activityRef', 'id')) }),
  ],
  ['bpmn:TerminateEventDefinition', () => ({ kind: 'terminate' })],
  ['bpmn:CancelEventDefinition', () => ({ kind: 'cancel' })],
]);

/** Reads one event definition; undefined for a kind that BPMN 2.0 does not have. */
export function readEventDefinition(
  definition: ModdleElement,
  context: ReadContext,
): EventDefinition | undefined {
  return readers.get(definition.$type)?.(definition, context);
}
