import type { MessageDefinition } from './event-definition.ts';
import type { FlowElement } from './flow-element.ts';
import type { InboundElement, InboundElementType } from './inbound-element.ts';
import type { ProcessDefinition } from './process-definition.ts';

/** All elements of a process that carry an `inbound.type` property, at any depth, in the order of the model. */
export function findInboundElements(process: ProcessDefinition): readonly InboundElement[] {
  const eventSubProcesses = new Set(
    process.elements.filter((element) => element.triggeredByEvent).map(({ id }) => id),
  );
  const found: InboundElement[] = [];
  for (const element of process.elements) {
    const elementType = inboundTypeOf(element, eventSubProcesses);
    if (elementType === undefined || element.properties['inbound.type'] === undefined) continue;
    const message = messageOf(element);
    found.push({
      processId: process.id,
      ...(process.name === undefined ? {} : { processName: process.name }),
      elementId: element.id,
      ...(element.name === undefined ? {} : { elementName: element.name }),
      elementType,
      properties: element.properties,
      ...(message === undefined ? {} : { message: inboundMessage(message) }),
    });
  }
  return found;
}

function inboundTypeOf(
  element: FlowElement,
  eventSubProcesses: ReadonlySet<string>,
): InboundElementType | undefined {
  switch (element.type) {
    case 'startEvent':
      if (eventSubProcesses.has(element.scopeId)) return 'eventSubProcessStartEvent';
      return hasMessage(element) ? 'messageStartEvent' : 'startEvent';
    case 'intermediateCatchEvent':
    case 'boundaryEvent':
    case 'receiveTask':
      return element.type;
    default:
      return undefined;
  }
}

const hasMessage = (element: FlowElement): boolean =>
  element.eventDefinitions.some(({ kind }) => kind === 'message');

function messageOf(element: FlowElement): MessageDefinition | undefined {
  if (element.message !== undefined) return element.message;
  for (const definition of element.eventDefinitions) {
    if (definition.kind === 'message') return definition.message;
  }
  return undefined;
}

const inboundMessage = ({ name, correlationKey }: MessageDefinition) => ({
  name,
  ...(correlationKey === undefined ? {} : { correlationKeyExpression: correlationKey }),
});
