import { createServer, request as httpRequest, type Server } from 'node:http';
import { connect } from 'node:net';
import {
  ConfigurationError,
  type DeliverySummary,
  type IncidentView,
  type InstanceView,
  type ProcessRuntime,
  type Resource,
} from '@bpmn-connectors/sdk';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import {
  createHealth,
  createManagement,
  createMetrics,
  loopbackAuthorities,
  type ManagedConnectorRuntime,
  type ManagementOptions,
} from '../src/index.ts';
import { createRoutes } from '../src/routes.ts';
import { problemViewSchema } from '../src/views/problem-view.ts';

const instance: InstanceView = {
  key: '2251799813685249',
  processId: 'order',
  version: 1,
  state: 'incident',
  variables: { total: 12.5 },
  startedAt: '2026-11-21T10:00:00.000Z',
  elements: [{ elementId: 'Task_1', state: 'incident' }],
};

const incident: IncidentView = {
  key: '7',
  instanceKey: instance.key,
  processId: 'order',
  elementId: 'Task_1',
  code: 'JOB_NO_RETRIES',
  message: 'no retries left',
  createdAt: '2026-11-21T10:00:01.000Z',
};

const delivery: DeliverySummary = {
  id: 'd1',
  connectorType: 'io.camunda:webhook:1',
  endpoint: 'orders',
  at: '2026-11-21T10:00:00.000Z',
  status: 200,
  outcome: 'correlated',
  step: 'send',
  durationMs: 3,
  traceId: '0af7651916cd43dd8448eb211c80319c',
};

const letter = {
  id: 'l1',
  webhookId: 'orders',
  at: '2026-11-21T10:00:00.000Z',
  step: 'correlation-key',
  code: 'NO_CORRELATION_KEY',
  message: 'the key is null',
};

const administered = (): ProcessRuntime => ({
  name: 'test',
  health: async () => ({ status: 'up' }),
  close: async () => {},
  instances: async ({ limit, state }) => ({
    items: state === 'completed' ? [] : [instance],
    cursor: limit === 1 ? 'next' : null,
  }),
  instance: async (key) => (key === instance.key ? instance : undefined),
  incidents: async () => ({ items: [incident], cursor: null }),
  resolveIncident: async (key) => key === incident.key,
});

const bare: ProcessRuntime = {
  name: 'bare',
  health: async () => ({ status: 'up' }),
  close: async () => {},
};

const connectors: ManagedConnectorRuntime = {
  health: async () => ({ status: 'up' }),
  endpoints: () => [
    {
      webhookId: 'orders',
      urls: ['/webhooks/orders'],
      method: 'POST',
      auth: 'BASIC',
      processId: 'order',
      version: 1,
      elementId: 'Start',
      state: 'active',
      warnings: [],
      counts: { correlated: 1 },
      lastDeliveryAt: delivery.at,
    },
  ],
  deliveries: async ({ webhookId }) => ({
    items: webhookId === 'other' ? [] : [delivery],
    cursor: null,
  }),
  deadLetters: async () => ({ items: [letter], cursor: null }),
  deadLetter: async (id) =>
    id === letter.id
      ? { ...letter, envelope: { method: 'POST' }, bodyBase64: 'e30=', steps: [] }
      : undefined,
  replay: async (id) => (id === letter.id ? { outcome: 'correlated' } : undefined),
};

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const listen = async (server: Server): Promise<number> => {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  json(): unknown;
}

interface Sending {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/** Unlike fetch it sends whatever Host, Origin and Sec-Fetch-Site it is told to. */
const send = (port: number, path: string, { method = 'GET', headers = {}, body }: Sending = {}) =>
  new Promise<Reply>((resolve, reject) => {
    const call = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: () => JSON.parse(text),
        });
      });
    });
    call.on('error', reject);
    call.end(body);
  });

const codeOf = (reply: Reply): string => problemViewSchema.parse(reply.json()).code;

async function start(options: Partial<ManagementOptions> = {}): Promise<number> {
  const authorities: string[] = [];
  const management = createManagement({
    processRuntime: administered(),
    connectorRuntime: connectors,
    authorities,
    metrics: createMetrics(),
    deploy: async (resources) =>
      resources.map(({ name }, index) => ({
        processId: `p${index}`,
        version: 1,
        processDefinitionKey: String(index),
        resourceName: name,
        endpoints: ['orders'],
      })),
    ...options,
  });
  const port = await listen(createServer(createNodeHandler(management, { mount: [] })));
  authorities.push(...loopbackAuthorities(port));
  return port;
}

describe('security', () => {
  test('answers under loopback names only, whatever name leads to the port', async () => {
    const port = await start();
    for (const name of ['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])
      expect(
        (await send(port, '/api/endpoints', { headers: { Host: `${name}:${port}` } })).status,
      ).toBe(200);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      'localhost',
      `localhost:${port + 1}`,
      `localhost:${port}.evil.example`,
    ]) {
      const reply = await send(port, '/health/live', { headers: { Host: host } });
      expect([host, reply.status, codeOf(reply)]).toEqual([host, 403, 'HOST_REFUSED']);
    }
  });

  test('answers under any address where it is told to, but under no other name', async () => {
    const port = await start({ addresses: true });
    const status = async (host: string) =>
      (await send(port, '/health/live', { headers: { Host: host } })).status;
    for (const host of ['10.0.0.7:8090', '10.0.0.7', '[fd00::7]:8090', '[::1]'])
      expect([host, await status(host)]).toEqual([host, 200]);
    for (const host of [
      'evil.example',
      '10.0.0.7.evil.example',
      '10.0.0.7:evil',
      'fd00::7',
      '[evil]',
      '[10.0.0.7]',
    ])
      expect([host, await status(host)]).toEqual([host, 403]);
  });

  test('refuses a request without Host or with two', async () => {
    const port = await start();
    const raw = (headers: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.end(`GET /health/live HTTP/1.0\r\n${headers}\r\n`);
        });
        let text = '';
        socket.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        socket.on('error', reject).on('end', () => resolve(text));
      });
    const host = `Host: localhost:${port}\r\n`;
    expect(await raw(host)).toMatch(/^HTTP\/1.1 200 /);
    expect(await raw('')).toMatch(/^HTTP\/1.1 403 /);
    expect(await raw(`${host}${host}`)).toMatch(/^HTTP\/1.1 403 /);
  });

  test('refuses what another page makes a browser send, whatever the method', async () => {
    const port = await start();
    const foreign = [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: `http://localhost:${port + 1}` },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none', Origin: 'https://evil.example' },
    ];
    for (const headers of foreign)
      for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
        const reply = await send(port, '/api/incidents/7/resolve', { method, headers });
        expect([headers, method, reply.status]).toEqual([headers, method, 403]);
        expect(codeOf(reply)).toBe('CROSS_SITE');
        expect(reply.headers['access-control-allow-origin']).toBeUndefined();
      }
  });

  test('takes what its own pages and programs send', async () => {
    const port = await start();
    const origin = `http://127.0.0.1:${port}`;
    const own = [
      {},
      { Origin: origin },
      { Origin: origin, 'Sec-Fetch-Site': 'same-origin' },
      { 'Sec-Fetch-Site': 'none' },
    ];
    for (const headers of own)
      expect((await send(port, '/api/endpoints', { headers })).status).toBe(200);
  });

  test('asks for the token everywhere but at health', async () => {
    const port = await start({ token: 'correct horse battery staple'.replaceAll(' ', '-') });
    const ask = async (authorization?: string) =>
      send(
        port,
        '/api/endpoints',
        authorization === undefined ? {} : { headers: { authorization } },
      );
    expect((await send(port, '/health/live')).status).toBe(200);
    expect((await send(port, '/health/ready')).status).toBe(200);
    for (const wrong of [
      undefined,
      'Bearer',
      'Bearer correct',
      'Basic correct-horse-battery-staple',
      'Bearer correct-horse-battery-staple2',
      'Bearer correct-horse-battery-stapl',
    ]) {
      const reply = await ask(wrong);
      expect([wrong, reply.status, codeOf(reply)]).toEqual([wrong, 401, 'TOKEN_REQUIRED']);
      expect(reply.headers['www-authenticate']).toBe('Bearer');
    }
    expect((await ask('Bearer correct-horse-battery-staple')).status).toBe(200);
    expect((await ask('bearer correct-horse-battery-staple')).status).toBe(200);
    expect((await send(port, '/nowhere')).status).toBe(401);
    expect((await send(port, '/metrics')).status).toBe(401);
  });

  test('answers are never stored, sniffed or read across origins', async () => {
    const port = await start();
    for (const path of ['/api/instances', '/nowhere', '/metrics'])
      expect((await send(port, path)).headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
  });
});

describe('routes', () => {
  test('unknown paths are 404 and other methods 405 with Allow', async () => {
    const port = await start();
    for (const path of [
      '/',
      '/api',
      '/api/instances/',
      '/api/instances/a/b',
      '/api/instances/%zz',
      '/API/endpoints',
      '/webhooks/orders',
    ])
      expect([path, codeOf(await send(port, path))]).toEqual([path, 'NOT_FOUND']);
    const reply = await send(port, '/api/endpoints', { method: 'PUT' });
    expect([reply.status, reply.headers['allow'], codeOf(reply)]).toEqual([
      405,
      'GET',
      'METHOD_NOT_ALLOWED',
    ]);
  });

  test('HEAD is answered as GET without a body', async () => {
    const port = await start();
    const reply = await send(port, '/health/live', { method: 'HEAD' });
    expect([reply.status, reply.text]).toEqual([200, '']);
  });

  test('query parameters are validated, unknown ones and doubles refused', async () => {
    const port = await start();
    for (const query of [
      'limit=0',
      'limit=501',
      'limit=1e2',
      'limit=',
      'limit=-1',
      'cursor=',
      'state=done',
      'stat=active',
      'limit=1&limit=2',
      '__proto__=1',
    ]) {
      const reply = await send(port, `/api/instances?${query}`);
      expect([query, reply.status, codeOf(reply)]).toEqual([query, 400, 'PARAMETER_INVALID']);
    }
    expect((await send(port, '/api/instances?limit=1')).json()).toMatchObject({ cursor: 'next' });
    expect((await send(port, '/api/instances?state=completed&limit=500')).json()).toEqual({
      items: [],
      cursor: null,
    });
  });

  test('what is not there is 404', async () => {
    const port = await start();
    for (const path of ['/api/instances/1', '/api/dead-letters/none'])
      expect((await send(port, path)).status).toBe(404);
    for (const path of ['/api/incidents/1/resolve', '/api/dead-letters/none/replay'])
      expect((await send(port, path, { method: 'POST' })).status).toBe(404);
  });

  test('a process runtime without administration is answered with 501', async () => {
    const port = await start({ processRuntime: bare });
    for (const path of ['/api/instances', '/api/instances/1', '/api/incidents']) {
      const reply = await send(port, path);
      expect([path, reply.status, codeOf(reply)]).toEqual([path, 501, 'NOT_SUPPORTED']);
      expect(reply.text).toContain('bare');
    }
    expect((await send(port, '/api/incidents/1/resolve', { method: 'POST' })).status).toBe(501);
    expect((await send(port, '/api/endpoints')).status).toBe(200);
  });

  test('resolving an incident needs no body and takes none', async () => {
    const port = await start();
    const path = '/api/incidents/7/resolve';
    expect((await send(port, path, { method: 'POST' })).status).toBe(204);
    const headers = { 'content-type': 'text/plain' };
    const reply = await send(port, path, { method: 'POST', headers, body: 'x' });
    expect([reply.status, codeOf(reply)]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });

  test('trouble inside is a 500 that tells nothing and a log line that does', async () => {
    const lines: unknown[] = [];
    const log = (fields: unknown): void => void lines.push(fields);
    const failing = {
      ...administered(),
      instances: async () => Promise.reject(new Error('disk gone')),
    };
    const logger = { debug: log, info: log, warn: log, error: log };
    const port = await start({ processRuntime: failing, logger });
    const reply = await send(port, '/api/instances');
    expect([reply.status, codeOf(reply)]).toEqual([500, 'INTERNAL']);
    expect(reply.text).not.toContain('disk');
    expect(lines).toHaveLength(1);
  });

  test('readiness is as bad as its worst part, liveness is not', async () => {
    const draining = {
      ...connectors,
      health: async () => ({ status: 'down' as const, reason: 'draining' }),
    };
    const port = await start({ connectorRuntime: draining });
    expect((await send(port, '/health/live')).status).toBe(200);
    const ready = await send(port, '/health/ready');
    expect([ready.status, ready.json()]).toEqual([
      503,
      {
        status: 'down',
        parts: {
          processRuntime: { status: 'up' },
          connectorRuntime: { status: 'down', reason: 'draining' },
        },
      },
    ]);
  });

  test('health for load balancers tells no more than the status, to anybody', async () => {
    const degraded = {
      ...connectors,
      health: async () => ({ status: 'degraded' as const, reason: 'secret detail' }),
    };
    const health = createHealth({ processRuntime: bare, connectorRuntime: degraded });
    const port = await listen(createServer(createNodeHandler(health, { mount: [] })));
    const headers = { Host: 'lb.example' };
    expect((await send(port, '/ready', { headers })).json()).toEqual({ status: 'degraded' });
    expect((await send(port, '/live', { headers })).json()).toEqual({ status: 'up' });
    expect((await send(port, '/ready', { method: 'POST' })).status).toBe(405);
    expect((await send(port, '/other')).status).toBe(404);
  });
});

describe('deployments', () => {
  const xml = '<definitions/>';

  test('take one model as the body', async () => {
    const port = await start();
    const reply = await send(port, '/api/deployments?name=order.bpmn', {
      method: 'POST',
      headers: { 'content-type': 'application/xml; charset=utf-8' },
      body: xml,
    });
    expect([reply.status, reply.json()]).toEqual([
      200,
      {
        deployments: [
          {
            processId: 'p0',
            version: 1,
            key: '0',
            resourceName: 'order.bpmn',
            endpoints: ['orders'],
          },
        ],
      },
    ]);
  });

  test('take several models as the files of a form', async () => {
    const taken: Resource[] = [];
    const port = await start({
      deploy: async (resources) => {
        taken.push(...resources);
        return [];
      },
    });
    const form = new FormData();
    form.set('a', new File([xml], 'a.bpmn'));
    form.set('b', new File([`${xml}ä`], 'b.bpmn'));
    const reply = await fetch(`http://127.0.0.1:${port}/api/deployments`, {
      method: 'POST',
      body: form,
    });
    expect(reply.status).toBe(200);
    expect(taken).toEqual([
      { name: 'a.bpmn', content: xml },
      { name: 'b.bpmn', content: `${xml}ä` },
    ]);
  });

  test('tell all problems at once with 422', async () => {
    const problems = [
      {
        where: 'process order / element Task_1 / property input.source',
        reason: 'FEEL syntax',
        fix: 'Mend it',
      },
      { where: 'process order / element Start', reason: 'webhook id taken', fix: 'Choose another' },
    ];
    const port = await start({
      deploy: async () => Promise.reject(new ConfigurationError(problems)),
    });
    const headers = { 'content-type': 'application/xml' };
    const reply = await send(port, '/api/deployments', { method: 'POST', headers, body: xml });
    expect(reply.status).toBe(422);
    expect(reply.json()).toMatchObject({ code: 'DEPLOYMENT_REFUSED', problems });
  });

  test('refuse other media types, missing bodies, broken forms and too much', async () => {
    const port = await start({ maxBodyBytes: 1000 });
    const post = async (contentType: string | undefined, body?: string | Uint8Array) => {
      const headers = contentType === undefined ? {} : { 'content-type': contentType };
      return codeOf(
        await send(port, '/api/deployments', {
          method: 'POST',
          headers,
          ...(body === undefined ? {} : { body }),
        }),
      );
    };
    expect(await post('application/x-www-form-urlencoded', 'a=b')).toBe('MEDIA_TYPE_UNSUPPORTED');
    expect(await post('text/plain', xml)).toBe('MEDIA_TYPE_UNSUPPORTED');
    expect(await post(undefined, xml)).toBe('MEDIA_TYPE_UNSUPPORTED');
    expect(await post('application/xml')).toBe('BODY_INVALID');
    expect(await post('application/xml', Uint8Array.of(0xff, 0xfe))).toBe('BODY_INVALID');
    expect(await post('multipart/form-data', 'x')).toBe('BODY_INVALID');
    expect(await post('multipart/form-data; boundary=x', 'nothing')).toBe('BODY_INVALID');
    expect(
      await post(
        'multipart/form-data; boundary=x',
        '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\ntext\r\n--x--\r\n',
      ),
    ).toBe('BODY_INVALID');
    expect(await post('application/xml', ' '.repeat(1001))).toBe('BODY_TOO_LARGE');
  });

  test('a body that does not come is a 408', async () => {
    const port = await start({ bodyTimeoutMs: 20 });
    const reply = await new Promise<number>((resolve, reject) => {
      const headers = { 'content-type': 'application/xml', 'content-length': '100' };
      const call = httpRequest(
        { host: '127.0.0.1', port, path: '/api/deployments', method: 'POST', headers },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
          call.destroy();
        },
      );
      call.on('error', reject);
      call.write('<');
    });
    expect(reply).toBe(408);
  });

  test('are 501 where none are taken', async () => {
    const management = createManagement({
      processRuntime: bare,
      connectorRuntime: connectors,
      authorities: ['x'],
    });
    const port = await listen(createServer(createNodeHandler(management, { mount: [] })));
    const headers = { Host: 'x', 'content-type': 'application/xml' };
    expect(
      (await send(port, '/api/deployments', { method: 'POST', headers, body: xml })).status,
    ).toBe(501);
    expect((await send(port, '/metrics', { headers: { Host: 'x' } })).status).toBe(501);
  });
});

describe('OpenAPI', () => {
  const documentSchema = z.object({
    openapi: z.literal('3.1.0'),
    paths: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          responses: z.record(z.string(), z.unknown()),
          requestBody: z.unknown().optional(),
        }),
      ),
    ),
  });

  test('lists exactly the routes, and each answers as it says', async () => {
    const templates = {
      index: (url: string) => ({
        sms: [{ version: 1, ref: `${url}/sms.json`, engine: { camunda: '^8.3' } }],
      }),
      file: (name: string) => (name === 'sms.json' ? '{}' : undefined),
    };
    const port = await start({ templates });
    const document = documentSchema.parse((await send(port, '/api/openapi.json')).json());
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = createRoutes();
    expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
    const ids: Record<string, string> = {
      '/api/instances/{key}': instance.key,
      '/api/incidents/{key}/resolve': incident.key,
      '/api/dead-letters/{id}': letter.id,
      '/api/dead-letters/{id}/replay': letter.id,
      '/element-templates/{file}': 'sms.json',
    };
    for (const { method, path, answer, accepts } of routes) {
      const target = path.replace(/\{[a-z]+\}/, ids[path] ?? '');
      const body =
        accepts === undefined
          ? {}
          : { body: '<definitions/>', headers: { 'content-type': accepts[0] ?? '' } };
      const reply = await send(port, target, { method, ...body });
      expect([path, reply.status]).toEqual([path, answer.status]);
      expect(Object.keys(document.paths[path]?.[method.toLowerCase()]?.responses ?? {})).toContain(
        String(reply.status),
      );
      if (answer.schema !== undefined)
        expect(answer.schema.parse(reply.json())).toEqual(reply.json());
    }
  });

  test('the statuses it lists cover those that are answered', async () => {
    const port = await start({ processRuntime: bare });
    const document = documentSchema.parse((await send(port, '/api/openapi.json')).json());
    const statuses = (path: string, method: string) =>
      Object.keys(document.paths[path]?.[method]?.responses ?? {});
    expect(statuses('/api/instances', 'get')).toEqual(
      expect.arrayContaining(['200', '400', '401', '403', '500', '501']),
    );
    expect(statuses('/api/deployments', 'post')).toEqual(
      expect.arrayContaining(['408', '413', '415', '422']),
    );
  });
});

describe('metrics', () => {
  test('count deliveries and jobs with names of models as labels', async () => {
    const metrics = createMetrics();
    metrics.delivery(delivery);
    metrics.delivery(delivery);
    metrics.job({
      type: 'io.camunda:aws-eventbridge:1',
      processId: 'order',
      processInstanceKey: '1',
      elementId: 'Task_1',
      action: 'fail',
      code: 'ThrottlingException',
      durationMs: 20,
    });
    const port = await start({ metrics });
    const reply = await send(port, '/metrics');
    expect(reply.headers['content-type']).toMatch(/^text\/plain/);
    expect(reply.text).toContain(
      'bpmn_connectors_deliveries_total{connector_type="io.camunda:webhook:1",endpoint="orders",outcome="correlated",status="200"} 2',
    );
    expect(reply.text).toContain(
      'bpmn_connectors_jobs_total{type="io.camunda:aws-eventbridge:1",action="fail",code="ThrottlingException"} 1',
    );
    expect(reply.text).toMatch(/^process_resident_memory_bytes [1-9]/m);
  });

  test('show how many elements are served and how many requests were refused', async () => {
    const [endpoint] = connectors.endpoints();
    if (endpoint === undefined) throw new Error('no endpoint');
    const metrics = createMetrics({
      endpoints: () => [
        { ...endpoint, counts: { refused: 3 } },
        { ...endpoint, elementId: 'Second', counts: { refused: 3 } },
        { ...endpoint, webhookId: 'late', state: 'queued', counts: {} },
      ],
    });
    for (let scrape = 0; scrape < 2; scrape += 1) {
      const text = await metrics.text();
      expect(text).toContain('bpmn_connectors_elements{state="active"} 2');
      expect(text).toContain('bpmn_connectors_elements{state="queued"} 1');
      expect(text).toContain('bpmn_connectors_elements{state="failed"} 0');
      expect(text).toContain('bpmn_connectors_refusals_total{endpoint="orders"} 3');
    }
  });

  test('counts the jobs in flight', async () => {
    const metrics = createMetrics();
    const type = 'io.camunda:aws-eventbridge:1';
    const job = { type, processId: 'order', processInstanceKey: '1', elementId: 'Task_1' };
    metrics.jobStarted(job);
    metrics.jobStarted(job);
    metrics.job({ ...job, action: 'complete', durationMs: 5 });
    expect(await metrics.text()).toContain(`bpmn_connectors_jobs_in_flight{type="${type}"} 1`);
  });

  test('two instances know nothing of each other', async () => {
    const [first, second] = [createMetrics(), createMetrics()];
    first.delivery(delivery);
    expect(await second.text()).not.toContain('endpoint="orders"');
  });

  test('labels that models choose freely are bounded', async () => {
    const metrics = createMetrics();
    for (let index = 0; index < 300; index += 1)
      metrics.job({
        type: 't',
        processId: 'p',
        processInstanceKey: '1',
        elementId: 'e',
        action: 'throwError',
        code: `code-${index}`,
        durationMs: 1,
      });
    const text = await metrics.text();
    expect(text).toContain('code="other"} 200');
    expect(text).not.toContain('code-250');
  });
});
