import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { options } from '../src/configuration/option.ts';
import { optionTable } from '../src/configuration/option-table.ts';
import { readConfiguration } from '../src/configuration/read-configuration.ts';
import { UsageError } from '../src/configuration/usage-error.ts';
import { main } from '../src/main.ts';
import { firstSecrets } from '../src/secrets/first-secrets.ts';
import { folderSecrets } from '../src/secrets/folder-secrets.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-cli-'));
});

afterAll(() => rm(folder, { recursive: true }));

const read = async (argv: readonly string[], env: Record<string, string> = {}, cwd = folder) =>
  (await readConfiguration(argv, { env, cwd })).configuration;

const problemsOf = async (
  argv: readonly string[],
  env: Record<string, string> = {},
  cwd = folder,
) => {
  try {
    await readConfiguration(argv, { env, cwd });
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.problems;
    throw error;
  }
};

const withFile = async (content: unknown): Promise<string> => {
  const own = await mkdtemp(join(folder, 'file-'));
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  await writeFile(join(own, 'bpmn-connectors.config.json'), text);
  return own;
};

const call = async (argv: readonly string[], env: Record<string, string> = {}) => {
  const out = { stdout: '', stderr: '' };
  const write = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      out[name] += text;
    },
  });
  const { signal } = new AbortController();
  const code = await main(argv, {
    env,
    cwd: folder,
    signal,
    stdin: Readable.from([]),
    stdout: write('stdout'),
    stderr: write('stderr'),
  });
  return { code, ...out };
};

describe('sources', () => {
  test('defaults are loopback, guarded and embedded', async () => {
    expect(await read([])).toEqual({
      port: 8080,
      host: '127.0.0.1',
      trustedProxies: [],
      allowUnauthenticated: false,
      privateKeySetHosts: [],
      acceptCompressed: false,
      managementPort: 8090,
      managementHost: '127.0.0.1',
      managementAllowedHosts: [],
      data: './data',
      engine: 'embedded',
      awsAllowModelEndpoints: false,
      awsSkipEventBusCheck: false,
      awsCoalesceMs: 5,
      maxActiveJobs: 100,
      jobTimeout: 'PT5M',
      secretPrefix: 'SECRET_',
      logLevel: 'info',
      logEvents: true,
    });
  });

  test('flags win over the environment, the environment over the file', async () => {
    const cwd = await withFile({
      port: 1,
      host: 'file',
      managementPort: 3,
      $schema: './schema.json',
    });
    const env = {
      BPMN_CONNECTORS_PORT: '2',
      BPMN_CONNECTORS_HOST: 'env',
      BPMN_CONNECTORS_DATA: '',
    };
    expect(await read(['--port', '4'], env, cwd)).toMatchObject({
      port: 4,
      host: 'env',
      managementPort: 3,
      data: './data',
    });
  });

  test('every option can be given by flag, variable and file key', async () => {
    const samples: Record<string, string> = {
      port: '1234',
      host: '0.0.0.0',
      publicUrl: 'https://hooks.example.com/base',
      trustedProxies: '10.0.0.0/8,::1',
      allowUnauthenticated: 'true',
      privateKeySetHosts: 'idp.internal,10.0.0.0/8',
      acceptCompressed: 'true',
      managementPort: '4321',
      managementHost: '::1',
      managementToken: 'a-token-of-more-than-16',
      managementAllowedHosts: 'ops.example.com,10.0.0.7:8090',
      data: '/var/lib/x',
      engine: './engine.js',
      awsRegion: 'eu-west-1',
      awsEndpoint: 'http://127.0.0.1:4577',
      awsAllowModelEndpoints: 'true',
      awsSkipEventBusCheck: 'true',
      awsEventsPerSecond: '2.5',
      awsCoalesceMs: '0',
      awsJobKeyIn: 'jobKey',
      maxActiveJobs: '200',
      jobTimeout: 'PT30S',
      secretPrefix: 'MY_',
      secretsDir: '/run/secrets',
      logLevel: 'debug',
      logEvents: 'false',
      telemetry: './telemetry.js',
    };
    expect(Object.keys(samples)).toEqual(options.map(({ key }) => key));
    const given = options.map((option) => ({ ...option, sample: samples[option.key] ?? '' }));
    const byFlag = await read(
      given.flatMap(({ flag, argument, sample }) =>
        argument === undefined ? [flag] : [flag, sample],
      ),
    );
    const byEqualsSign = await read(given.map(({ flag, sample }) => `${flag}=${sample}`));
    const byVariable = await read(
      [],
      Object.fromEntries(given.map(({ variable, sample }) => [variable, sample])),
    );
    const byFile = await read([], {}, await withFile(samples));
    expect(byFlag).toMatchObject({
      port: 1234,
      allowUnauthenticated: true,
      managementAllowedHosts: ['ops.example.com', '10.0.0.7:8090'],
      trustedProxies: ['10.0.0.0/8', '::1'],
    });
    for (const other of [byEqualsSign, byVariable, byFile]) expect(other).toEqual(byFlag);
  });

  test('the file may be named, and holds JSON values of its own types', async () => {
    const path = join(folder, 'other.json');
    await writeFile(
      path,
      JSON.stringify({ port: 0, allowUnauthenticated: true, managementAllowedHosts: ['a', 'b'] }),
    );
    const expected = { port: 0, allowUnauthenticated: true, managementAllowedHosts: ['a', 'b'] };
    expect(await read(['--config', path])).toMatchObject(expected);
    expect(await read([], { BPMN_CONNECTORS_CONFIG: 'other.json' })).toMatchObject(expected);
    expect(await problemsOf(['--config', 'none.json'])).toEqual([
      `there is no file ${join(folder, 'none.json')}`,
    ]);
  });

  test('what is no flag is positional, and everything after two dashes', async () => {
    const line = await readConfiguration(['models', '--port', '0', 'a.bpmn', '--', '--odd.bpmn'], {
      env: {},
      cwd: folder,
    });
    expect(line.positionals).toEqual(['models', 'a.bpmn', '--odd.bpmn']);
  });
});

describe('refusals', () => {
  test('unknown names are refused with the nearest known one, whichever source', async () => {
    const cwd = await withFile({ prot: 1, zzzzzzzz: 2 });
    expect(
      await problemsOf(['--prot', '1', '--managment-port=1'], { BPMN_CONNECTORS_HOTS: 'x' }, cwd),
    ).toEqual([
      'bpmn-connectors.config.json: unknown key prot; did you mean port?',
      'bpmn-connectors.config.json: unknown key zzzzzzzz',
      'unknown environment variable BPMN_CONNECTORS_HOTS; did you mean BPMN_CONNECTORS_HOST?',
      'unknown flag --prot; did you mean --port?',
      'unknown flag --managment-port; did you mean --management-port?',
    ]);
  });

  test('the variable that the process runtime on Camunda 8 reads is known', async () => {
    expect(await problemsOf([], { BPMN_CONNECTORS_CAMUNDA8_ELEMENTS: 'cluster' })).toEqual([]);
  });

  test('values are validated where they were given, all at once, and not repeated', async () => {
    const cwd = await withFile({ managementPort: 'many' });
    const problems = await problemsOf(
      [
        '--port',
        '65536',
        '--host',
        'a:b',
        '--engine',
        'camunda9',
        '--aws-endpoint',
        'ftp://x',
        '--management-token',
        'short-secret',
        '--max-active-jobs',
        '0',
        '--aws-events-per-second',
        'all',
        '--aws-coalesce-ms',
        '1001',
        '--job-timeout',
        '30s',
      ],
      { BPMN_CONNECTORS_LOG_LEVEL: 'loud', BPMN_CONNECTORS_ALLOW_UNAUTHENTICATED: 'yes' },
      cwd,
    );
    expect(problems).toEqual([
      'bpmn-connectors.config.json: managementPort must be a port: a whole number from 0 to 65535',
      'BPMN_CONNECTORS_ALLOW_UNAUTHENTICATED must be true or false',
      'BPMN_CONNECTORS_LOG_LEVEL must be debug, info, warn, error or silent',
      '--port must be a port: a whole number from 0 to 65535',
      '--host must be a host name or an address, without port: 127.0.0.1',
      expect.stringMatching(
        /^--engine must be embedded, camunda8, forward, or the path of a module/,
      ),
      '--aws-endpoint must be an http or https URL',
      '--management-token must have at least 16 characters',
      '--max-active-jobs must be a whole number from 1 on',
      '--aws-events-per-second must be a number above 0',
      '--aws-coalesce-ms must be a whole number from 0 to 1000',
      '--job-timeout must be a duration of ISO 8601: PT5M',
    ]);
  });

  test('a flag without its value, twice the same, and a file that is no object are refused', async () => {
    expect(await problemsOf(['--port'])).toEqual(['--port needs a value: --port PORT']);
    expect(await problemsOf(['--port', '--host', 'x'])).toEqual([
      '--port needs a value: --port PORT',
    ]);
    expect(await problemsOf(['--port', '1', '--port=2'])).toEqual(['--port is given twice']);
    expect(await problemsOf([], {}, await withFile('[]'))).toEqual([
      'bpmn-connectors.config.json must hold a JSON object',
    ]);
    expect(await problemsOf([], {}, await withFile('{'))).toEqual([
      expect.stringMatching(/is not JSON/),
    ]);
  });

  test.each([
    ['{"port": 1,\n "data": "x",}', 'line 2, column 14'],
    ['{"port": 1', 'line 1, column 11'],
    ['{\n  // no JSON\n}', 'line 2, column 3'],
  ])('a file that is no JSON is refused with the place: %j', async (text, place) => {
    const [problem] = await problemsOf([], {}, await withFile(text));
    expect(problem).toMatch(/^bpmn-connectors\.config\.json is not JSON: /);
    expect(problem).toContain(`(${place}). Correct it there`);
  });

  test('an unknown key within the file names the nearest', async () => {
    const cwd = await withFile({ forward: { http: { url: 'http://a', hedaers: {} } } });
    expect(await problemsOf([], {}, cwd)).toEqual([
      'bpmn-connectors.config.json: forward.http: unknown key hedaers; did you mean headers?',
    ]);
  });

  test('a file key of JavaScript is a key as any other', async () => {
    expect(
      await problemsOf([], {}, await withFile('{"__proto__": 1, "constructor": 2}')),
    ).toHaveLength(2);
  });
});

describe('the program', () => {
  test('tells its version', async () => {
    const { version } = JSON.parse(
      await readFile(new URL('../package.json', import.meta.url), 'utf8'),
    );
    expect(await call(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('explains itself and its commands', async () => {
    for (const argv of [['help'], ['--help'], ['-h']]) {
      const { code, stdout } = await call(argv);
      expect(code).toBe(0);
      expect(stdout).toContain('bpmn-connectors run');
    }
    const details = await call(['help', 'run']);
    expect(await call(['run', 'x', '--help'])).toEqual(details);
    for (const { flag, description } of options) {
      expect(details.stdout).toContain(flag);
      expect(details.stdout.replaceAll(/\s+/g, ' ')).toContain(description);
    }
  });

  test('wrong calls end with code 2 and say what was probably meant', async () => {
    expect(await call([])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no command given'),
    });
    expect(await call(['rum'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean run?'),
    });
    expect(await call(['help', 'rnu'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean run?'),
    });
    expect(await call(['--verison'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean --version?'),
    });
    expect(await call(['run', '--prot', '1'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean --port?'),
    });
  });

  test('the README shows the options as they are', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    // The formatter pads the columns.
    const unpadded = readme.replaceAll(/ {2,}/g, ' ').replaceAll(/-{4,}/g, '---');
    expect(unpadded).toContain(`<!-- options -->\n${optionTable()}\n<!-- /options -->`);
  });
});

describe('secrets in a folder', () => {
  test('are the files of their names, without the last line break', async () => {
    const own = await mkdtemp(join(folder, 'secrets-'));
    await writeFile(join(own, 'KEY'), 'value\n');
    await writeFile(join(own, 'TWO'), 'a\nb\r\n');
    await writeFile(join(folder, 'OUTSIDE'), 'x');
    const secrets = folderSecrets(own);
    expect(await secrets.get('KEY')).toBe('value');
    expect(await secrets.get('TWO')).toBe('a\nb');
    for (const name of ['NONE', '../OUTSIDE', '..', '.', '', 'KEY/x', '/etc/hostname', 'a//b'])
      expect([name, await secrets.get(name)]).toEqual([name, undefined]);
  });

  test('come before others', async () => {
    const first = { get: async (name: string) => (name === 'A' ? 'folder' : undefined) };
    const second = { get: async () => 'environment' };
    const secrets = firstSecrets([first, second]);
    expect([await secrets.get('A'), await secrets.get('B')]).toEqual(['folder', 'environment']);
  });
});
