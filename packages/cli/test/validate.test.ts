import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { main } from '../src/main.ts';

const secrets = { SECRET_API_KEY: 'k', SECRET_AWS_KEY: 'AKIA', SECRET_AWS_SECRET: 's' };
const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-validate-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function validate(argv: readonly string[], env: Record<string, string> = secrets) {
  const out = { stdout: '', stderr: '' };
  const write = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      out[name] += text;
    },
  });
  const code = await main(['validate', ...argv], {
    env,
    cwd: folder,
    signal: new AbortController().signal,
    stdin: Readable.from([]),
    stdout: write('stdout'),
    stderr: write('stderr'),
  });
  return { code, ...out };
}

/** The relay model, changed, and what is found in it. */
async function findings(change: (xml: string) => string, ...argv: readonly string[]) {
  const xml = await readFile(pathOf('data/relay.bpmn'), 'utf8');
  const changed = change(xml);
  expect(changed).not.toBe(xml);
  await writeFile(join(folder, 'relay.bpmn'), changed);
  const { code, stdout } = await validate(['relay.bpmn', '--json', ...argv]);
  const found: readonly { level: string; where: string; reason: string; fix: string }[] =
    JSON.parse(stdout);
  return { code, found: found.map((one) => `${one.level}: ${one.where}: ${one.reason}`) };
}

test('models that are good are good', async () => {
  const models = [
    'data/relay.bpmn',
    'data/purchase.bpmn',
    '../../../examples/order-shipping/models',
  ].map(pathOf);
  expect(await validate([...models, '--other-job-types', 'ship,pay'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/0 errors, \d+ warnings?\n$/),
  });
});

describe('an error is', () => {
  test.each<[string, (xml: string) => string, RegExp]>([
    [
      'a job type that nobody works, with the nearest known one',
      (xml) =>
        xml.replace('type="io.camunda:aws-eventbridge:1"', 'type="io.camunda:aws-eventbrigde:1"'),
      /relay_put \(Tell the bus\): no connector here works jobs of type io\.camunda:aws-eventbrigde:1; did you mean io\.camunda:aws-eventbridge:1\?/,
    ],
    [
      'a required input that is missing, by its label',
      (xml) => xml.replace(/<zeebe:input source="{{secrets.AWS_KEY}}"[^>]*>/, ''),
      /input authentication\.accessKey \(Access key\): must be text and is missing/,
    ],
    [
      'a text that does not fit',
      (xml) =>
        xml.replace(
          'source="relay" target="input.source"',
          'source="aws.relay" target="input.source"',
        ),
      /input input\.source \(Source\): must not begin with aws\./,
    ],
    [
      'FEEL that cannot be parsed',
      (xml) => xml.replace('={order: request.body}', '={order: '),
      /relay_start \(Order came\) \/ property resultExpression/,
    ],
    [
      'an element that the engine does not run',
      (xml) => xml.replaceAll('bpmn:endEvent', 'bpmn:complexGateway'),
      /relay_end: complexGateway is not supported/,
    ],
    [
      'a duration that is none',
      (xml) =>
        xml.replace(
          '<zeebe:taskHeaders>',
          '<zeebe:taskHeaders><zeebe:header key="jobTimeout" value="5m" />',
        ),
      /header jobTimeout: it is no duration/,
    ],
  ])('%s', async (_name, change, expected) => {
    const { code, found } = await findings(change);
    expect(code).toBe(1);
    expect(found.filter((one) => one.startsWith('error'))).toEqual(
      expect.arrayContaining([expect.stringMatching(expected)]),
    );
  });

  test('a secret that is not provided', async () => {
    const { code, stdout } = await validate([pathOf('data/relay.bpmn')], {});
    expect(code).toBe(1);
    expect(stdout).toMatch(/the secret API_KEY does not exist/);
    expect(stdout).toMatch(/Set the environment variables SECRET_API_KEY/);
  });

  test('a webhook id that two files take', async () => {
    const xml = await readFile(pathOf('data/relay.bpmn'), 'utf8');
    await writeFile(join(folder, 'a.bpmn'), xml);
    await writeFile(
      join(folder, 'b.bpmn'),
      xml.replaceAll('"relay"', '"other"').replace('value="other"', 'value="relay"'),
    );
    const { code, stdout } = await validate(['a.bpmn', 'b.bpmn']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/error: process other .*the webhook id relay is taken by process relay/);
  });
});

describe('a warning is', () => {
  test.each<[string, (xml: string) => string, RegExp]>([
    [
      'a property that nothing reads, with the nearest known one',
      (xml) => xml.replace('name="inbound.method"', 'name="inbound.metod"'),
      /warning: .*property inbound\.metod: nothing reads it/,
    ],
    [
      'several roles without saying whether one or all are needed',
      (xml) =>
        xml
          .replace('value="APIKEY"', 'value="JWT"')
          .replace(
            '<zeebe:property name="inbound.auth.apiKey" value="{{secrets.API_KEY}}" />',
            '<zeebe:property name="inbound.auth.jwt.jwkUrl" value="https://idp.example.com/jwks" /><zeebe:property name="inbound.auth.jwt.permissionsExpression" value="=roles" /><zeebe:property name="inbound.auth.jwt.requiredPermissions" value="=[&#34;a&#34;, &#34;b&#34;]" />',
          ),
      /warning: .*requiredPermissionsMode/,
    ],
    [
      'an input to which nothing is mapped: it may be a variable of the process',
      (xml) => xml.replaceAll(/<zeebe:input source="[^"]*" target="input[^>]*>/g, ''),
      /warning: .*nothing is mapped to input/,
    ],
  ])('%s', async (_name, change, expected) => {
    const { code, found } = await findings(change);
    expect({ code, errors: found.filter((one) => one.startsWith('error')) }).toEqual({
      code: 0,
      errors: [],
    });
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  });
});

test('job types that others work are theirs', async () => {
  const change = (xml: string) => xml.replace('type="io.camunda:aws-eventbridge:1"', 'type="mine"');
  expect(await findings(change, '--other-job-types', 'mine,yours')).toEqual({ code: 0, found: [] });
});

test.each([
  [[], 'no model given: bpmn-connectors validate models/'],
  [['x.bpmn', '--jsn'], 'unknown flag --jsn'],
  [['x.bpmn', '--other-job-types'], '--other-job-types needs a value: a,b'],
])('called wrongly (%j) it says how it is called', async (argv, problem) => {
  expect(await validate(argv)).toMatchObject({ code: 2, stderr: expect.stringContaining(problem) });
});

test('a file that is not there is an error', async () => {
  expect(await validate(['gone.bpmn'])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('gone.bpmn: there is no such file or folder'),
  });
});
