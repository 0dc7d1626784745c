import { secretReferences } from '@bpmn-connectors/sdk';
import { z } from 'zod';

/** Text, or FEEL with a leading `=`, over the variables of an event. */
const expression = z.string().min(1, 'must not be empty');

const eventBridgeSchema = z.strictObject({
  source: expression,
  detailType: expression,
  /** @default the whole of the variables */
  detail: expression.exactOptional(),
  eventBusName: expression.default('default'),
  region: z.string().min(1).exactOptional(),
  resources: expression.exactOptional(),
  time: expression.exactOptional(),
});

const webUrl = z.url({ protocol: /^https?$/ });

const httpSchema = z.strictObject({
  /** May name secrets; what comes of them is looked at when the program starts. */
  url: z
    .string()
    .refine(
      (url) => secretReferences(url).length > 0 || webUrl.safeParse(url).success,
      'must be an http or https URL',
    ),
  /** @default the whole of the variables, as JSON */
  body: expression.exactOptional(),
  headers: z.record(z.string(), z.string()).default({}),
  timeoutMs: z
    .int()
    .min(1)
    .max(3500, 'must leave the sender its answer: at most 3500')
    .default(3000),
});

/** Where events go that no process takes: exactly one. */
const forwardSchema = z
  .strictObject({
    eventBridge: eventBridgeSchema.exactOptional(),
    http: httpSchema.exactOptional(),
    print: z.literal(true, 'must be true').exactOptional(),
  })
  .refine(
    (targets) => Object.keys(targets).length === 1,
    'must name one of eventBridge, http, print',
  );

/** Properties of endpoints, as a model has them, by webhook id. */
const endpointsSchema = z.record(
  z.string().min(1),
  z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]).transform(String)),
);

/** Keys of the configuration file that are no options: they have a structure. */
export const structureSchema = z.strictObject({
  endpoints: endpointsSchema.exactOptional(),
  forward: forwardSchema.exactOptional(),
});

/** Keys that there are below a key of the file, by its path. */
export const keysBelow: Readonly<Record<string, readonly string[]>> = {
  forward: Object.keys(forwardSchema.shape),
  'forward.eventBridge': Object.keys(eventBridgeSchema.shape),
  'forward.http': Object.keys(httpSchema.shape),
};

/** Endpoints without models, and where their events go. */
export type Structure = z.output<typeof structureSchema>;

/** As it may be written. */
export type StructureInput = z.input<typeof structureSchema>;

/** Where events go. */
export type Forward = z.output<typeof forwardSchema>;
