import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { type Served, serve } from './serve.ts';

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** An issuer of tokens with its key set on loopback. */
export interface Issuer extends Served {
  readonly jwksUrl: string;
  /** Keys that are published. */
  keys: SigningKey[];
  /** How often the key set was asked for. */
  fetches: number;
  /** Answers in the place of the key set. */
  respond: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
}

export async function signingKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}

export async function startIssuer(...keys: SigningKey[]): Promise<Issuer> {
  const served = await serve((request, response) => {
    issuer.fetches++;
    if (issuer.respond !== undefined) return issuer.respond(request, response);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: issuer.keys.map(({ jwk }) => jwk) }));
  });
  const issuer: Issuer = {
    ...served,
    jwksUrl: `${served.url}/jwks.json`,
    keys,
    fetches: 0,
    respond: undefined,
  };
  return issuer;
}

/** Claims of a token that is good at the manual clock's start. */
export const goodClaims = {
  iss: 'https://issuer.example.test',
  aud: 'urn:webhooks',
  sub: 'eventbridge',
  iat: Date.parse('2026-06-01T11:59:00Z') / 1000,
  exp: Date.parse('2026-06-01T12:10:00Z') / 1000,
  roles: ['events:write'],
};

export const signToken = (
  key: SigningKey,
  claims: Readonly<Record<string, unknown>> = goodClaims,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .sign(key.privateKey);
