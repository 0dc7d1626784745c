import { github } from './github.ts';
import { shopify } from './shopify.ts';
import type { SignatureScheme } from './signature-scheme.ts';
import { slack } from './slack.ts';
import { standardWebhooks, svix } from './standard-webhooks.ts';
import { stripe } from './stripe.ts';
import { twilio } from './twilio.ts';

/** The senders whose signatures are known. */
export const signatureSchemes: readonly SignatureScheme[] = [
  github,
  twilio,
  stripe,
  slack,
  shopify,
  standardWebhooks,
  svix,
];
