import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@bpmn-connectors/sdk';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { basicCredentials } from '../src/credentials/basic-credentials.ts';
import { oauthCredentials } from '../src/credentials/oauth-credentials.ts';
import { createCamunda8 } from '../src/index.ts';
import { type GatewayStub, refuse, startGatewayStub } from './support/gateway-stub.ts';

/** An authorization server: hands out numbered tokens, or answers with a status. */
interface AuthorizationStub {
  readonly url: string;
  readonly forms: URLSearchParams[];
  status: number;
  close(): void;
}

async function startAuthorization(): Promise<AuthorizationStub> {
  const forms: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      forms.push(new URLSearchParams(body));
      response.writeHead(stub.status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          access_token: `token-${forms.length}`,
          expires_in: 300,
          token_type: 'Bearer',
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stub: AuthorizationStub = {
    url: `http://127.0.0.1:${port}/token`,
    forms,
    status: 200,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return stub;
}

function movableClock(): Clock & { now: () => number; move: (ms: number) => void } {
  let now = 1_000_000;
  return {
    now: () => now,
    schedule: () => () => undefined,
    move: (ms) => {
      now += ms;
    },
  };
}

let authorization: AuthorizationStub;
beforeEach(async () => {
  authorization = await startAuthorization();
});
afterEach(() => authorization.close());

const client = () => ({
  url: authorization.url,
  clientId: 'id',
  clientSecret: 'pass',
  audience: 'zeebe.camunda.io',
  scope: 'all',
});

describe('OAuth', () => {
  test('asks with the client credentials grant, once for many calls', async () => {
    const credentials = oauthCredentials(client(), movableClock());
    const headers = await Promise.all([credentials.headers(), credentials.headers()]);
    expect(headers).toEqual([
      { authorization: 'Bearer token-1' },
      { authorization: 'Bearer token-1' },
    ]);
    expect(authorization.forms.map((form) => Object.fromEntries(form))).toEqual([
      {
        grant_type: 'client_credentials',
        client_id: 'id',
        client_secret: 'pass',
        audience: 'zeebe.camunda.io',
        scope: 'all',
      },
    ]);
  });

  test('renews a token shortly before it ends', async () => {
    const clock = movableClock();
    const credentials = oauthCredentials(client(), clock);
    await credentials.headers();
    clock.move(269_000);
    expect(await credentials.headers()).toEqual({ authorization: 'Bearer token-1' });
    clock.move(2000);
    expect(await credentials.headers()).toEqual({ authorization: 'Bearer token-2' });
  });

  test('uses the old token to its end while there is no new one', async () => {
    const clock = movableClock();
    const credentials = oauthCredentials(client(), clock);
    await credentials.headers();
    authorization.status = 500;
    clock.move(280_000);
    expect(await credentials.headers()).toEqual({ authorization: 'Bearer token-1' });
    clock.move(21_000);
    await expect(credentials.headers()).rejects.toThrow('500');
  });

  test('leaves a server alone for a while that refused, longer each time', async () => {
    authorization.status = 401;
    const clock = movableClock();
    const credentials = oauthCredentials(client(), clock);
    const asked: number[] = [];
    for (const wait of [0, 500, 600, 1500, 600]) {
      clock.move(wait);
      await expect(credentials.headers()).rejects.toThrow('401');
      asked.push(authorization.forms.length);
    }
    expect(asked).toEqual([1, 1, 2, 2, 3]);
  });

  test('never says the secret when it fails', async () => {
    authorization.status = 401;
    const credentials = oauthCredentials(client(), movableClock());
    const error: unknown = await credentials.headers().catch((e: unknown) => e);
    expect(String(error)).not.toContain('pass');
  });
});

describe('calls to the gateway', () => {
  let gateway: GatewayStub;
  let seen: unknown[];
  beforeEach(async () => {
    seen = [];
    gateway = await startGatewayStub();
    gateway.on('PublishMessage', (_, headers) => {
      seen.push(headers['authorization']);
      return { key: '1' };
    });
  });
  afterEach(() => gateway.close());

  const publish = {
    kind: 'publish',
    messageName: 'm',
    correlationKey: '',
    variables: {},
  } as const;

  test('carry a user name and password as RFC 7617 writes them', async () => {
    const credentials = basicCredentials('Aladdin', 'open sesame');
    expect(await credentials.headers()).toEqual({
      authorization: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
    });
    const auth = { method: 'basic', username: 'Aladdin', password: 'open sesame' } as const;
    const camunda8 = createCamunda8({ grpcAddress: gateway.target, auth });
    await camunda8.send(publish);
    await camunda8.close();
    expect(seen).toEqual(['Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==']);
  });

  test('carry a token, and a new one after the cluster took it for wrong', async () => {
    const auth = { method: 'oauth', ...client() } as const;
    const clock = movableClock();
    const camunda8 = createCamunda8({ grpcAddress: gateway.target, auth, clock });
    await camunda8.send(publish);
    clock.move(10_000);
    gateway.on('PublishMessage', () => {
      throw refuse(16, 'token expired');
    });
    expect(await camunda8.send(publish)).toMatchObject({ status: 'unavailable' });
    gateway.on('PublishMessage', (_, headers) => {
      seen.push(headers['authorization']);
      return { key: '1' };
    });
    expect(await camunda8.send(publish)).toMatchObject({ status: 'accepted' });
    await camunda8.close();
    expect(seen).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('do not ask for token after token where the cluster takes none of them', async () => {
    const auth = { method: 'oauth', ...client() } as const;
    const clock = movableClock();
    const camunda8 = createCamunda8({ grpcAddress: gateway.target, auth, clock });
    gateway.on('PublishMessage', () => {
      throw refuse(16, 'wrong audience');
    });
    for (let call = 0; call < 4; call++) await camunda8.send(publish);
    expect(authorization.forms).toHaveLength(1);
    clock.move(10_000);
    for (let call = 0; call < 4; call++) await camunda8.send(publish);
    await camunda8.close();
    expect(authorization.forms).toHaveLength(2);
  });

  test('are unavailable while there is no token', async () => {
    authorization.status = 503;
    const auth = { method: 'oauth', ...client() } as const;
    const camunda8 = createCamunda8({ grpcAddress: gateway.target, auth });
    const outcome = await camunda8.send(publish);
    await camunda8.close();
    expect(outcome).toMatchObject({ status: 'unavailable', code: 'CONNECTION' });
    expect(seen).toEqual([]);
  });
});
