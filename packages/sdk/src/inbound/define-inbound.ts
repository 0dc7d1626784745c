import type { z } from 'zod';
import type { TemplateMetadata } from '../template/template-metadata.ts';
import type { InboundDefinition } from './inbound-connector.ts';

/** What an author writes down of an inbound connector. */
export interface InboundDeclaration<Properties extends z.ZodObject> {
  /** Value of `inbound.type` in models. */
  readonly type: string;
  readonly template: TemplateMetadata;
  /**
   * Shape of the properties that make an endpoint. A dot in a property's name is nesting here: the property
   * `queue.url` is `z.object({ queue: z.object({ url: … }) })`.
   */
  readonly properties: Properties;
}

/** An inbound definition that knows the shape of its endpoint's properties. A constant. */
export interface TypedInboundDefinition<Properties extends z.ZodObject = z.ZodObject>
  extends InboundDefinition {
  readonly properties: Properties;
}

/**
 * Declares an inbound connector: one definition gives the types and the validation of an endpoint's
 * properties, and what a template needs to know.
 * @example
 * export const queueDefinition = defineInbound({
 *   type: 'io.example:queue:1',
 *   template: { id: 'io.example.Queue.v1', version: 1, name: 'Queue' },
 *   properties: z.object({ url: field(z.url(), { label: 'Queue' }), token: secret({ label: 'Token' }) }),
 * });
 */
export function defineInbound<Properties extends z.ZodObject>(
  declaration: InboundDeclaration<Properties>,
): TypedInboundDefinition<Properties> {
  const { type, template, properties } = declaration;
  return {
    kind: 'inbound',
    type,
    templates: [template],
    properties,
    endpointProperties: Object.keys(properties.shape).flatMap((name) => [name, `${name}.`]),
    elementExpressions: [],
  };
}
