import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Camunda8Settings, examineCluster } from '../src/index.ts';
import { type Fields, type GatewayStub, refuse, startGatewayStub } from './support/gateway-stub.ts';

const healthy = (partitionId: number) => ({ partitionId, role: 'LEADER', health: 'HEALTHY' });
const topology = (version: string, ...partitions: readonly object[]): Fields => ({
  gatewayVersion: version,
  brokers: [{ partitions }],
});

let gateway: GatewayStub;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  gateway = await startGatewayStub();
  gateway.on('Topology', () => topology('8.6.0', healthy(1), healthy(2)));
  gateway.on('ActivateJobs', () => ({ jobs: [] }));
});

afterEach(async () => {
  await gateway.close();
  for (const close of closers.splice(0)) await close();
});

/** An HTTP server that answers every request with a status. @returns its address. */
async function answering(status: number, body = '{}'): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

async function linesOf(settings: Camunda8Settings = {}): Promise<readonly string[]> {
  const grpcAddress = `grpc://${gateway.target}`;
  const findings = await examineCluster({ grpcAddress, ...settings }, { timeoutMs: 1000 });
  return findings.map(({ part, status, text }) => `${status}: ${part}: ${text}`);
}

test('a cluster that is well is good in every part', async () => {
  const restAddress = await answering(200);
  expect(await linesOf({ restAddress, tenantId: 'red' })).toEqual([
    `good: gateway: grpc://${gateway.target} answers, version 8.6.0`,
    'good: partitions: 2, each with a healthy leader',
    'good: jobs: they may be fetched for the tenant red',
    `good: REST API: ${restAddress} answers`,
  ]);
});

test('jobs are asked for once, of a type that nobody has, for the tenant', async () => {
  await linesOf({ tenantId: 'red' });
  const asked = gateway.calls.filter(({ name }) => name === 'ActivateJobs');
  expect(asked).toMatchObject([
    {
      request: {
        type: expect.stringMatching(/^bpmn-connectors:examine:/),
        tenantIds: ['red'],
        requestTimeout: '-1',
      },
    },
  ]);
});

describe('it is told of', () => {
  test('a gateway that is not there', async () => {
    await gateway.close();
    expect(await linesOf()).toContainEqual(
      expect.stringMatching(/^bad: gateway: .* does not answer as wanted: UNAVAILABLE/),
    );
  });

  test('a gateway that says nothing', async () => {
    gateway.on('Topology', () => new Promise<Fields>(() => {}));
    expect(await linesOf()).toContainEqual(
      expect.stringMatching(/^bad: gateway: .*DEADLINE_EXCEEDED/),
    );
  });

  test.each(['UNAUTHENTICATED', 'PERMISSION_DENIED'])('%s credentials', async (name) => {
    const code = name === 'UNAUTHENTICATED' ? 16 : 7;
    gateway.on('Topology', () => Promise.reject(refuse(code, 'no')));
    const findings = await examineCluster({ grpcAddress: `grpc://${gateway.target}` });
    expect(findings).toContainEqual(
      expect.objectContaining({ part: 'gateway', status: 'bad', fix: 'Correct the credentials' }),
    );
  });

  test('a partition without a leader, which is doubtful', async () => {
    gateway.on('Topology', () =>
      topology('8.6.0', healthy(1), { partitionId: 2, role: 'LEADER', health: 'DEAD' }),
    );
    expect(await linesOf()).toContain(
      'doubtful: partitions: partitions without a healthy leader: 2',
    );
  });

  test('partitions that have no leader at all', async () => {
    gateway.on('Topology', () => topology('8.6.0'));
    expect(await linesOf()).toContain('bad: partitions: no partition has a healthy leader');
  });

  test.each([
    [7, 'bad', 'PERMISSION_DENIED'],
    [3, 'bad', 'INVALID_ARGUMENT'],
    [16, 'bad', 'UNAUTHENTICATED'],
    [8, 'doubtful', 'RESOURCE_EXHAUSTED'],
  ])('jobs that are refused with status %s, which is %s', async (code, status, name) => {
    gateway.on('ActivateJobs', () => Promise.reject(refuse(code, 'so it is')));
    expect(await linesOf()).toContain(
      `${status}: jobs: they cannot be fetched without a tenant: ${name}: so it is`,
    );
  });

  test.each([
    ['8.7.4', 'bad'],
    ['7.9.0', 'bad'],
    ['8.8.0', 'good'],
    ['8.10.0-alpha1', 'good'],
    ['9.0.0', 'good'],
  ])('version %s, which is %s where the cluster tells the elements', async (version, status) => {
    gateway.on('Topology', () => topology(version, healthy(1)));
    const lines = await linesOf({ elements: 'cluster', restAddress: await answering(200) });
    expect(lines[0]).toMatch(new RegExp(`^${status}: gateway: .*version ${version}`));
  });

  test.each([401, 403, 404, 502])('a REST API that answers %s', async (status) => {
    const restAddress = await answering(status, '{"detail": "so it is"}');
    expect(await linesOf({ restAddress })).toContain(
      `bad: REST API: ${restAddress} answers ${status}: so it is`,
    );
  });

  test('a REST API that is not there', async () => {
    const restAddress = await answering(200);
    await closers.pop()?.();
    expect(await linesOf({ restAddress })).toContainEqual(
      expect.stringMatching(/^bad: REST API: .* cannot be reached: /),
    );
  });

  test('a token that cannot be had, and then of nothing else', async () => {
    const url = await answering(401);
    const auth = { method: 'oauth', url, clientId: 'id', clientSecret: 'not-told' } as const;
    const lines = await linesOf({ auth });
    expect(lines).toEqual([
      'bad: token: No access token for the cluster: the authorization server answered 401',
    ]);
    expect(gateway.calls).toEqual([]);
  });

  test('a token that was given, which goes with the calls', async () => {
    const url = await answering(200, '{"access_token": "the-token", "expires_in": 300}');
    const seen: unknown[] = [];
    gateway.on('Topology', (_request, headers) => {
      seen.push(headers['authorization']);
      return topology('8.6.0', healthy(1));
    });
    const auth = { method: 'oauth', url, clientId: 'id', clientSecret: 'secret' } as const;
    expect((await linesOf({ auth }))[0]).toBe(`good: token: ${url} gives one`);
    expect(seen).toEqual(['Bearer the-token']);
  });
});
