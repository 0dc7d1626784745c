import { field } from '@bpmn-connectors/sdk';
import { z } from 'zod';

const hmacOn = { field: 'inbound.shouldValidateHmac', is: 'enabled' } as const;
const timed = ['stripe', 'slack', 'standard-webhooks', 'svix'] as const;
const schemes = ['github', 'twilio', 'shopify', ...timed] as const;

/** Fields for senders that sign the body with a key (HMAC) in a way of their own. */
export const hmacFields = () => ({
  shouldValidateHmac: field(z.enum(['disabled', 'enabled']).default('disabled'), {
    label: 'Signature of the body (HMAC)',
    group: 'signature',
    choices: { disabled: 'Not checked', enabled: 'Checked' },
  }),
  hmacSecret: field(z.string().min(1), {
    label: 'HMAC secret',
    tooltip: 'Name a secret here. Several as a FEEL list make a rotation without a gap.',
    group: 'signature',
    feel: 'optional',
    secret: true,
    placeholder: '{{secrets.WEBHOOK_HMAC}}',
    shownWhen: hmacOn,
  }),
  hmacHeader: field(z.string().min(1), {
    label: 'HMAC header',
    group: 'signature',
    feel: 'optional',
    placeholder: 'X-Signature-256',
    shownWhen: hmacOn,
  }),
  hmacAlgorithm: field(z.enum(['sha_1', 'sha_256', 'sha_512']).default('sha_256'), {
    label: 'HMAC algorithm',
    group: 'signature',
    choices: { sha_1: 'SHA-1', sha_256: 'SHA-256', sha_512: 'SHA-512' },
    shownWhen: hmacOn,
  }),
  hmacScopes: field(z.string().optional(), {
    label: 'What is signed',
    description: 'The body where empty',
    group: 'signature',
    feel: 'required',
    placeholder: '["url", "body"]',
    shownWhen: hmacOn,
  }),
});

/** Fields for the signatures of well-known senders. */
export const signatureFields = () =>
  z.object({
    scheme: field(z.enum(['none', ...schemes]).default('none'), {
      label: 'Signature of a known sender',
      description: 'Counts as authentication',
      group: 'signature',
      choices: {
        none: 'None',
        github: 'GitHub',
        twilio: 'Twilio',
        shopify: 'Shopify',
        stripe: 'Stripe',
        slack: 'Slack',
        'standard-webhooks': 'Standard Webhooks',
        svix: 'Svix',
      },
    }),
    secret: field(z.string().min(1), {
      label: 'Signing secret',
      tooltip: 'Name a secret here. Several as a FEEL list make a rotation without a gap.',
      group: 'signature',
      feel: 'optional',
      secret: true,
      placeholder: '{{secrets.SIGNING_SECRET}}',
      shownWhen: { field: 'inbound.signature.scheme', is: schemes },
    }),
    tolerance: field(z.string().optional(), {
      label: 'Time tolerance',
      description: 'How old or new a signature may be (ISO 8601 duration); 5 minutes where empty',
      group: 'signature',
      placeholder: 'PT5M',
      shownWhen: { field: 'inbound.signature.scheme', is: timed },
    }),
  });
