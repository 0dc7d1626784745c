import type { ContractJob, ContractMessage, ContractProcess } from './contract-process.ts';

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const tag = (name: string, attributes: Readonly<Record<string, string>>, content = ''): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<${name}${written.join('')}>${content}</${name}>`;
};

const flow = (from: string, to: string): string =>
  tag('bpmn:sequenceFlow', { id: `${from}-${to}`, sourceRef: from, targetRef: to });

const messageId = (elementId: string): string => `${elementId}-message`;

const messageEvent = (elementId: string): string =>
  tag('bpmn:messageEventDefinition', { messageRef: messageId(elementId) });

function jobTask({ elementId, jobType, retries, headers }: ContractJob): string {
  const definition = tag('zeebe:taskDefinition', { type: jobType, retries: String(retries) });
  const written = Object.entries(headers).map(([key, value]) =>
    tag('zeebe:header', { key, value }),
  );
  const taskHeaders = written.length === 0 ? '' : tag('zeebe:taskHeaders', {}, written.join(''));
  const extensions = tag('bpmn:extensionElements', {}, definition + taskHeaders);
  return tag('bpmn:serviceTask', { id: elementId }, extensions);
}

function caughtError(job: ContractJob): string {
  if (job.catches === undefined) return '';
  const { elementId, then } = job.catches;
  const end = `${then.elementId}-end`;
  const output = tag('zeebe:output', { source: '=why', target: 'why' });
  const mapped = tag('bpmn:extensionElements', {}, tag('zeebe:ioMapping', {}, output));
  // Zeebe looks for the flow here, not at the flow itself.
  const outgoing = tag('bpmn:outgoing', {}, `${elementId}-${then.elementId}`);
  const event = tag('bpmn:errorEventDefinition', { errorRef: `${elementId}-error` });
  return [
    tag(
      'bpmn:boundaryEvent',
      { id: elementId, attachedToRef: job.elementId },
      mapped + outgoing + event,
    ),
    jobTask(then),
    tag('bpmn:endEvent', { id: end }),
    flow(elementId, then.elementId),
    flow(then.elementId, end),
  ].join('\n');
}

const stepElement = (step: ContractJob | ContractMessage): string =>
  step.kind === 'job'
    ? `${jobTask(step)}\n${caughtError(step)}`
    : tag('bpmn:intermediateCatchEvent', { id: step.elementId }, messageEvent(step.elementId));

function rootElements({ start, steps }: ContractProcess): readonly string[] {
  const started =
    start.messageName === undefined
      ? []
      : [tag('bpmn:message', { id: messageId(start.elementId), name: start.messageName })];
  return started.concat(
    steps.flatMap((step) => {
      if (step.kind === 'job') {
        if (step.catches === undefined) return [];
        const { elementId, errorCode } = step.catches;
        return [tag('bpmn:error', { id: `${elementId}-error`, errorCode })];
      }
      const correlationKey = `=${step.correlationVariable}`;
      const subscription = tag('zeebe:subscription', { correlationKey });
      const extensions = tag('bpmn:extensionElements', {}, subscription);
      const attributes = { id: messageId(step.elementId), name: step.messageName };
      return [tag('bpmn:message', attributes, extensions)];
    }),
  );
}

/** Writes a process of the suite as BPMN 2.0 with Zeebe's extensions. */
export function writeBpmn(process: ContractProcess): string {
  const { id, start, steps } = process;
  const path = [start.elementId, ...steps.map(({ elementId }) => elementId), 'end'];
  const startEvent = start.messageName === undefined ? '' : messageEvent(start.elementId);
  const content = [
    tag('bpmn:startEvent', { id: start.elementId }, startEvent),
    ...steps.map(stepElement),
    tag('bpmn:endEvent', { id: 'end' }),
    ...path.slice(1).map((to, index) => flow(path[index] ?? '', to)),
  ];
  const attributes = {
    'xmlns:bpmn': 'http://www.omg.org/spec/BPMN/20100524/MODEL',
    'xmlns:zeebe': 'http://camunda.org/schema/zeebe/1.0',
    id: `${id}-definitions`,
    targetNamespace: 'http://bpmn.io/schema/bpmn',
  };
  const body = [
    tag('bpmn:process', { id, isExecutable: 'true' }, `\n${content.join('\n')}\n`),
    ...rootElements(process),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag('bpmn:definitions', attributes, `\n${body.join('\n')}\n`)}\n`;
}
