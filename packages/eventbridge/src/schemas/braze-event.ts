import { z } from 'zod';
import { eventBridgeEvent } from './event-bridge-event.ts';

/** What events about messages, custom events and purchases say of themselves, each some of it. */
const PropertiesSchema = z.looseObject({
  /** Of a custom event. */
  name: z.string().optional(),
  custom_properties: z.union([z.looseObject({}), z.string()]).optional(),
  /** Of a purchase. */
  product_id: z.string().optional(),
  price: z.number().optional(),
  currency: z.string().optional(),
  purchase_properties: z.union([z.looseObject({}), z.string()]).optional(),
  /** Of messages. */
  campaign_id: z.string().optional(),
  canvas_id: z.string().optional(),
  dispatch_id: z.string().optional(),
});

/**
 * An event of Braze Currents (Braze documentation, "Event glossary"): of message engagement and of user behaviour,
 * custom events and purchases among them, as detail of a partner event.
 */
export const BrazeEventSchema = eventBridgeEvent(
  z.looseObject({
    event_type: z.string().min(1),
    id: z.string().min(1),
    /** Epoch seconds. */
    time: z.number(),
    user: z.looseObject({
      user_id: z.string().min(1),
      external_user_id: z.string().nullish(),
      device_id: z.string().nullish(),
      timezone: z.string().nullish(),
    }),
    properties: PropertiesSchema.optional(),
  }),
  { source: /^aws\.partner\/braze\.com\// },
);
/** An event of Braze Currents. */
export type BrazeEvent = z.output<typeof BrazeEventSchema>;
