import { createHash, createHmac } from 'node:crypto';

/** Senders whose signatures can be made. */
export type SignatureScheme =
  | 'github'
  | 'shopify'
  | 'slack'
  | 'standard-webhooks'
  | 'stripe'
  | 'svix'
  | 'twilio';

/** A request to sign. */
export interface UnsignedRequest {
  /** Public URL of the webhook: Twilio signs it. */
  readonly url: string;
  /** Raw bytes as text. Twilio's is a form unless it begins with a brace. */
  readonly body: string;
  readonly secret: string;
  /** Epoch seconds, for schemes with a time. */
  readonly at: number;
  /** Of the message, for Standard Webhooks and Svix. */
  readonly id?: string;
}

/** What a sender adds to a request. */
export interface Signed {
  /** Twilio adds `bodySHA256` to that of a JSON request; all others leave it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const hmac = (
  algorithm: 'sha1' | 'sha256',
  key: string | Buffer,
  text: string,
  encoding: 'hex' | 'base64',
): string => createHmac(algorithm, key).update(text).digest(encoding);

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const signStandard =
  (prefix: 'webhook' | 'svix') =>
  ({ url, body, secret, at, id = 'msg_1' }: UnsignedRequest): Signed => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return {
      url,
      headers: {
        [`${prefix}-id`]: id,
        [`${prefix}-timestamp`]: String(at),
        [`${prefix}-signature`]: `v1,${hmac('sha256', key, `${id}.${at}.${body}`, 'base64')}`,
      },
    };
  };

// The URL is signed as it is written: its other parameters must not be encoded anew.
const withHash = (url: string, hash: string): string =>
  /[?&]bodySHA256=/.test(url) ? url : `${url}${url.includes('?') ? '&' : '?'}bodySHA256=${hash}`;

/** https://www.twilio.com/docs/usage/security */
function signTwilio({ url, body, secret }: UnsignedRequest): Signed {
  const isJson = body.startsWith('{');
  const pairs = isJson ? [] : [...new URLSearchParams(body)].map(([name, value]) => name + value);
  const signedUrl = isJson ? withHash(url, createHash('sha256').update(body).digest('hex')) : url;
  const text = signedUrl + [...new Set(pairs)].sort().join('');
  return {
    url: signedUrl,
    headers: { 'X-Twilio-Signature': hmac('sha1', secret, text, 'base64') },
  };
}

const signers: Readonly<Record<SignatureScheme, (request: UnsignedRequest) => Signed>> = {
  github: ({ url, body, secret }) => ({
    url,
    headers: { 'X-Hub-Signature-256': `sha256=${hmac('sha256', secret, body, 'hex')}` },
  }),
  shopify: ({ url, body, secret }) => ({
    url,
    headers: { 'X-Shopify-Hmac-Sha256': hmac('sha256', secret, body, 'base64') },
  }),
  slack: ({ url, body, secret, at }) => ({
    url,
    headers: {
      'X-Slack-Request-Timestamp': String(at),
      'X-Slack-Signature': `v0=${hmac('sha256', secret, `v0:${at}:${body}`, 'hex')}`,
    },
  }),
  'standard-webhooks': signStandard('webhook'),
  stripe: ({ url, body, secret, at }) => ({
    url,
    headers: { 'Stripe-Signature': `t=${at},v1=${hmac('sha256', secret, `${at}.${body}`, 'hex')}` },
  }),
  svix: signStandard('svix'),
  twilio: signTwilio,
};

/**
 * Signs a request as a sender does, so that a test or a person can send what that sender would.
 * @example
 * const { headers } = signRequest('github', { url, body, secret: 'the secret', at: Math.floor(Date.now() / 1000) });
 */
export const signRequest = (scheme: SignatureScheme, request: UnsignedRequest): Signed =>
  signers[scheme](request);
