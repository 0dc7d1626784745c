import { z } from 'zod';

/** An event as CloudEvents has it in JSON (specification 1.0.2, JSON format, section 3). Extensions are kept. */
export const CloudEventSchema = z
  .looseObject({
    specversion: z.literal('1.0'),
    id: z.string().min(1),
    source: z.string().min(1),
    type: z.string().min(1),
    subject: z.string().min(1).optional(),
    time: z.iso.datetime({ offset: true }).optional(),
    datacontenttype: z.string().min(1).optional(),
    dataschema: z.string().min(1).optional(),
    data: z.unknown().optional(),
    data_base64: z.base64().optional(),
  })
  .refine(
    (event) => event.data === undefined || event.data_base64 === undefined,
    'has data and data_base64',
  );
/** An event as CloudEvents has it in JSON. */
export type CloudEvent = z.output<typeof CloudEventSchema>;
