import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { Outcome } from '@bpmn-connectors/sdk';
import { logVerbosity, ServerCredentials, setLogVerbosity } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Camunda8Settings, createCamunda8 } from '../src/index.ts';
import { type GatewayStub, startGatewayStub } from './support/gateway-stub.ts';
import { type ConnectProxy, startProxy } from './support/start-proxy.ts';

// The client writes every refusal of a proxy to the console.
setLogVerbosity(logVerbosity.NONE);

const pem = (name: string) => readFileSync(new URL(`./data/certificates/${name}`, import.meta.url));

const authority = pem('ca.pem');
const pair = { key: pem('server.key'), cert: pem('server.pem') };

const names = ['grpc', 'https', 'http', 'all', 'no', 'no_grpc'].map((name) => `${name}_proxy`);
const variables = [...names, ...names.map((name) => name.toUpperCase())];
const before = variables.map((name) => [name, process.env[name]] as const);

let proxy: ConnectProxy;
let gateway: GatewayStub;
let close: (() => unknown)[] = [];

beforeEach(async () => {
  for (const name of variables) delete process.env[name];
  proxy = await startProxy();
  close.push(() => proxy.close());
});

afterEach(async () => {
  for (const end of close.toReversed()) await end();
  close = [];
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

async function startGateway(credentials?: ServerCredentials): Promise<string> {
  gateway = await startGatewayStub(credentials === undefined ? {} : { credentials });
  gateway.on('PublishMessage', () => ({ key: '1' }));
  close.push(() => gateway.close());
  return gateway.target;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('No port was bound');
  return `127.0.0.1:${bound.port}`;
}

const correlated: RequestListener = (_, response) => {
  response.end('{"messageKey":"1","processInstanceKey":"2"}');
};

async function send(
  settings: Camunda8Settings,
  kind: 'publish' | 'correlate',
): Promise<Outcome['status']> {
  const camunda8 = createCamunda8({ requestTimeoutMs: 3000, ...settings });
  const { status } = await camunda8.send({
    kind,
    messageName: 'm',
    correlationKey: '',
    variables: {},
  });
  await camunda8.close();
  return status;
}

describe('gRPC', () => {
  test.each(['grpc_proxy', 'https_proxy', 'http_proxy'])('goes through %s', async (name) => {
    const target = await startGateway();
    process.env[name] = `http://${proxy.host}`;
    expect(await send({ grpcAddress: target }, 'publish')).toBe('accepted');
    expect(proxy.targets).toEqual([target]);
  });

  test('goes through with TLS, to the certificate of the gateway', async () => {
    const keys = { private_key: pair.key, cert_chain: pair.cert };
    const target = await startGateway(ServerCredentials.createSsl(null, [keys]));
    process.env['https_proxy'] = `http://${proxy.host}`;
    const tls = { rootCertificates: authority };
    expect(await send({ grpcAddress: `grpcs://${target}`, tls }, 'publish')).toBe('accepted');
    expect(proxy.targets).toEqual([target]);
  });

  test.each(['no_proxy', 'no_grpc_proxy'])('goes straight to hosts in %s', async (name) => {
    const target = await startGateway();
    process.env['https_proxy'] = `http://${proxy.host}`;
    process.env[name] = 'example.com,127.0.0.1';
    expect(await send({ grpcAddress: target }, 'publish')).toBe('accepted');
    expect(proxy.targets).toEqual([]);
  });
});

describe('the REST API', () => {
  test.each(['https_proxy', 'HTTPS_PROXY'])('is reached with TLS through %s', async (name) => {
    const target = await listen(createHttps(pair, correlated));
    process.env[name] = `http://${proxy.host}`;
    const settings = { restAddress: `https://${target}`, tls: { rootCertificates: authority } };
    expect(await send(settings, 'correlate')).toBe('correlated');
    expect(proxy.targets).toEqual([target]);
  });

  test('is not spoken to through a proxy when its authority is not known', async () => {
    const target = await listen(createHttps(pair, correlated));
    process.env['https_proxy'] = `http://${proxy.host}`;
    expect(await send({ restAddress: `https://${target}` }, 'correlate')).toBe('unavailable');
    expect(proxy.targets).toEqual([target]);
  });

  test('is reached without TLS through http_proxy', async () => {
    const target = await listen(createHttp(correlated));
    process.env['http_proxy'] = `http://${proxy.host}`;
    expect(await send({ restAddress: `http://${target}` }, 'correlate')).toBe('correlated');
    expect(proxy.targets).toEqual([target]);
  });

  test('is reached straight where no_proxy names its host', async () => {
    const target = await listen(createHttp(correlated));
    process.env['http_proxy'] = `http://${proxy.host}`;
    process.env['no_proxy'] = 'example.com,127.0.0.1';
    expect(await send({ restAddress: `http://${target}` }, 'correlate')).toBe('correlated');
    expect(proxy.targets).toEqual([]);
  });
});

test('a token is asked for through the proxy, as the call that carries it', async () => {
  const seen: unknown[] = [];
  const target = await startGateway();
  gateway.on('PublishMessage', (_, headers) => {
    seen.push(headers['authorization']);
    return { key: '1' };
  });
  const authorization = await listen(
    createHttp((_, response) => response.end('{"access_token":"t","expires_in":300}')),
  );
  process.env['http_proxy'] = `http://${proxy.host}`;
  const url = `http://${authorization}/token`;
  const auth = { method: 'oauth', url, clientId: 'id', clientSecret: 'pass' } as const;
  expect(await send({ grpcAddress: target, auth }, 'publish')).toBe('accepted');
  expect(seen).toEqual(['Bearer t']);
  expect(proxy.targets).toEqual([authorization, target]);
});

describe('a proxy', () => {
  test('that wants credentials gets those of its address', async () => {
    const target = await startGateway();
    const restAddress = `http://${await listen(createHttp(correlated))}`;
    process.env['http_proxy'] = `http://us%40er:pa%3Ass@${proxy.host}`;
    expect(await send({ grpcAddress: target }, 'publish')).toBe('accepted');
    expect(await send({ restAddress }, 'correlate')).toBe('correlated');
    const shown = `Basic ${Buffer.from('us@er:pa:ss').toString('base64')}`;
    expect(proxy.credentials).toEqual([shown, shown]);
  });

  test.each([403, 404, 407])('that refuses with %d is our trouble', async (refusal) => {
    const target = await startGateway();
    const restAddress = `http://${await listen(createHttp(correlated))}`;
    process.env['http_proxy'] = `http://${proxy.host}`;
    proxy.refusal = refusal;
    expect(await send({ grpcAddress: target }, 'publish')).toBe('unavailable');
    expect(await send({ restAddress }, 'correlate')).toBe('unavailable');
  });
});
