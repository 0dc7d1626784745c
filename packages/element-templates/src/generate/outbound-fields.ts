import type { TemplatePanelGroup, TemplateProperty } from '../template/element-template.ts';
import type { TemplateHead } from './template-head.ts';

/** Groups of the fields that every outbound connector has. */
export const outboundGroups: readonly TemplatePanelGroup[] = [
  { id: 'output', label: 'Result' },
  { id: 'error', label: 'Errors' },
  { id: 'retries', label: 'Time and retries' },
];

/** What is written without being shown: the job type, and the template's id and version for metrics. */
export const outboundHidden = (
  type: string,
  { id, version }: Pick<TemplateHead, 'id' | 'version'>,
): readonly TemplateProperty[] => [
  {
    type: 'Hidden',
    value: type,
    binding: { type: 'zeebe:taskDefinition', property: 'type' },
  },
  {
    id: 'elementTemplateVersion',
    type: 'Hidden',
    value: String(version),
    binding: { type: 'zeebe:taskHeader', key: 'elementTemplateVersion' },
  },
  {
    id: 'elementTemplateId',
    type: 'Hidden',
    value: id,
    binding: { type: 'zeebe:taskHeader', key: 'elementTemplateId' },
  },
];

/** What the connector runtime reads for every job (Camunda's headers). */
export const outboundFields: readonly TemplateProperty[] = [
  {
    id: 'resultVariable',
    label: 'Result variable',
    description: 'Variable that takes the whole answer',
    type: 'String',
    optional: true,
    group: 'output',
    binding: { type: 'zeebe:taskHeader', key: 'resultVariable' },
  },
  {
    id: 'resultExpression',
    label: 'Result expression',
    description: 'Variables made of the answer',
    tooltip:
      'FEEL that gives a context; each entry becomes a variable. The answer is <code>response</code>.',
    placeholder: '{answer: response}',
    type: 'Text',
    feel: 'required',
    optional: true,
    group: 'output',
    binding: { type: 'zeebe:taskHeader', key: 'resultExpression' },
  },
  {
    id: 'errorExpression',
    label: 'Error expression',
    description: 'Turns a failure into a BPMN error',
    tooltip:
      'FEEL that sees <code>error.code</code> and <code>error.message</code> and gives <code>bpmnError(…)</code>, <code>jobError(…)</code>, <code>ignoreError(…)</code> or null.',
    placeholder:
      'if error.code = "AccessDeniedException" then bpmnError("NOT_ALLOWED", error.message) else null',
    type: 'Text',
    feel: 'required',
    optional: true,
    group: 'error',
    binding: { type: 'zeebe:taskHeader', key: 'errorExpression' },
  },
  {
    id: 'retryCount',
    label: 'Retries',
    description: 'Attempts before there is an incident',
    type: 'String',
    value: '3',
    feel: 'optional',
    group: 'retries',
    binding: { type: 'zeebe:taskDefinition', property: 'retries' },
  },
  {
    id: 'retryBackoff',
    label: 'Retry backoff',
    description: 'Wait between attempts (ISO 8601 duration)',
    type: 'String',
    value: 'PT5S',
    group: 'retries',
    binding: { type: 'zeebe:taskHeader', key: 'retryBackoff' },
  },
  {
    id: 'jobTimeout',
    label: 'Time for an attempt',
    description: "ISO 8601 duration; the connector runtime's where empty",
    placeholder: 'PT1M',
    type: 'String',
    optional: true,
    group: 'retries',
    binding: { type: 'zeebe:taskHeader', key: 'jobTimeout' },
  },
];
