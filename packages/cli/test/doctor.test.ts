import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openJournal } from '@bpmn-connectors/journal';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { checkNode } from '../src/doctor/check-node.ts';
import { judgeClock } from '../src/doctor/judge-clock.ts';
import { judgeFsync } from '../src/doctor/judge-fsync.ts';
import { judgeSpace } from '../src/doctor/judge-space.ts';
import { copyModel, doctor } from './doctor-program.ts';
import { type Program, startProgram } from './program.ts';
import { runToEnd } from './run-to-end.ts';

// Processes are started, on machines that may be busy.
jest.setTimeout(60_000);

const key = { SECRET_API_KEY: 'the-api-key' };
const withoutJobs = (xml: string): string =>
  xml
    .replace(
      /<bpmn:extensionElements>\s*<zeebe:taskDefinition[\s\S]*?<\/bpmn:extensionElements>/,
      '',
    )
    .replaceAll('serviceTask', 'task');

let folder = '';
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-doctor-'));
});

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await rm(folder, { recursive: true });
});

/** A server that answers 204. @returns its port. */
async function listen(): Promise<number> {
  const server = createServer((_request, response) => void response.writeHead(204).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  return port;
}

/** A port on which nobody listens any more. */
async function closedPort(): Promise<number> {
  const port = await listen();
  await closers.pop()?.();
  return port;
}

function startRun(argv: readonly string[]): Program {
  const program = startProgram(['run', '--port', '0', '--management-port', '0', ...argv], {
    cwd: folder,
    env: key,
  });
  closers.push(async () => {
    program.child.kill('SIGKILL');
    await program.ended;
  });
  return program;
}

test('an environment that is good is good, and nothing is left in it', async () => {
  const model = await copyModel(folder, 'relay.bpmn', withoutJobs);
  const { code, ok, lines, trouble } = await doctor(folder, [model], key);
  expect([code, ok, trouble]).toEqual([0, true, []]);
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^ok: Node v/),
      'ok: configuration: ',
      'ok: 1 model: 1 inbound element, 0 job elements',
      'ok: secrets: there are API_KEY',
      'ok: engine embedded: ',
      expect.stringMatching(/^ok: data folder .*\/data: it is new$/),
      expect.stringMatching(/^\w+: disk space: [\d.]+ GB are free$/),
      expect.stringMatching(/^\w+: disk: a write is on it after [\d.]+ ms$/),
      'ok: port 0: a free one is taken',
      'ok: host 127.0.0.1: only this machine can send events',
    ]),
  );
  expect(await readdir(folder)).toEqual([model]);
});

test('people read a line for each check, and a count', async () => {
  const { code, stdout } = await runToEnd(['doctor', '--port', '0', '--management-port', '0'], {
    cwd: folder,
    env: { BPMN_CONNECTORS_HOST: '127.0.0.1' },
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ok {4}Node v/);
  expect(stdout).toMatch(/\nok {4}host 127\.0\.0\.1 {2}\(only this machine can send events\)\n/);
  expect(stdout).toMatch(/\n0 failures, [0-2] warnings?\n$/);
});

interface Row {
  readonly what: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly said: string | RegExp;
}

describe('what run refuses fails', () => {
  const rows: readonly Row[] = [
    {
      what: 'an unknown flag',
      argv: ['--prot', '1'],
      said: 'fail: configuration: unknown flag --prot; did you mean --port?',
    },
    {
      what: 'an unknown variable',
      argv: [],
      env: { BPMN_CONNECTORS_PROT: '1' },
      said: /fail: configuration: .*did you mean BPMN_CONNECTORS_PORT\?/,
    },
    {
      what: 'a file that is no JSON',
      argv: [],
      files: { 'bpmn-connectors.config.json': '{"port": 1,}' },
      said: /fail: configuration: bpmn-connectors\.config\.json is not JSON/,
    },
    {
      what: 'a model that is not there',
      argv: ['none.bpmn'],
      said: 'fail: none.bpmn: there is no such file or folder',
    },
    {
      what: 'a management API that others could use',
      argv: ['--management-host', '0.0.0.0'],
      said: /fail: --management-host: others could use the management API/,
    },
    {
      what: 'proxies that are no addresses',
      argv: ['--trusted-proxies', 'the-proxy'],
      said: /fail: webhook options \/ trustedProxies: /,
    },
    {
      what: 'an engine that cannot be loaded',
      argv: ['--engine', './none.js'],
      said: /fail: --engine: .*none\.js cannot be loaded/,
    },
    {
      what: 'an engine that exports nothing of use',
      argv: ['--engine', './engine.mjs'],
      files: { 'engine.mjs': 'export const engine = 1;' },
      said: /fail: --engine: .*engine\.mjs does not export createProcessRuntime/,
    },
    {
      what: 'telemetry that cannot be loaded',
      argv: ['--telemetry', './none.js'],
      said: /fail: --telemetry: .*none\.js cannot be loaded/,
    },
    {
      what: 'a data folder in the place of a file',
      argv: ['--data', 'file/data'],
      files: { file: '' },
      said: /fail: data folder .*\/file\/data: .*\/file is a file$/,
    },
    {
      what: 'a data folder whose journal is none',
      argv: ['--data', '.'],
      files: { 'journal.db': 'Dear reader, this is a letter and no journal' },
      said: /fail: journal .*: journal\.db is no journal of BPMN Connectors/,
    },
    {
      what: 'an address that is not of this machine',
      argv: ['--host', '192.0.2.1'],
      said: 'fail: --host: 192.0.2.1 is no address of this machine',
    },
  ];
  test.each(rows)('$what', async ({ argv, env, files = {}, said }) => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const { code, trouble } = await doctor(folder, argv, env);
    expect(code).toBe(1);
    expect(trouble).toContainEqual(typeof said === 'string' ? said : expect.stringMatching(said));
  });

  test('an element that the engine does not run', async () => {
    const model = await copyModel(folder, 'relay.bpmn', (xml) =>
      withoutJobs(xml).replaceAll('bpmn:task', 'bpmn:callActivity'),
    );
    const { code, trouble } = await doctor(folder, [model], key);
    expect([code, trouble]).toEqual([1, [expect.stringMatching(/relay_put .*callActivity/i)]]);
  });

  test('secrets that are missing, by their names', async () => {
    const model = await copyModel(folder, 'relay.bpmn', withoutJobs);
    const { code, trouble } = await doctor(folder, [model]);
    expect([code, trouble]).toEqual([
      1,
      expect.arrayContaining(['fail: secrets: missing: API_KEY']),
    ]);
  });

  test('a port that somebody has', async () => {
    const port = String(await listen());
    const { code, trouble } = await doctor(folder, ['--port', port, '--management-port', '0']);
    expect([code, trouble]).toEqual([1, [`fail: --port: port ${port} of 127.0.0.1 is in use`]]);
  });

  test('one port for webhooks and management', async () => {
    const port = String(await closedPort());
    const { trouble } = await doctor(folder, ['--port', port, '--management-port', port]);
    expect(trouble).toEqual([`fail: --management-port: port ${port} of 127.0.0.1 is in use`]);
  });

  test('a data folder that a running program has', async () => {
    const program = startRun(['--data', 'state']);
    await program.printed('Ready');
    const { code, trouble } = await doctor(folder, ['--data', 'state']);
    expect([code, trouble]).toEqual([
      1,
      [expect.stringMatching(/state: another process has this journal open$/)],
    ]);
  });
});

test('a data folder that a crash left is good, and stays usable', async () => {
  const program = startRun(['--data', 'state']);
  await program.printed('Ready');
  program.child.kill('SIGKILL');
  await program.ended;
  const { code, lines } = await doctor(folder, ['--data', 'state']);
  expect(code).toBe(0);
  expect(lines).toContainEqual(
    expect.stringMatching(/^ok: data folder .*: no other process has it, and its format is ours$/),
  );
  await (await openJournal(join(folder, 'state'))).close();
});

describe('what is unwise is a warning', () => {
  const rows: readonly Row[] = [
    {
      what: 'webhooks beyond loopback without TLS',
      argv: ['--host', '0.0.0.0'],
      said: 'warn: host 0.0.0.0: webhooks are served without TLS, and no proxy is known',
    },
    {
      what: 'webhooks beyond loopback without authentication',
      argv: ['--host', '0.0.0.0', '--allow-unauthenticated'],
      said: /^warn: --allow-unauthenticated: whoever reaches 0\.0\.0\.0/,
    },
    {
      what: 'a token of the management API that travels without TLS',
      argv: ['--management-host', '0.0.0.0', '--management-token', 'sixteen-letters-x'],
      said: /^warn: management host 0\.0\.0\.0: the token travels without TLS/,
    },
    {
      what: 'a public URL without TLS',
      argv: ['--public-url', 'http://hooks.invalid'],
      said: /^warn: public URL http:\/\/hooks\.invalid: .*without TLS/,
    },
    {
      what: 'a public URL that nobody knows',
      argv: ['--public-url', 'https://hooks.invalid'],
      said: /^warn: https:\/\/hooks\.invalid\/health\/live: it does not answer from here: /,
    },
  ];
  test.each(rows)('$what', async ({ argv, said }) => {
    const { code, trouble } = await doctor(folder, argv);
    expect(code).toBe(0);
    expect(trouble).toContainEqual(typeof said === 'string' ? said : expect.stringMatching(said));
  });

  test('not a trusted proxy before webhooks beyond loopback', async () => {
    const argv = ['--host', '0.0.0.0', '--trusted-proxies', '10.0.0.0/8'];
    expect((await doctor(folder, argv)).trouble).toEqual([]);
  });

  test('not a public URL that answers, whatever it says', async () => {
    const url = `http://127.0.0.1:${await listen()}`;
    const { trouble, lines } = await doctor(folder, ['--public-url', url]);
    expect(trouble).toEqual([]);
    expect(lines).toContain(`ok: ${url}/health/live: it answers 204`);
  });
});

test('a module with an engine of the user is loaded, and not used', async () => {
  const engine = fileURLToPath(new URL('data/own-engine.js', import.meta.url));
  const { code, lines } = await doctor(folder, ['--engine', engine]);
  expect([code, lines]).toEqual([0, expect.arrayContaining([`ok: engine ${engine}: `])]);
});

test('jobs that nobody works fail on the embedded engine, unless others do', async () => {
  const model = await copyModel(folder, 'relay.bpmn', (xml) =>
    xml.replace('type="io.camunda:aws-eventbridge:1"', 'type="ship"'),
  );
  const env = { ...key, SECRET_AWS_KEY: 'AKIA', SECRET_AWS_SECRET: 's' };
  const alone = await doctor(folder, [model], env);
  const helped = await doctor(folder, [model, '--other-job-types', 'ship'], env);
  expect([alone.code, alone.trouble]).toEqual([
    1,
    [expect.stringContaining('no connector here works jobs of type ship')],
  ]);
  expect([helped.code, helped.trouble]).toEqual([0, []]);
});

test('an empty folder in the place of models fails', async () => {
  await mkdir(join(folder, 'models'));
  const { trouble } = await doctor(folder, ['models']);
  expect(trouble).toEqual(['fail: models: the folder holds no *.bpmn']);
});

describe('limits', () => {
  test.each([
    ['v20.18.3', 'fail'],
    ['v18.20.0', 'fail'],
    ['v20.19.0', 'ok'],
    ['v20.19.1', 'ok'],
    ['v22.1.0', 'ok'],
  ])('Node %s is %s where 20.19.0 is needed', (version, level) => {
    expect(checkNode(version, '>=20.19.0').level).toBe(level);
  });

  test.each([
    [20, 'ok'],
    [20.1, 'warn'],
  ])('a disk that takes %s ms for a write is %s', (ms, level) => {
    expect(judgeFsync(ms).level).toBe(level);
  });

  test.each([
    [999_999, 'warn'],
    [1_000_000, 'ok'],
  ])('%s free blocks of 1000 bytes are %s', async (bavail, level) => {
    const measure = async () => ({ bavail, bsize: 1000 });
    expect((await judgeSpace('/', measure)).level).toBe(level);
  });

  test.each([
    [300_001, 'fail'],
    [-300_001, 'fail'],
    [300_000, 'warn'],
    [-30_001, 'warn'],
    [30_000, 'ok'],
  ])('a clock that is %s ms ahead is %s', (ms, level) => {
    expect(judgeClock(ms).level).toBe(level);
  });
});
