/** Wraps flow elements into a BPMN file with one executable process. */
export function model(
  content: string,
  { id = 'p', root = '' }: { readonly id?: string; readonly root?: string } = {},
): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="test">
${root}
<bpmn:process id="${id}" isExecutable="true">${content}</bpmn:process>
</bpmn:definitions>`;
}

/** Sequence flows of a chain: `flows('a', 'b', 'c')` connects a to b and b to c. */
export const flows = (...ids: readonly string[]): string =>
  ids
    .slice(1)
    .map((id, at) => flow(ids[at] ?? '', id))
    .join('');

/** A sequence flow, with a condition where one is given. */
export const flow = (source: string, target: string, condition?: string): string =>
  `<bpmn:sequenceFlow id="${source}-${target}" sourceRef="${source}" targetRef="${target}">${
    condition === undefined
      ? ''
      : `<bpmn:conditionExpression>${escapeXml(condition)}</bpmn:conditionExpression>`
  }</bpmn:sequenceFlow>`;

export const start = (id = 's'): string => `<bpmn:startEvent id="${id}" />`;
export const end = (id = 'e'): string => `<bpmn:endEvent id="${id}" />`;

/** Input and output mappings as `[source, target]`. */
export interface Mappings {
  readonly inputs?: readonly (readonly [source: string, target: string])[];
  readonly outputs?: readonly (readonly [source: string, target: string])[];
}

const mappings = ({ inputs = [], outputs = [] }: Mappings): string =>
  `<zeebe:ioMapping>${inputs
    .map(([s, t]) => `<zeebe:input source="${escapeXml(s)}" target="${t}" />`)
    .join('')}${outputs
    .map(([s, t]) => `<zeebe:output source="${escapeXml(s)}" target="${t}" />`)
    .join('')}</zeebe:ioMapping>`;

/** A service task whose job type is `type`. */
export const task = (
  id: string,
  type: string,
  { retries, headers = '', ...io }: Mappings & { retries?: string; headers?: string } = {},
): string =>
  `<bpmn:serviceTask id="${id}" name="Task ${id}"><bpmn:extensionElements>
    <zeebe:taskDefinition type="${escapeXml(type)}" ${retries === undefined ? '' : `retries="${escapeXml(retries)}"`} />
    ${mappings(io)}${headers}</bpmn:extensionElements></bpmn:serviceTask>`;

/** A message with a correlation key, for `root`. */
export const message = (id: string, key?: string): string =>
  `<bpmn:message id="${id}" name="${id}">${
    key === undefined
      ? ''
      : `<bpmn:extensionElements><zeebe:subscription correlationKey="${escapeXml(key)}" /></bpmn:extensionElements>`
  }</bpmn:message>`;

/** An event with a message: `event('startEvent', 's', 'order')`. */
export const event = (
  type: string,
  id: string,
  messageId: string,
  { attributes = '', ...io }: Mappings & { attributes?: string } = {},
): string =>
  `<bpmn:${type} id="${id}" ${attributes}><bpmn:extensionElements>${mappings(io)}</bpmn:extensionElements><bpmn:messageEventDefinition id="${id}-def" messageRef="${messageId}" /></bpmn:${type}>`;

/** An error boundary event; without a code it catches everything. Its error is for `root`. */
export const errorBoundary = (
  id: string,
  activity: string,
  error?: string,
  of: Mappings = {},
): string =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${activity}">${io(of)}<bpmn:errorEventDefinition id="${id}-def" ${
    error === undefined ? '' : `errorRef="${error}"`
  } /></bpmn:boundaryEvent>`;

/** An event sub-process: what starts it, and what it goes on with. */
export const eventSubProcess = (id: string, content: string, extensions = ''): string =>
  `<bpmn:subProcess id="${id}" triggeredByEvent="true">${extensions}${content}</bpmn:subProcess>`;

/** An error start event of an event sub-process; without an error it catches everything. */
export const errorStart = (
  id: string,
  errorId?: string,
  { attributes = '', ...io }: Mappings & { attributes?: string } = {},
): string =>
  `<bpmn:startEvent id="${id}" ${attributes}><bpmn:extensionElements>${mappings(io)}</bpmn:extensionElements><bpmn:errorEventDefinition id="${id}-def" ${
    errorId === undefined ? '' : `errorRef="${errorId}"`
  } /></bpmn:startEvent>`;

/** Input and output mappings as extension elements of their own. */
export const io = (of: Mappings): string =>
  `<bpmn:extensionElements>${mappings(of)}</bpmn:extensionElements>`;

export const error = (id: string, code: string): string =>
  `<bpmn:error id="${id}" errorCode="${code}" />`;

const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
