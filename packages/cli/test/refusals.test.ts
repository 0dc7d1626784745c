import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Program, startProgram } from './program.ts';

// Processes are started, on machines that may be busy.
jest.setTimeout(60_000);

const modelFile = (name: string): string => fileURLToPath(new URL(`data/${name}`, import.meta.url));
const secrets = {
  SECRET_BASIC_PASSWORD: 'basic-password',
  SECRET_API_KEY: 'the-api-key',
  SECRET_JWKS_URL: 'https://id.example.com/jwks',
  SECRET_AWS_KEY: 'AKIAEXAMPLE',
  SECRET_AWS_SECRET: 'aws-secret-example',
};
const free = ['--port', '0', '--management-port', '0'];

let folder = '';
const programs: Program[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-cli-'));
});

afterEach(async () => {
  for (const { child, ended } of programs.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  await rm(folder, { recursive: true });
});

const start = (argv: readonly string[], env: Record<string, string> = secrets): Program => {
  const program = startProgram(argv, { env, cwd: folder });
  programs.push(program);
  return program;
};

const refused = async (argv: readonly string[], env: Record<string, string> = secrets) => {
  const program = start(['run', ...argv], env);
  const code = await program.ended;
  return { code, text: program.stderr(), stdout: program.stdout(), files: await readdir(folder) };
};

/** A model of the tests with something changed. */
const changed = async (
  name: string,
  as: string,
  change: (xml: string) => string,
): Promise<string> => {
  const before = await readFile(modelFile(name), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(join(folder, as), after);
  return as;
};

describe('wrong calls', () => {
  test('an unknown flag ends with 2 and names the nearest', async () => {
    const { code, text } = await refused(['--prot', '1']);
    expect([code, text]).toEqual([
      2,
      expect.stringContaining('unknown flag --prot; did you mean --port?'),
    ]);
  });

  test('an unknown key of the file ends with 2 and names the nearest', async () => {
    await writeFile(join(folder, 'bpmn-connectors.config.json'), '{"managmentPort": 1}');
    const { code, text } = await refused([]);
    expect([code, text]).toEqual([
      2,
      expect.stringContaining('unknown key managmentPort; did you mean managementPort?'),
    ]);
  });

  test('an unknown variable of ours ends with 2 and names the nearest', async () => {
    const { code, text } = await refused([], { BPMN_CONNECTORS_PROT: '1' });
    expect([code, text]).toEqual([
      2,
      expect.stringContaining('did you mean BPMN_CONNECTORS_PORT?'),
    ]);
  });
});

describe('models that cannot be served', () => {
  test('missing files and folders without models are named', async () => {
    await mkdir(join(folder, 'empty/node_modules'), { recursive: true });
    await writeFile(join(folder, 'empty/node_modules/x.bpmn'), 'not read');
    const { code, text, files } = await refused([...free, 'none.bpmn', 'empty']);
    expect(code).toBe(1);
    expect(text).toMatch(/none\.bpmn: there is no such file or folder/);
    expect(text).toMatch(/empty: the folder holds no \*\.bpmn/);
    expect(files).toEqual(['empty']);
  });

  test('a file that is no BPMN is named', async () => {
    await writeFile(join(folder, 'letter.bpmn'), 'Dear reader');
    const { code, text } = await refused([...free, 'letter.bpmn']);
    expect([code, text]).toEqual([1, expect.stringMatching(/letter\.bpmn.*not readable as BPMN/)]);
  });

  test('a FEEL syntax error is told with element and property', async () => {
    const name = await changed('relay.bpmn', 'feel.bpmn', (xml) =>
      xml.replace('{order: request.body}', '{order: request.'),
    );
    const { code, text, stdout, files } = await refused([...free, name]);
    expect(code).toBe(1);
    expect(text).toMatch(
      /process relay \/ element relay_start \(Order came\) \/ property resultExpression/,
    );
    expect(stdout).toBe('');
    expect(files).toEqual(['feel.bpmn']);
  });

  test('FEEL syntax errors anywhere in the process are told at once', async () => {
    const name = await changed('relay.bpmn', 'feel.bpmn', (xml) =>
      xml
        .replace('source="=order"', 'source="=order +"')
        .replace('={eventId: response.entries[1].eventId}', '={eventId'),
    );
    const { code, text } = await refused([...free, name]);
    expect(code).toBe(1);
    expect(text).toMatch(/element relay_put \(Tell the bus\).*input\.detail/);
    expect(text).toMatch(/element relay_put \(Tell the bus\).*resultExpression/);
  });

  test('elements that the engine does not know are named', async () => {
    const name = await changed('relay.bpmn', 'odd.bpmn', (xml) =>
      xml.replaceAll('bpmn:endEvent', 'bpmn:complexGateway'),
    );
    const { code, text, files } = await refused([...free, name]);
    expect([code, text]).toEqual([
      1,
      expect.stringMatching(/odd\.bpmn .*element relay_end: complexGateway is not supported/),
    ]);
    expect(files).toEqual(['odd.bpmn']);
  });

  test('missing secrets are told with all their names and where they are needed', async () => {
    const { code, text, files } = await refused([...free, modelFile('relay.bpmn')], {
      SECRET_AWS_KEY: 'AKIAEXAMPLE',
    });
    expect(code).toBe(1);
    expect(text).toMatch(/element relay_start \(Order came\) .*secret API_KEY does not exist/);
    expect(text).toMatch(/element relay_put \(Tell the bus\) .*secret AWS_SECRET does not exist/);
    expect(text).toMatch(/missing: API_KEY, AWS_SECRET\. .*SECRET_API_KEY, SECRET_AWS_SECRET/);
    expect(text).not.toContain('AKIAEXAMPLE');
    expect(text).not.toContain('AWS_KEY');
    expect(files).toEqual([]);
  });

  test('a webhook id used by two processes is told with both', async () => {
    const name = await changed('relay.bpmn', 'second.bpmn', (xml) =>
      xml.replaceAll('relay_', 'second_').replace('process id="relay"', 'process id="second"'),
    );
    const { code, text } = await refused([...free, modelFile('relay.bpmn'), name]);
    expect(code).toBe(1);
    expect(text).toMatch(
      /process second \/ element second_start .*webhook id relay is taken by process relay \/ element relay_start/,
    );
  });

  test('a process id used by two files is told with both', async () => {
    const name = await changed('relay.bpmn', 'copy.bpmn', (xml) =>
      xml.replace('value="relay"', 'value="other"'),
    );
    const { code, text } = await refused([...free, modelFile('relay.bpmn'), name]);
    expect([code, text]).toEqual([
      1,
      expect.stringMatching(
        /copy\.bpmn \/ process relay: .*relay\.bpmn has a process of this id too/,
      ),
    ]);
  });

  test('no authentication beyond loopback needs a word of the operator', async () => {
    const name = await changed('relay.bpmn', 'open.bpmn', (xml) =>
      xml.replace('value="APIKEY"', 'value="NONE"'),
    );
    const { code, text } = await refused([...free, '--host', '0.0.0.0', name]);
    expect(code).toBe(1);
    expect(text).toMatch(
      /element relay_start .*property inbound\.auth\.type.*--allow-unauthenticated/,
    );
  });

  test('the management API beyond loopback needs a token', async () => {
    const { code, text } = await refused([
      ...free,
      '--management-host',
      '0.0.0.0',
      modelFile('relay.bpmn'),
    ]);
    expect([code, text]).toEqual([1, expect.stringContaining('BPMN_CONNECTORS_MANAGEMENT_TOKEN')]);
  });

  test('all problems of all models are told at once', async () => {
    await writeFile(join(folder, 'letter.bpmn'), 'Dear reader');
    const name = await changed('relay.bpmn', 'feel.bpmn', (xml) =>
      xml.replace('{order: request.body}', '{order: request.'),
    );
    const { text } = await refused(
      [...free, 'none.bpmn', 'letter.bpmn', name, modelFile('guarded.bpmn')],
      {},
    );
    for (const part of [
      'none.bpmn',
      'letter.bpmn',
      'resultExpression',
      'API_KEY',
      'AWS_KEY',
      'BASIC_PASSWORD',
      'JWKS_URL',
    ])
      expect(text).toContain(part);
  });
});

describe('what is in use', () => {
  test('a port in use is named with its flag, and nothing is deployed', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    try {
      const first = await refused([
        '--port',
        port,
        '--management-port',
        '0',
        modelFile('relay.bpmn'),
      ]);
      expect([first.code, first.text]).toEqual([
        1,
        expect.stringMatching(new RegExp(`port ${port} of 127.0.0.1 is in use.*--port`)),
      ]);
      const second = await refused([
        '--port',
        '0',
        '--management-port',
        port,
        modelFile('relay.bpmn'),
      ]);
      expect([second.code, second.text]).toEqual([
        1,
        expect.stringMatching(new RegExp(`port ${port} .*in use.*--management-port`)),
      ]);
      expect(second.files).toEqual([]);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('a folder in use by another process is named', async () => {
    const first = start(['run', ...free, '--data', 'state', modelFile('relay.bpmn')]);
    await first.addresses();
    const { code, text } = await refused([...free, '--data', 'state', modelFile('relay.bpmn')]);
    expect([code, text]).toEqual([1, expect.stringMatching(/state.*(process|open|use)/)]);
  });

  test('an engine module that is none is named', async () => {
    await writeFile(join(folder, 'none.js'), 'export const other = 1;');
    const none = await refused([...free, '--engine', './none.js']);
    expect([none.code, none.text]).toEqual([
      1,
      expect.stringContaining('does not export createProcessRuntime'),
    ]);
    const absent = await refused([...free, '--engine', './absent.js']);
    expect([absent.code, absent.text]).toEqual([1, expect.stringContaining('cannot be loaded')]);
  });
});
