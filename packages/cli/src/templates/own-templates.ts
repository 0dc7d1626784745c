import { type GenerateOptions, generateTemplates } from '@bpmn-connectors/element-templates';
import { eventBridgeDefinition, eventBridgeInboundDefinition } from '@bpmn-connectors/eventbridge';
import { webhookDefinition } from '@bpmn-connectors/webhook';
import type { FoundTemplate } from './read-template-files.ts';

/** The templates of the connectors that the program serves, made anew. */
export const ownTemplates = (options: GenerateOptions = {}): readonly FoundTemplate[] =>
  [eventBridgeDefinition, eventBridgeInboundDefinition, webhookDefinition]
    .flatMap((definition) => generateTemplates(definition, options))
    .map(({ name, template }) => ({ path: `${name}.json`, template }));
