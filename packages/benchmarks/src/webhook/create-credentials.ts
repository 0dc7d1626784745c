import { createHmac } from 'node:crypto';
import { type SignatureScheme, signRequest } from '@bpmn-connectors/testing/signers';
import { publicUrl } from '../servers/public-url.ts';
import type { Credentials } from './credentials.ts';
import type { TokenIssuer } from './start-token-issuer.ts';

const apiKey = 'a-key-of-the-benchmark';

const signatureSchemes: readonly SignatureScheme[] = [
  'github',
  'shopify',
  'slack',
  'standard-webhooks',
  'stripe',
  'svix',
  'twilio',
];

/** One entry is a group of rows. */
export function createCredentials({ jwksUrl, issue }: TokenIssuer): readonly Credentials[] {
  const jwt = {
    'inbound.auth.type': 'JWT',
    'inbound.auth.jwt.jwkUrl': jwksUrl,
    'inbound.auth.jwt.audience': 'orders',
  };
  const repeated = bearer(issue());
  return [
    { name: 'none', properties: { 'inbound.auth.type': 'NONE' }, headersFor: () => ({}) },
    {
      name: 'API key',
      properties: { 'inbound.auth.type': 'APIKEY', 'inbound.auth.apiKey': apiKey },
      headersFor: () => ({ apikey: apiKey }),
    },
    {
      name: 'HMAC',
      properties: {
        'inbound.shouldValidateHmac': 'enabled',
        'inbound.hmacSecret': apiKey,
        'inbound.hmacHeader': 'x-signature',
        'inbound.hmacAlgorithm': 'sha_256',
      },
      headersFor: (body) => ({
        'x-signature': createHmac('sha256', apiKey).update(body).digest('hex'),
      }),
    },
    { name: 'JWT, repeated token', properties: jwt, headersFor: () => repeated },
    { name: 'JWT, fresh tokens', properties: jwt, headersFor: () => bearer(issue()) },
    ...signatureSchemes.map(signatureOf),
  ];
}

function signatureOf(scheme: SignatureScheme): Credentials {
  const secret = `whsec_${Buffer.from(apiKey).toString('base64')}`;
  const sign = (body: string) =>
    signRequest(scheme, {
      url: `${publicUrl}/webhooks/orders`,
      body,
      secret,
      at: Math.floor(Date.now() / 1000),
    });
  return {
    name: scheme,
    isSignature: true,
    properties: { 'inbound.signature.scheme': scheme, 'inbound.signature.secret': secret },
    headersFor: (body) => sign(body).headers,
    queryFor: (body) => new URL(sign(body).url).search,
  };
}

const bearer = (token: string): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${token}`,
});
