import { z } from 'zod';
import { authenticationFields } from './authentication-fields.ts';
import { endpointFields } from './endpoint-fields.ts';
import { limitFields } from './limit-fields.ts';
import { responseFields } from './response-fields.ts';
import { hmacFields, signatureFields } from './signature-fields.ts';

/** Properties of a webhook for any sender, as templates show them. */
export const webhookProperties = z.object({
  inbound: z.object({
    ...endpointFields(),
    auth: authenticationFields({
      label: 'Authentication',
      description: 'What the sender has to bring',
      initial: 'NONE',
      apiKeyLocator: '=split(request.headers.authorization, " ")[2]',
    }),
    ...hmacFields(),
    signature: signatureFields(),
    ...responseFields(),
    ...limitFields(),
  }),
});
