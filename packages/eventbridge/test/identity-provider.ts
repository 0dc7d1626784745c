import { createServer, type RequestListener } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type JWK } from 'oidc-provider';
import { z } from 'zod';

/** An OpenID provider on loopback that gives its one client access tokens: signed JWTs with a role. */
export interface IdentityProvider {
  readonly url: string;
  readonly client: { readonly id: string; readonly secret: string };
  /** Signs with the first key from now on, and publishes all. */
  rotate(...keys: JWK[]): void;
  /** A token as an API destination gets it: by client credentials, form-encoded. */
  token(): Promise<string>;
  close(): Promise<void>;
}

const TokenSchema = z.object({ access_token: z.string() });

const audience = 'urn:webhooks';

/** A private key as providers keep it. */
export async function providerKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kty: 'RSA', kid, alg: 'RS256', use: 'sig' };
}

/** Starts oidc-provider. @param roles claim of all its tokens. */
export async function startIdentityProvider(
  roles: readonly string[],
  ...keys: JWK[]
): Promise<IdentityProvider> {
  const client = { id: 'eventbridge', secret: 'a-secret-of-the-connection' };
  let handle: RequestListener = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}`;
  const rotate = (...published: JWK[]): void => {
    const callback = createProvider(url, client, roles, published).callback();
    handle = (request, response) => void callback(request, response);
  };
  rotate(...keys);
  return {
    url,
    client,
    rotate,
    token: async () => {
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: client.id,
        client_secret: client.secret,
      });
      const response = await fetch(`${url}/token`, { method: 'POST', body });
      return TokenSchema.parse(await response.json()).access_token;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function createProvider(
  url: string,
  client: IdentityProvider['client'],
  roles: readonly string[],
  keys: readonly JWK[],
): Provider {
  return new Provider(url, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [...keys] },
    extraTokenClaims: () => ({ roles }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience,
          accessTokenTTL: 600,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
}
