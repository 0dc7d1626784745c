import { readFileSync } from 'node:fs';
import { baseModel } from './base-model.ts';
import type { Drive } from './drive-model.ts';

interface OutboundVersion {
  readonly versions: readonly number[];
  readonly inputs: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}
interface InboundVersion {
  readonly template: string;
  readonly versions: readonly number[];
  readonly element: keyof typeof places;
  readonly properties: Readonly<Record<string, string>>;
}
const table: {
  readonly outbound: readonly OutboundVersion[];
  readonly inbound: readonly InboundVersion[];
} = JSON.parse(
  readFileSync(new URL('../data/camunda-template-versions.json', import.meta.url), 'utf8'),
);

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** One tag for each pair. */
const tags = (
  pairs: Readonly<Record<string, string>>,
  tag: (name: string, value: string) => string,
) =>
  Object.entries(pairs)
    .map(([name, value]) => tag(name, escapeXml(value)))
    .join('');

const extensions = (content: string): string =>
  `<bpmn:extensionElements>${content}</bpmn:extensionElements>`;

/** Where an inbound element stands in its base model: the tag that gets properties, and its message. */
const places = {
  start: ['bpmn:StartEvent', '<bpmn:startEvent id="Start">', ''],
  messageStart: [
    'bpmn:StartEvent',
    '<bpmn:startEvent id="Start">',
    '<bpmn:messageEventDefinition messageRef="M" />',
  ],
  catch: [
    'bpmn:IntermediateCatchEvent',
    '<bpmn:intermediateCatchEvent id="Middle">',
    '<bpmn:messageEventDefinition messageRef="M" />',
  ],
  boundary: [
    'bpmn:BoundaryEvent',
    '<bpmn:boundaryEvent id="Boundary" attachedToRef="Waiting">',
    '',
  ],
  receive: ['bpmn:ReceiveTask', '<bpmn:task id="Task">', ''],
} as const;

function inboundModel({ element, properties }: InboundVersion): string {
  const [type, tag, definition] = places[element];
  const written = extensions(
    `<zeebe:properties>${tags(properties, (name, value) => `<zeebe:property name="${name}" value="${value}" />`)}</zeebe:properties>`,
  );
  const message = `<bpmn:message id="M" name="came">${extensions('<zeebe:subscription correlationKey="=orderId" />')}</bpmn:message>`;
  return baseModel(type, false)
    .replace(tag, `${tag}${written}${definition}`)
    .replace(
      '<bpmn:messageEventDefinition id="BoundaryMessage" />',
      '<bpmn:messageEventDefinition messageRef="M" />',
    )
    .replace('<bpmn:task id="Task">', '<bpmn:receiveTask id="Task" messageRef="M">')
    .replace('</bpmn:task>', '</bpmn:receiveTask>')
    .replace('</bpmn:process>', `</bpmn:process>${message}`);
}

function outboundModel({ inputs, headers }: OutboundVersion): string {
  const written = extensions(
    `<zeebe:taskDefinition type="io.camunda:aws-eventbridge:1" /><zeebe:ioMapping>${tags(inputs, (name, value) => `<zeebe:input source="${value}" target="${name}" />`)}</zeebe:ioMapping><zeebe:taskHeaders>${tags(headers, (name, value) => `<zeebe:header key="${name}" value="${value}" />`)}</zeebe:taskHeaders>`,
  );
  return baseModel('bpmn:ServiceTask', false)
    .replace('<bpmn:task id="Task">', `<bpmn:serviceTask id="Task">${written}`)
    .replace('</bpmn:task>', '</bpmn:serviceTask>');
}

/** A process as a version of one of Camunda's templates writes it, and how it is driven. */
export interface TemplateVersion {
  readonly name: string;
  readonly model: string;
  readonly drive: Drive;
}

/** Each puts the order A1 on the bus. */
export const outboundVersions: readonly TemplateVersion[] = table.outbound.map((row) => ({
  name: row.versions.join(', '),
  model: outboundModel(row),
  drive: { startsByHand: true, webhookId: undefined },
}));

/** Each takes the order A1 from the webhook. */
export const inboundVersions: readonly TemplateVersion[] = table.inbound.map((row) => ({
  name: `${row.template}, version ${row.versions.join(', ')}`,
  model: inboundModel(row),
  drive: {
    startsByHand: row.element !== 'start' && row.element !== 'messageStart',
    webhookId: 'hook',
  },
}));
