import type { z } from 'zod';
import { bindProperties } from './bind-properties.ts';
import { createSubscriptionContext } from './create-subscription-context.ts';
import type { TypedInboundDefinition } from './define-inbound.ts';
import type { InboundConnector } from './inbound-connector.ts';
import { readDelivery } from './read-delivery.ts';
import type { SubscriptionContext } from './subscription.ts';

/** The code of an inbound connector that subscribes to a source or polls it. */
export interface InboundImplementation<Properties extends z.ZodObject> {
  /**
   * What an endpoint takes for itself, told to operators as its `webhookId`: never a secret. Of two endpoints
   * with the same address one waits until the other is gone.
   */
  readonly address: (properties: z.output<Properties>) => string;
  /**
   * Takes events from now on. Rejects when that is not possible; it is tried again, unless the error is a
   * `ConfigurationError`.
   * @returns stops it, and resolves when nothing is in flight any more.
   */
  readonly activate: (
    properties: z.output<Properties>,
    context: SubscriptionContext,
  ) => Promise<() => Promise<void>>;
  /** Ends what the instance holds for all endpoints together. */
  readonly close?: () => Promise<void>;
}

/**
 * Joins an inbound definition with the code that takes events. Properties come validated and typed, with
 * secrets resolved; events that cannot be processed are kept as dead letters and can be replayed.
 * @example
 * export const queue = () =>
 *   implementInbound(queueDefinition, {
 *     address: ({ url }) => url,
 *     activate: async ({ url }, context) => {
 *       const subscription = await subscribe(url, ({ id, body }) =>
 *         context.correlate({ messageId: id, variables: { message: body } }),
 *       );
 *       return () => subscription.end();
 *     },
 *   });
 */
export function implementInbound<Properties extends z.ZodObject>(
  definition: TypedInboundDefinition<Properties>,
  implementation: InboundImplementation<Properties>,
): InboundConnector {
  const { close } = implementation;
  return {
    definition,
    prepare: (texts) => {
      const properties = bindProperties(definition.properties, texts);
      const address = implementation.address(properties);
      return {
        address,
        description: { webhookId: address, urls: [], method: '', auth: '', warnings: [] },
        read: readDelivery,
        activate: (context) =>
          implementation.activate(properties, createSubscriptionContext(context)),
      };
    },
    ...(close === undefined ? {} : { close }),
  };
}
