import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type LocalEventBridge,
  manualClock,
  startLocalEventBridge,
} from '@bpmn-connectors/testing';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import {
  type GatewayStub,
  refuse,
  startGatewayStub,
} from '../../camunda8/test/support/gateway-stub.ts';
import { copyModel, doctor, modelSecrets } from './doctor-program.ts';

// Processes are started, on machines that may be busy.
jest.setTimeout(60_000);

let folder = '';
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-doctor-'));
});

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await rm(folder, { recursive: true });
});

async function openBridge(aheadMs = 0): Promise<LocalEventBridge> {
  const clock = manualClock(Date.now() - aheadMs);
  const bridge = await startLocalEventBridge(aheadMs === 0 ? {} : { clock });
  closers.push(() => bridge.close());
  return bridge;
}

/** The relay model with another bus, on a stand-in for AWS. */
async function askAws(
  bridge: LocalEventBridge,
  change: (xml: string) => string = (xml) => xml,
  env: Readonly<Record<string, string>> = modelSecrets,
) {
  const model = await copyModel(folder, 'relay.bpmn', change);
  return doctor(folder, [model, '--aws-endpoint', bridge.endpoint], env);
}

const withBus = (bus: string) => (xml: string) =>
  xml.replace(
    'source="default" target="input.eventBusName"',
    `source="${bus}" target="input.eventBusName"`,
  );

const withChain = (xml: string): string =>
  xml
    .replace(
      'source="credentials" target="authentication.type"',
      'source="defaultCredentialsChain" target="authentication.type"',
    )
    .replace(/<zeebe:input source="{{secrets\.AWS_[^>]*>/g, '');

describe('AWS', () => {
  test('is asked for the bus of a model, as whom it says, and no event is put', async () => {
    const bridge = await openBridge();
    const { code, lines, trouble } = await askAws(bridge);
    expect([code, trouble]).toEqual([0, []]);
    expect(lines).toEqual(
      expect.arrayContaining([
        'ok: AWS credentials in eu-central-1: access key …MPLE',
        'ok: event bus default in eu-central-1: ',
        expect.stringMatching(/^ok: clock: \d+ s (behind|ahead of) AWS$/),
      ]),
    );
    expect(bridge.calls.map(({ action }) => action)).toEqual(['DescribeEventBus']);
  });

  test('is not asked where no model puts events', async () => {
    const bridge = await openBridge();
    await doctor(folder, ['--aws-endpoint', bridge.endpoint]);
    expect(bridge.calls).toEqual([]);
  });

  test('does not know a bus: it fails', async () => {
    const bridge = await openBridge();
    const { code, trouble } = await askAws(bridge, withBus('oders'));
    expect([code, trouble]).toEqual([
      1,
      ['fail: event bus oders in eu-central-1: there is no such bus: events would be lost'],
    ]);
  });

  test('is asked for a bus that FEEL without variables names', async () => {
    const bridge = await openBridge();
    const { trouble } = await askAws(bridge, withBus('=&#34;oders&#34;'));
    expect(trouble).toEqual([expect.stringContaining('event bus oders in eu-central-1')]);
  });

  test('does not let us ask for buses: that is a warning', async () => {
    const bridge = await openBridge();
    bridge.failNext({ action: 'DescribeEventBus', kind: 'error', code: 'AccessDeniedException' });
    const { code, trouble } = await askAws(bridge);
    expect([code, trouble]).toEqual([
      0,
      [expect.stringMatching(/^warn: event bus default .*: we may not ask/)],
    ]);
  });

  test('does not take the credentials: it fails, and tells none of them', async () => {
    const bridge = await openBridge();
    bridge.failNext({
      action: 'DescribeEventBus',
      kind: 'error',
      code: 'UnrecognizedClientException',
      message: 'AKIAEXAMPLE with aws-secret-example is unknown',
    });
    const { code, trouble, stdout } = await askAws(bridge);
    expect([code, trouble]).toEqual([
      1,
      [expect.stringMatching(/^fail: event bus default .*: UnrecognizedClientException: /)],
    ]);
    for (const secret of Object.values(modelSecrets)) expect(stdout).not.toContain(secret);
  });

  test('hangs: it fails in time', async () => {
    const bridge = await openBridge();
    bridge.failNext({ action: 'DescribeEventBus', kind: 'hang' });
    const begin = performance.now();
    const { trouble } = await askAws(bridge);
    expect(trouble).toEqual([expect.stringMatching(/^fail: event bus default /)]);
    expect(performance.now() - begin).toBeLessThan(20_000);
  });

  test('has another time: it fails beyond five minutes', async () => {
    const bridge = await openBridge(400_000);
    const { code, trouble } = await askAws(bridge);
    expect([code, trouble]).toEqual([
      1,
      [expect.stringMatching(/^fail: clock: \d+ s ahead of AWS$/)],
    ]);
  });

  test('cannot be found without a region', async () => {
    const bridge = await openBridge();
    const { code, trouble } = await askAws(bridge, (xml) =>
      xml.replace(/<zeebe:input source="eu-central-1"[^>]*>/, ''),
    );
    expect([code, trouble]).toEqual([1, [expect.stringMatching(/^fail: AWS: No region/)]]);
  });

  test('is asked with the default chain of the machine where the model says so', async () => {
    const bridge = await openBridge();
    const env = { ...modelSecrets, AWS_ACCESS_KEY_ID: 'AKIACHAIN', AWS_SECRET_ACCESS_KEY: 's' };
    const { trouble, lines } = await askAws(bridge, withChain, env);
    expect(trouble).toEqual([]);
    expect(lines).toContain('ok: AWS credentials in eu-central-1: access key …HAIN');
  });

  test('cannot be asked where the default chain is empty', async () => {
    const bridge = await openBridge();
    const { code, trouble } = await askAws(bridge, withChain);
    expect([code, trouble]).toEqual([
      1,
      [expect.stringMatching(/^fail: AWS: The default chain has no credentials/)],
    ]);
  });

  test('is asked for what is written where the bus is known to the job alone', async () => {
    const bridge = await openBridge();
    const { code, lines } = await askAws(bridge, withBus('=order.bus'));
    expect(code).toBe(0);
    expect(lines).toEqual(
      expect.arrayContaining([
        'ok: AWS credentials in eu-central-1: access key …MPLE',
        expect.stringMatching(/^ok: .*relay_put.*: where events go is known to the job alone/),
      ]),
    );
  });
});

interface KeySetRow {
  readonly what: string;
  readonly answer: (response: ServerResponse) => void;
  readonly said: string;
}

/** The URL of a server that answers so. */
async function serveKeys(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/jwks`;
}

async function askForKeys(url: string) {
  const model = await copyModel(folder, 'guarded.bpmn');
  const argv = [model, '--private-key-set-hosts', '127.0.0.1'];
  const { lines, code, stdout } = await doctor(folder, argv, {
    ...modelSecrets,
    SECRET_JWKS_URL: url,
  });
  expect(stdout).not.toContain(url);
  return { code, line: lines.find((line) => line.includes('key set')) };
}

const json = (value: unknown) => (response: ServerResponse) =>
  void response.end(JSON.stringify(value));
const where = 'key set {{secrets.JWKS_URL}} of process jwt / element jwt_start';

describe('a key set', () => {
  test('with a key that verifies tokens is good', async () => {
    const { publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'a', use: 'sig' };
    const url = await serveKeys(json({ keys: [jwk] }));
    expect(await askForKeys(url)).toMatchObject({ line: `ok: ${where}: 1 key` });
  });

  const rows: readonly KeySetRow[] = [
    {
      what: 'without any key',
      answer: json({ keys: [] }),
      said: 'none of its 0 keys is for ',
    },
    {
      what: 'with shared keys only',
      answer: json({ keys: [{ kty: 'oct', k: 'AAAA' }] }),
      said: 'none of its 1 keys is for ',
    },
    {
      what: 'that is a page',
      answer: (response) => void response.end('<html></html>'),
      said: '',
    },
    {
      what: 'that is not there',
      answer: (response) => void response.writeHead(404).end(),
      said: 'The key set was answered with 404',
    },
    {
      what: 'that never comes',
      answer: () => undefined,
      said: 'there was no answer in time',
    },
    {
      what: 'that is cut off',
      answer: (response) => void response.destroy(),
      said: 'ECONNRESET',
    },
  ];
  test.each(rows)('$what fails', async ({ answer, said }) => {
    const { code, line } = await askForKeys(await serveKeys(answer));
    expect([code, line]).toEqual([1, expect.stringContaining(`fail: ${where}: ${said}`)]);
  });
});

async function openGateway(): Promise<GatewayStub> {
  const gateway = await startGatewayStub();
  closers.push(() => gateway.close());
  const partitions = [{ partitionId: 1, role: 'LEADER', health: 'HEALTHY' }];
  gateway.on('Topology', () => ({ gatewayVersion: '8.6.0', brokers: [{ partitions }] }));
  gateway.on('ActivateJobs', () => ({ jobs: [] }));
  return gateway;
}

describe('a cluster', () => {
  test('that is well is good', async () => {
    const gateway = await openGateway();
    const { code, lines, trouble } = await doctor(folder, ['--engine', 'camunda8'], {
      ZEEBE_ADDRESS: gateway.target,
    });
    expect([code, trouble]).toEqual([0, []]);
    expect(lines).toContain(
      `ok: cluster: gateway: grpc://${gateway.target} answers, version 8.6.0`,
    );
  });

  test('that does not take the tenant fails', async () => {
    const gateway = await openGateway();
    gateway.on('ActivateJobs', () => Promise.reject(refuse(7, 'not for you')));
    const { code, trouble } = await doctor(folder, ['--engine', 'camunda8'], {
      ZEEBE_ADDRESS: gateway.target,
      CAMUNDA_TENANT_ID: 'red',
    });
    expect([code, trouble]).toEqual([
      1,
      [expect.stringMatching(/^fail: cluster: jobs: .*tenant red: PERMISSION_DENIED: not for you/)],
    ]);
  });

  test('that cannot be reached fails', async () => {
    const gateway = await openGateway();
    await gateway.close();
    const { code, trouble } = await doctor(folder, ['--engine', 'camunda8'], {
      ZEEBE_ADDRESS: gateway.target,
    });
    expect([code, trouble]).toEqual([
      1,
      [expect.stringMatching(/^fail: cluster: gateway: .*UNAVAILABLE/)],
    ]);
  });

  test('that the environment does not tell rightly fails once', async () => {
    const { trouble } = await doctor(folder, ['--engine', 'camunda8'], {
      ZEEBE_ADDRESS: 'grpc://a b',
    });
    expect(trouble).toEqual([expect.stringMatching(/^fail: camunda8 \/ grpcAddress/)]);
  });
});
