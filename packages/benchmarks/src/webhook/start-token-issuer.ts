import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Issues tokens (ES256) and serves the key that they are checked with. */
export interface TokenIssuer {
  readonly jwksUrl: string;
  /** A token that no other one is equal to, good for an hour. */
  readonly issue: () => string;
  readonly close: () => Promise<void>;
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** Listens on loopback. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES256', use: 'sig' };
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const header = encode({ alg: 'ES256', kid: 'bench' });
  const exp = Math.floor(Date.now() / 1000) + 3600;
  let issued = 0;
  return {
    jwksUrl: `http://127.0.0.1:${port}/jwks`,
    issue: () => {
      issued += 1;
      const content = `${header}.${encode({ aud: 'orders', exp, jti: String(issued) })}`;
      const signature = sign('sha256', Buffer.from(content), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      });
      return `${content}.${signature.toString('base64url')}`;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
