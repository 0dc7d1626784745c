import { z } from 'zod';
import { eventBridgeEvent } from './event-bridge-event.ts';

const texts = z.array(z.string());

/** A profile that a campaign reached. What of it is sent is chosen in the campaign. */
const ProfileSchema = z.looseObject({
  email: z.string().optional(),
  identity: z.string().optional(),
  clevertapId: z.string().optional(),
  profileData: z.looseObject({}).optional(),
  pushTokens: z.looseObject({ gcm: texts.optional(), apns: texts.optional() }).optional(),
});

/**
 * A campaign that CleverTap sends to its partner event source. CleverTap publishes no schema of the detail: its
 * members are what its documentation names, all of them optional.
 */
export const CleverTapEventSchema = eventBridgeEvent(
  z.looseObject({
    campaignId: z.union([z.number(), z.string()]).optional(),
    campaignName: z.string().optional(),
    type: z.string().optional(),
    profiles: z.array(ProfileSchema).optional(),
  }),
  { source: /^aws\.partner\/clevertap\.com\// },
);
/** A campaign of CleverTap. */
export type CleverTapEvent = z.output<typeof CleverTapEventSchema>;
