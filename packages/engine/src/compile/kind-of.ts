import type { EventDefinition, FlowElement } from '@bpmn-connectors/bpmn';
import type { NodeKind } from './compiled-process.ts';
import type { ProblemReporter } from './problem-reporter.ts';

/** Extensions that every element may carry. */
const knownExtensions = new Set(['taskDefinition', 'taskHeaders', 'ioMapping', 'properties']);

const eventKinds: Readonly<Record<string, Readonly<Record<string, NodeKind>>>> = {
  startEvent: { none: 'start', message: 'start' },
  intermediateCatchEvent: { message: 'catch' },
  boundaryEvent: { message: 'boundary', error: 'boundary' },
  endEvent: { none: 'end', error: 'errorEnd', terminate: 'terminateEnd' },
};

/** What may start an event sub-process. */
const eventStartKinds: Readonly<Record<string, NodeKind>> = {
  message: 'eventStart',
  error: 'eventStart',
};

const otherKinds: Readonly<Record<string, NodeKind>> = {
  serviceTask: 'job',
  sendTask: 'job',
  scriptTask: 'job',
  businessRuleTask: 'job',
  task: 'pass',
  manualTask: 'pass',
  receiveTask: 'catch',
  exclusiveGateway: 'exclusive',
  parallelGateway: 'parallel',
  subProcess: 'subProcess',
};

const unsupportedFix = 'Model it with elements that this engine runs (see its README)';

/**
 * What an element is to the engine; undefined, and a problem, for what it does not run.
 * @param startedByEvent whether it stands in an event sub-process.
 */
export function kindOf(
  element: FlowElement,
  startedByEvent: boolean,
  reporter: ProblemReporter,
): NodeKind | undefined {
  const kind = supportedKind(element, startedByEvent, reporter);
  if (kind === undefined) return undefined;
  if (element.loop !== undefined) {
    reporter.report(element, 'loopCharacteristics', 'loops are not supported', unsupportedFix);
  }
  for (const extension of element.extensions) {
    if (knownExtensions.has(extension)) continue;
    const reason = `zeebe:${extension} is not supported`;
    reporter.report(element, extension, reason, unsupportedFix);
  }
  checkTask(element, kind, reporter);
  return kind;
}

function supportedKind(
  element: FlowElement,
  startedByEvent: boolean,
  reporter: ProblemReporter,
): NodeKind | undefined {
  const { type, eventDefinitions, triggeredByEvent } = element;
  const startsByEvent = startedByEvent && type === 'startEvent';
  const byEvent = startsByEvent
    ? eventStartKinds
    : Object.hasOwn(eventKinds, type)
      ? eventKinds[type]
      : undefined;
  if (byEvent !== undefined) {
    const event = eventNameOf(eventDefinitions);
    const kind = Object.hasOwn(byEvent, event) ? byEvent[event] : undefined;
    if (kind !== undefined) return kind;
    const place = startsByEvent ? ' in an event sub-process' : '';
    const reason = `${type} of kind ${event} is not supported${place}`;
    reporter.report(element, undefined, reason, unsupportedFix);
    return undefined;
  }
  if (type === 'subProcess' && triggeredByEvent) return 'eventSubProcess';
  const kind = Object.hasOwn(otherKinds, type) ? otherKinds[type] : undefined;
  if (kind !== undefined) return kind;
  reporter.report(element, undefined, `${type} is not supported`, unsupportedFix);
  return undefined;
}

function eventNameOf(definitions: readonly EventDefinition[]): string {
  if (definitions.length > 1) return 'multiple';
  return definitions[0]?.kind ?? 'none';
}

function checkTask(element: FlowElement, kind: NodeKind, reporter: ProblemReporter): void {
  if (kind === 'job' && element.task === undefined) {
    const reason = 'it has no zeebe:taskDefinition, so that no worker would get its job';
    reporter.report(element, 'taskDefinition', reason, 'Give it a job type');
  } else if (kind !== 'job' && element.task !== undefined) {
    const reason = `a ${element.type} has no job, but a zeebe:taskDefinition`;
    reporter.report(element, 'taskDefinition', reason, 'Make it a service task, or remove it');
  }
}
