import { cloudEventsSender } from './cloud-events-sender.ts';
import { contentTypeOf } from './content-type-of.ts';
import type { Sender } from './sender.ts';

const json = { 'Content-Type': 'application/json' };

/** These post forms, and JSON for some of their events. */
const formOrJson = (body: string): { readonly 'Content-Type': string } =>
  body.trimStart().startsWith('{') ? json : { 'Content-Type': 'application/x-www-form-urlencoded' };

/** Who can be posted as, with the headers that each is known to send. */
export const senders: Readonly<Record<string, Sender>> = {
  // As measured of an API destination, but for Accept-Encoding: people are to read the answer.
  eventbridge: {
    headers: () => ({
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': 'Amazon/EventBridge/ApiDestinations',
      Range: 'bytes=0-1048575',
    }),
  },
  // https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
  github: {
    scheme: 'github',
    type: 'X-GitHub-Event',
    headers: ({ type = 'push', id }) => ({
      ...json,
      Accept: '*/*',
      'User-Agent': 'GitHub-Hookshot/0000000',
      'X-GitHub-Event': type,
      'X-GitHub-Delivery': id,
    }),
  },
  // https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
  twilio: {
    scheme: 'twilio',
    headers: ({ body, id }) => ({
      ...formOrJson(body),
      'User-Agent': 'TwilioProxy/1.1',
      'I-Twilio-Idempotency-Token': id,
    }),
  },
  stripe: {
    scheme: 'stripe',
    headers: () => ({
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    }),
  },
  slack: {
    scheme: 'slack',
    headers: ({ body }) => ({
      ...formOrJson(body),
      'User-Agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    }),
  },
  // https://shopify.dev/docs/apps/build/webhooks#headers
  shopify: {
    scheme: 'shopify',
    type: 'X-Shopify-Topic',
    headers: ({ type = 'orders/create', id }) => ({
      ...json,
      'User-Agent': 'Shopify-Captain-Hook',
      'X-Shopify-Topic': type,
      'X-Shopify-Webhook-Id': id,
      'X-Shopify-Shop-Domain': 'example.myshopify.com',
    }),
  },
  'standard-webhooks': { scheme: 'standard-webhooks', headers: () => json },
  svix: {
    scheme: 'svix',
    headers: () => ({ ...json, 'User-Agent': 'Svix-Webhooks/1.0' }),
  },
  cloudevents: cloudEventsSender,
  plain: { headers: ({ body }) => ({ 'Content-Type': contentTypeOf(body) }) },
};

/** As they are listed. */
export const senderNames: readonly string[] = Object.keys(senders);
