import type { EventDefinition } from './event-definition.ts';
import type { FlowElement, LoopCharacteristics, SequenceFlow } from './flow-element.ts';
import {
  bodyOf,
  booleanOf,
  elementOf,
  elementsOf,
  localTypeOf,
  type ModdleElement,
  textOf,
} from './moddle/moddle-element.ts';
import type { ReadContext } from './read-context.ts';
import { readEventDefinition, readMessageReference } from './read-event-definition.ts';
import {
  type Extensions,
  readCalledElement,
  readEngineTask,
  readExtensions,
  readMappings,
  readPairs,
  readTask,
} from './read-extensions.ts';

/** Reads an event, activity or gateway; the flows that enter and leave it are not yet known. */
export function readFlowElement(
  element: ModdleElement,
  id: string,
  scopeId: string,
  context: ReadContext,
): FlowElement {
  const extensions = readExtensions(element);
  const type = localTypeOf(element);
  return {
    id,
    ...optionalTexts(element),
    type,
    scopeId,
    incoming: [],
    outgoing: [],
    ...readReferences(element, type, context),
    eventDefinitions: readEventDefinitions(element, context),
    interrupting: booleanOf(
      element,
      type === 'startEvent' ? 'isInterrupting' : 'cancelActivity',
      true,
    ),
    triggeredByEvent: booleanOf(element, 'triggeredByEvent', false),
    ...readWork(extensions, context),
    ...readLoop(element),
    inputs: readMappings(extensions, 'inputParameters', context),
    outputs: readMappings(extensions, 'outputParameters', context),
    headers: readPairs(extensions.get('taskHeaders'), 'values', 'key'),
    properties: readPairs(extensions.get('properties'), 'properties', 'name'),
    extensions: [...extensions.keys()],
  };
}

/** Reads a sequence flow; undefined, and a problem, when an end of it is missing. */
export function readSequenceFlow(
  flow: ModdleElement,
  id: string,
  scopeId: string,
  context: ReadContext,
): SequenceFlow | undefined {
  const source = endOf(flow, 'sourceRef', context);
  const target = endOf(flow, 'targetRef', context);
  if (source === undefined || target === undefined) return undefined;
  const condition = bodyOf(flow, 'conditionExpression');
  return {
    id,
    ...optionalTexts(flow),
    scopeId,
    source,
    target,
    ...(condition === undefined ? {} : { condition }),
  };
}

function endOf(
  flow: ModdleElement,
  property: 'sourceRef' | 'targetRef',
  context: ReadContext,
): string | undefined {
  const end = elementOf(flow, property);
  const id = end === undefined ? undefined : textOf(end, 'id');
  if (id === undefined) {
    context.report(flow, property, 'the sequence flow has a loose end', 'Connect it or remove it');
  }
  return id;
}

function optionalTexts(element: ModdleElement): { name?: string } {
  const name = textOf(element, 'name');
  return name === undefined ? {} : { name };
}

function readReferences(
  element: ModdleElement,
  type: string,
  context: ReadContext,
): Pick<FlowElement, 'defaultFlow' | 'attachedTo' | 'message'> {
  const defaultFlow = idOf(elementOf(element, 'default'));
  const attachedTo = idOf(elementOf(element, 'attachedToRef'));
  if (type === 'boundaryEvent' && attachedTo === undefined) {
    context.report(
      element,
      'attachedToRef',
      'it is attached to nothing',
      'Attach it to an activity',
    );
  }
  const message = type === 'receiveTask' ? readMessageReference(element, context) : undefined;
  return {
    ...(defaultFlow === undefined ? {} : { defaultFlow }),
    ...(attachedTo === undefined ? {} : { attachedTo }),
    ...(message === undefined ? {} : { message }),
  };
}

const idOf = (element: ModdleElement | undefined): string | undefined =>
  element === undefined ? undefined : textOf(element, 'id');

function readEventDefinitions(
  element: ModdleElement,
  context: ReadContext,
): readonly EventDefinition[] {
  return elementsOf(element, 'eventDefinitions')
    .map((definition) => readEventDefinition(definition, context))
    .filter((definition) => definition !== undefined);
}

function readWork(
  extensions: Extensions,
  context: ReadContext,
): Pick<FlowElement, 'task' | 'engineTask' | 'calledElement'> {
  const task = readTask(extensions, context);
  const engineTask = readEngineTask(extensions);
  const calledElement = readCalledElement(extensions);
  return {
    ...(task === undefined ? {} : { task }),
    ...(engineTask === undefined ? {} : { engineTask }),
    ...(calledElement === undefined ? {} : { calledElement }),
  };
}

function readLoop(element: ModdleElement): { loop?: LoopCharacteristics } {
  const loop = elementOf(element, 'loopCharacteristics');
  if (loop === undefined) return {};
  if (loop.$type !== 'bpmn:MultiInstanceLoopCharacteristics') return { loop: { kind: 'standard' } };
  const zeebe = readExtensions(loop).get('loopCharacteristics');
  const texts = {
    inputCollection: zeebe && textOf(zeebe, 'inputCollection'),
    inputElement: zeebe && textOf(zeebe, 'inputElement'),
    outputCollection: zeebe && textOf(zeebe, 'outputCollection'),
    outputElement: zeebe && textOf(zeebe, 'outputElement'),
    completionCondition: bodyOf(loop, 'completionCondition'),
    cardinality: bodyOf(loop, 'loopCardinality'),
  };
  const given = Object.entries(texts).filter(([, text]) => text !== undefined);
  return {
    loop: {
      kind: 'multiInstance',
      sequential: booleanOf(loop, 'isSequential', false),
      ...Object.fromEntries(given),
    },
  };
}
