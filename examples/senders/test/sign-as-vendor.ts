import { type SignatureScheme, signRequest } from '@bpmn-connectors/testing';
import { sign as signGitHub } from '@octokit/webhooks-methods';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';

/** What a sender has when it sends. */
export interface Outgoing {
  readonly url: string;
  readonly body: string;
  readonly secret: string;
}

type Headers = Readonly<Record<string, string>>;

const now = (): Date => new Date();
const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

const signOurselves =
  (scheme: SignatureScheme) =>
  (outgoing: Outgoing): Headers =>
    signRequest(scheme, { ...outgoing, at: seconds(now()) }).headers;

const apiKey = ({ secret }: Outgoing): Headers => ({ 'X-Api-Key': secret });

/** The libraries of Slack and Shopify bring whole servers with them: those two are signed by our own signers. */
const vendors: Readonly<Record<string, (outgoing: Outgoing) => Headers | Promise<Headers>>> = {
  eventbridge: apiKey,
  github: async ({ body, secret }) => ({ 'X-Hub-Signature-256': await signGitHub(secret, body) }),
  twilio: ({ url, body, secret }) => ({
    'X-Twilio-Signature': getExpectedTwilioSignature(
      secret,
      url,
      Object.fromEntries(new URLSearchParams(body)),
    ),
  }),
  stripe: ({ body, secret }) => ({
    'Stripe-Signature': new Stripe('sk_test_none').webhooks.generateTestHeaderString({
      payload: body,
      secret,
    }),
  }),
  cloudevents: ({ secret }) => ({
    Authorization: `Basic ${Buffer.from(`eventbridge:${secret}`).toString('base64')}`,
  }),
  slack: signOurselves('slack'),
  shopify: signOurselves('shopify'),
  'standard-webhooks': ({ body, secret }) => {
    const at = now();
    return {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(seconds(at)),
      'webhook-signature': new StandardWebhook(secret).sign('msg_1', at, body),
    };
  },
  svix: ({ body, secret }) => {
    const at = now();
    return {
      'svix-id': 'msg_1',
      'svix-timestamp': String(seconds(at)),
      'svix-signature': new SvixWebhook(secret).sign('msg_1', at, body),
    };
  },
  clevertap: apiKey,
  braze: apiKey,
  salesforce: apiKey,
};

/**
 * Headers by which a sender proves who it is, made by its vendor's library where there is a small one.
 * @throws {TypeError} an unknown sender.
 */
export async function signAsVendor(sender: string, outgoing: Outgoing): Promise<Headers> {
  const sign = vendors[sender];
  if (sign === undefined) throw new TypeError(`There is no signer for ${sender}`);
  return sign(outgoing);
}
