import { eventBridgeDefinition, eventBridgeInboundDefinition } from '@bpmn-connectors/eventbridge';
import { webhookDefinition } from '@bpmn-connectors/webhook';
import { describe, expect, test } from '@jest/globals';

describe('The definitions', () => {
  test("are of Camunda's types, and the inbound one is the webhook's", () => {
    expect(eventBridgeDefinition.type).toBe('io.camunda:aws-eventbridge:1');
    expect(eventBridgeDefinition.inputVariables).toEqual([
      'authentication',
      'configuration',
      'input',
      'awsCredential',
    ]);
    expect(eventBridgeInboundDefinition).toMatchObject({
      type: 'io.camunda:webhook:1',
      endpointProperties: webhookDefinition.endpointProperties,
    });
  });
});
