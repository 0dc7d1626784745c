import type { TemplateElement, TemplateMetadata } from '@bpmn-connectors/sdk';

/** One template for one element. */
export interface ElementMetadata {
  readonly element: TemplateElement;
  readonly metadata: TemplateMetadata;
}

/** What ids and names of derived templates have behind the author's own. */
const derived: readonly (readonly [element: TemplateElement, id: string, name: string])[] = [
  ['messageStartEvent', 'MessageStart', 'starts process'],
  ['intermediateCatchEvent', 'Intermediate', 'wait for event'],
  ['boundaryEvent', 'Boundary', 'event at an activity'],
  ['receiveTask', 'Receive', 'receive event'],
  ['eventSubProcessStart', 'EventSubProcess', 'starts event sub-process'],
];

/**
 * Metadata that names an element is for that one. Other metadata stands for all elements with a message:
 * `io.example.Queue.v1` becomes `io.example.QueueMessageStart.v1` and so on.
 */
export function templatesForElements(metadata: TemplateMetadata): readonly ElementMetadata[] {
  const { element, id, name } = metadata;
  if (element !== undefined) return [{ element, metadata }];
  return derived.map(([kind, suffix, words]) => ({
    element: kind,
    metadata: {
      ...metadata,
      id: id.replace(/(\.v\d+)?$/, `${suffix}$1`),
      name: `${name}: ${words}`,
    },
  }));
}
