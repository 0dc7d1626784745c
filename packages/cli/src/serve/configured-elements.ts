import type { InboundElement } from '@bpmn-connectors/bpmn';
import type { Structure } from '../configuration/structure-schema.ts';

/** What elements of the configuration belong to. */
const configured = 'configuration';

/** Where an endpoint says nothing of its result the whole request is. */
const wholeRequest = '={request: request}';

const hasResult = (properties: Readonly<Record<string, string>>): boolean =>
  ['resultVariable', 'resultExpression'].some((name) => (properties[name] ?? '').trim() !== '');

/**
 * Endpoints of the configuration as elements: plain start events with the properties of a model. The webhook id is
 * the endpoint's name, the connector the webhook, unless the properties say otherwise.
 */
export const configuredElements = ({ endpoints = {} }: Structure): readonly InboundElement[] =>
  Object.entries(endpoints).map(([name, properties]) => ({
    processId: configured,
    elementId: name,
    elementType: 'startEvent',
    properties: {
      'inbound.type': 'io.camunda:webhook:1',
      'inbound.context': name,
      ...(hasResult(properties) ? {} : { resultExpression: wholeRequest }),
      ...properties,
    },
  }));
