import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { optionsFromEnvironment } from '@bpmn-connectors/camunda8';
import { freePorts } from '@bpmn-connectors/testing/zeebe';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { call, eventually } from '../../../packages/cli/test/call.ts';
import { type Program, startProgram } from '../../../packages/cli/test/program.ts';

/** What these tests look at of the Compose file. */
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly stop_grace_period?: string;
}

const pathOf = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const read = (path: string): string => readFileSync(pathOf(path), 'utf8');
const { services, volumes }: Compose = parse(read('compose.yaml'), { merge: true, strict: true });
const replicas = ['replica-1', 'replica-2'] as const;

const service = (name: string): Service => {
  const found = services[name];
  if (found === undefined) throw new Error(`compose.yaml has no service ${name}`);
  return found;
};

const execute = promisify(execFile);

const statusOf = (url: string): Promise<number> =>
  call(url).then(
    ({ status }) => status,
    () => 0,
  );

let folder = '';
let program: Program | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-compose-'));
});

afterEach(async () => {
  program?.child.kill('SIGKILL');
  await program?.ended;
  program = undefined;
  await rm(folder, { recursive: true });
});

test('there are a cluster, two replicas and a proxy', () => {
  expect(Object.keys(services).sort()).toEqual(['camunda', 'proxy', ...replicas]);
});

test('every image is of one version', () => {
  const bases = [...read('Dockerfile').matchAll(/^FROM (\S+)$/gm)].map(([, image]) => image);
  const images = [...Object.values(services).map(({ image }) => image), ...bases];
  expect(images).toHaveLength(5);
  for (const image of images) expect(image).toMatch(/^[a-z/-]+:\d+\.\d+\.\d+(-[a-z]+)?$/);
});

test('the replicas are of the version of this command', () => {
  const { name, version }: { name: string; version: string } = JSON.parse(
    read('../../packages/cli/package.json'),
  );
  expect(read('Dockerfile')).toContain(`npm install --global ${name}@${version} `);
  for (const replica of replicas)
    expect(service(replica)).toMatchObject({ build: '.', image: `bpmn-connectors:${version}` });
});

test('the proxy alone publishes a port, on loopback', () => {
  const published = Object.entries(services).flatMap(([name, { ports = [] }]) =>
    ports.map((port) => [name, port]),
  );
  expect(published).toEqual([['proxy', '127.0.0.1:8080:8080']]);
});

test('each waits until what it needs is healthy, as a check of its own tells', () => {
  const healthy = { condition: 'service_healthy' };
  for (const replica of replicas) expect(service(replica).depends_on).toEqual({ camunda: healthy });
  expect(service('proxy').depends_on).toEqual({ 'replica-1': healthy, 'replica-2': healthy });
  expect(service('camunda').healthcheck?.test.join(' ')).toContain('/actuator/health/readiness');
});

test('replicas share no volume but the models, which they cannot change', () => {
  expect(replicas.map((replica) => service(replica).volumes)).toEqual([
    ['./models:/models:ro', 'replica-1:/data'],
    ['./models:/models:ro', 'replica-2:/data'],
  ]);
  expect(Object.keys(volumes).sort()).toEqual(['camunda', ...replicas]);
});

test('a replica is given longer to end than it drains', () => {
  for (const replica of replicas) expect(service(replica).stop_grace_period).toBe('30s');
});

test.each(replicas)('%s finds the cluster by its variables', async (replica) => {
  expect(await optionsFromEnvironment(service(replica).environment ?? {}, readFile)).toEqual({
    auth: { method: 'none' },
    grpcAddress: 'grpc://camunda:26500',
    restAddress: 'http://camunda:8080',
  });
});

test('no secret stands in the file', () => {
  for (const [name, value] of Object.entries(service('replica-1').environment ?? {}))
    if (/SECRET|KEY|TOKEN/.test(name)) expect(value).toMatch(/^\$\{[A-Z_]+:[?-]/);
});

test('the proxy takes out a replica that is not ready', () => {
  const proxied = /reverse_proxy ([^{]+) \{([^}]+)\}/.exec(read('Caddyfile'));
  expect(proxied?.[1]?.split(' ')).toEqual(replicas.map((replica) => `${replica}:8080`));
  expect(proxied?.[2]).toMatch(/\bhealth_uri \/health\/ready\n\s+health_status 200\n/);
  expect(service('proxy').volumes).toEqual(['./Caddyfile:/etc/caddy/Caddyfile:ro']);
});

test('the proxy answers before EventBridge gives a request up, after 5 s', () => {
  const [, seconds] = /\blb_try_duration (\d+)s\n/.exec(read('Caddyfile')) ?? [];
  expect(Number(seconds)).toBeLessThan(5);
});

test('the command takes what a replica is given, and is not ready without a cluster', async () => {
  const { command = [], environment = {} } = service('replica-1');
  const port = await freePorts(1);
  program = startProgram(
    command.map((part) => (part === '/models' ? pathOf('models') : part)),
    {
      cwd: folder,
      env: {
        ...environment,
        CAMUNDA_CLIENT_GRPCADDRESS: 'grpc://127.0.0.1:1',
        CAMUNDA_CLIENT_RESTADDRESS: 'http://127.0.0.1:1',
        BPMN_CONNECTORS_DATA: join(folder, 'data'),
        BPMN_CONNECTORS_PORT: String(port),
        BPMN_CONNECTORS_MANAGEMENT_PORT: '0',
      },
    },
  );
  const status = await eventually(
    () => statusOf(`http://127.0.0.1:${port}/health/ready`),
    (answered) => answered !== 0,
  );
  expect(status).toBe(503);
});

/** Runs a health check of the file against a server of a test, as Docker does in the container. */
async function runCheck(name: string, containerPort: string, url: string): Promise<boolean> {
  const [how, file, ...args] = service(name).healthcheck?.test ?? [];
  if (how !== 'CMD' || file === undefined) throw new Error(`${name} has no command as its check`);
  const here = args.map((arg) =>
    arg.replaceAll('$$', '$').replace(containerPort, new URL(url).port),
  );
  return execute(file, here).then(
    () => true,
    () => false,
  );
}

describe.each([
  ['replica-1', '8080', '/health/ready'],
  ['camunda', '9600', '/actuator/health/readiness'],
] as const)('the health check of %s', (name, containerPort, path) => {
  test.each([
    [200, true],
    [503, false],
  ])('on %i says %s', async (status, isHealthy) => {
    const paths: (string | undefined)[] = [];
    const server = createServer(({ url }, response) => {
      paths.push(url);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await runCheck(name, containerPort, `http://127.0.0.1:${port}`)).toBe(isHealthy);
    expect(paths).toEqual([path]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
