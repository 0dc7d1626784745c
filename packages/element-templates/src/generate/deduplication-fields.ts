import type { ElementField } from '@bpmn-connectors/sdk';
import type { TemplateProperty } from '../template/element-template.ts';

const property = (name: string) => ({ type: 'zeebe:property', name }) as const;

const redeliveries: TemplateProperty = {
  id: 'inbound.deduplicateRedeliveries',
  label: 'An event that comes again is not taken again',
  tooltip: 'It is known by its ID for 25 hours: senders deliver again for a day.',
  type: 'Boolean',
  value: true,
  group: 'deduplication',
  binding: property('inbound.deduplicateRedeliveries'),
};

/** Which elements share an endpoint (Camunda's properties): those alike, or those of the same id. */
const sharing: readonly TemplateProperty[] = [
  {
    id: 'deduplicationModeManualFlag',
    label: 'Say which elements share the endpoint',
    tooltip: 'Otherwise elements of a process share it whose endpoints are the same.',
    type: 'Boolean',
    value: false,
    group: 'deduplication',
    binding: property('deduplicationModeManualFlag'),
  },
  {
    id: 'deduplicationId',
    label: 'Deduplication ID',
    description: 'Elements with the same ID share one endpoint',
    type: 'String',
    constraints: {
      notEmpty: true,
      pattern: { value: '^[a-zA-Z0-9_-]+$', message: 'Letters, digits, hyphens and underscores' },
    },
    group: 'deduplication',
    binding: property('deduplicationId'),
    condition: { property: 'deduplicationModeManualFlag', equals: true, type: 'simple' },
  },
  {
    id: 'deduplicationModeManual',
    type: 'Hidden',
    value: 'MANUAL',
    binding: property('deduplicationMode'),
    condition: { property: 'deduplicationId', isActive: true, type: 'simple' },
  },
  {
    id: 'deduplicationModeAuto',
    type: 'Hidden',
    value: 'AUTO',
    binding: property('deduplicationMode'),
    condition: { property: 'deduplicationId', isActive: false, type: 'simple' },
  },
];

/** Fields about events that come twice and endpoints that are there twice. */
export const deduplicationFields = (
  offered: readonly ElementField[],
): readonly TemplateProperty[] => [
  redeliveries,
  ...(offered.includes('deduplication') ? sharing : []),
];
