import { readFile } from 'node:fs/promises';
import { eventBridgeDefinition, eventBridgeInboundDefinition } from '@bpmn-connectors/eventbridge';
import type { TemplateMetadata } from '@bpmn-connectors/sdk';
import { webhookDefinition } from '@bpmn-connectors/webhook';
import { describe, expect, test } from '@jest/globals';

const folder = new URL('../../../element-templates/', import.meta.url);

async function fileOf(name: string): Promise<TemplateMetadata> {
  return JSON.parse(await readFile(new URL(name, folder), 'utf8'));
}

describe('The definitions', () => {
  test.each([
    ['aws-eventbridge-outbound.json', eventBridgeDefinition.template],
    ['aws-eventbridge-message-start.json', eventBridgeInboundDefinition.templates[0]],
    ['aws-eventbridge-intermediate.json', eventBridgeInboundDefinition.templates[1]],
  ])('bear the names of the element template %s', async (name, template) => {
    expect(await fileOf(name)).toMatchObject({ ...template });
  });

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
