import { field } from '@bpmn-connectors/sdk';
import { z } from 'zod';

const optionalText = () => z.string().optional();

/** Fields that bound what a sender may do. */
export const limitFields = () => ({
  maxBodySize: field(optionalText(), {
    label: 'Largest body',
    description: 'Larger ones are answered with 413; 2 MB where empty',
    group: 'limits',
    placeholder: '10MB',
  }),
  rateLimit: field(optionalText(), {
    label: 'Rate limit',
    description: 'What is over it is answered with 429, and sent again later',
    group: 'limits',
    placeholder: '100/s',
  }),
  payloadSchema: field(optionalText(), {
    label: 'Payload schema',
    description: 'JSON schema of the body; what does not fit is answered with 422',
    group: 'limits',
    multiline: true,
    placeholder: '{"type": "object", "required": ["orderId"]}',
  }),
});
