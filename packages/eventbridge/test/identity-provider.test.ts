import { createServer } from 'node:http';
import { createInbound } from '@bpmn-connectors/runtime';
import { webhook } from '@bpmn-connectors/webhook';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type IdentityProvider, providerKey, startIdentityProvider } from './identity-provider.ts';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Serves a webhook for tokens of a provider; tells what it answers to one. */
async function serveFor(provider: IdentityProvider, requiredRole = 'events:write') {
  const hooks = webhook({ jwks: { privateHosts: ['127.0.0.1'], cooldownMs: 0 } });
  const inbound = createInbound({
    connectors: [hooks],
    send: async () => ({ status: 'started', processInstanceKey: '1' }),
  });
  const properties = {
    'inbound.type': 'io.camunda:webhook:1',
    'inbound.context': 'orders',
    'inbound.auth.type': 'JWT',
    'inbound.auth.jwt.jwkUrl': `${provider.url}/jwks`,
    'inbound.auth.jwt.issuer': provider.url,
    'inbound.auth.jwt.audience': 'urn:webhooks',
    'inbound.auth.jwt.permissionsExpression': '=roles',
    'inbound.auth.jwt.requiredPermissions': `=["${requiredRole}"]`,
  };
  const element = { processId: 'p', elementId: 'Start', elementType: 'startEvent' } as const;
  expect(await inbound.update([{ ...element, properties }])).toMatchObject({ active: 1 });
  const server = createServer(createNodeHandler(hooks));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(async () => {
    server.close();
    server.closeAllConnections();
    await inbound.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return async (token: string): Promise<number> => {
    const response = await fetch(`http://127.0.0.1:${port}/webhooks/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    return response.status;
  };
}

async function startProvider(...keys: Parameters<IdentityProvider['rotate']>) {
  const provider = await startIdentityProvider(['events:write'], ...keys);
  endings.push(() => provider.close());
  return provider;
}

describe('tokens of an OpenID provider', () => {
  test('are taken, with the role the webhook asks for', async () => {
    const provider = await startProvider(await providerKey('k1'));
    const present = await serveFor(provider);
    expect(await present(await provider.token())).toBe(200);
  });

  test('without the role are forbidden', async () => {
    const provider = await startProvider(await providerKey('k1'));
    const present = await serveFor(provider, 'events:admin');
    expect(await present(await provider.token())).toBe(403);
  });

  test('of another provider are refused', async () => {
    const provider = await startProvider(await providerKey('k1'));
    const other = await startProvider(await providerKey('k1'));
    const present = await serveFor(provider);
    expect(await present(await other.token())).toBe(401);
  });

  test('stay good while their key is published, and no longer', async () => {
    const [first, second, third] = await Promise.all(['k1', 'k2', 'k3'].map(providerKey));
    if (!first || !second || !third) throw new Error('no keys');
    const provider = await startProvider(first);
    const present = await serveFor(provider);
    const oldToken = await provider.token();
    expect(await present(oldToken)).toBe(200);

    provider.rotate(second, first);
    const newToken = await provider.token();
    expect(await present(newToken)).toBe(200);
    expect(await present(oldToken)).toBe(200);

    provider.rotate(third, second);
    expect(await present(await provider.token())).toBe(200);
    expect(await present(newToken)).toBe(200);
    expect(await present(oldToken)).toBe(401);
  });

  test('cannot be checked while the provider is down before its keys were seen: 503, so that the event comes again', async () => {
    const provider = await startProvider(await providerKey('k1'));
    const present = await serveFor(provider);
    const token = await provider.token();
    await provider.close();
    expect(await present(token)).toBe(503);
  });
});
