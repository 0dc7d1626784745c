import { z } from 'zod';

/**
 * Makes the schema of an EventBridge event with this detail (EventBridge User Guide, "Events"). Lenient where senders
 * are: partners' accounts are not always twelve digits, input transformers leave members out, and an archive's
 * replay adds `replay-name`.
 * @example
 * const OrderCreated = eventBridgeEvent(z.object({ orderId: z.string() }), { detailType: 'order_created' });
 */
export function eventBridgeEvent<Detail extends z.ZodType>(
  detail: Detail,
  { source, detailType }: { readonly source?: RegExp; readonly detailType?: string } = {},
) {
  return z.looseObject({
    id: z.string().min(1),
    source: source === undefined ? z.string().min(1) : z.string().regex(source),
    'detail-type': detailType === undefined ? z.string().min(1) : z.literal(detailType),
    detail,
    version: z.string().optional(),
    account: z.string().optional(),
    time: z.string().optional(),
    region: z.string().optional(),
    resources: z.array(z.string()).optional(),
    'replay-name': z.string().optional(),
  });
}

/** Any event of EventBridge. */
export const EventBridgeEventSchema = eventBridgeEvent(z.looseObject({}));
/** Any event of EventBridge. */
export type EventBridgeEvent = z.output<typeof EventBridgeEventSchema>;
