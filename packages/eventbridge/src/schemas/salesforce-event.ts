import { z } from 'zod';
import { eventBridgeEvent } from './event-bridge-event.ts';

/** Header of change events (Salesforce, "Change Data Capture Developer Guide"). */
const ChangeEventHeaderSchema = z.looseObject({
  entityName: z.string().min(1),
  changeType: z.string().min(1),
  recordIds: z.array(z.string()).min(1),
  changedFields: z.array(z.string()).optional(),
  commitNumber: z.union([z.number(), z.string()]).optional(),
  commitTimestamp: z.number().optional(),
  commitUser: z.string().optional(),
  transactionKey: z.string().optional(),
  sequenceNumber: z.number().optional(),
  changeOrigin: z.string().optional(),
});

/** The record's fields stand beside the header. */
const ChangeSchema = z.looseObject({ ChangeEventHeader: ChangeEventHeaderSchema });

/**
 * What comes in the place of an event that is too large. That it points to a bucket is documented, its members are
 * not: whatever names an object in S3 is taken.
 */
const PointerSchema = z
  .looseObject({})
  .refine((detail) => pointsToS3(detail), 'names no object in S3');

function pointsToS3(value: unknown): boolean {
  if (typeof value === 'string') return /^(?:s3:\/\/|arn:aws[\w-]*:s3:::)/.test(value);
  if (typeof value !== 'object' || value === null) return false;
  const names = Object.keys(value).map((name) => name.toLowerCase());
  const hasBoth = ['bucket', 'key'].every((part) => names.some((name) => name.includes(part)));
  return hasBoth || Object.values(value).some(pointsToS3);
}

/** A change of a record, as Amazon AppFlow sends it, or the pointer to one that is too large. */
export const SalesforceAppFlowEventSchema = eventBridgeEvent(
  z.union([ChangeSchema, PointerSchema]),
  {
    source: /^aws\.partner\/appflow(?:\.[a-z]+)?\/salesforce\.com\//,
  },
);
/** A change of a record, as Amazon AppFlow sends it. */
export type SalesforceAppFlowEvent = z.output<typeof SalesforceAppFlowEventSchema>;

/**
 * A platform or change event that Salesforce's event relay sends (Salesforce, "Event Relay"): the event's fields are
 * the `payload`.
 */
export const SalesforceRelayEventSchema = eventBridgeEvent(
  z.looseObject({
    payload: z.looseObject({}),
    schemaId: z.string().optional(),
    id: z.string().optional(),
  }),
  { source: /^aws\.partner\/salesforce\.com\// },
);
/** An event that Salesforce's event relay sends. */
export type SalesforceRelayEvent = z.output<typeof SalesforceRelayEventSchema>;
