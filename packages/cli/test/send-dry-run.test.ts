import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { runToEnd } from './run-to-end.ts';

jest.setTimeout(60_000);

const orders = fileURLToPath(new URL('data/orders.bpmn', import.meta.url));

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-dry-run-'));
  await copyFile(orders, join(folder, 'orders.bpmn'));
});

afterEach(() => rm(folder, { recursive: true }));

const env = { SECRET_HOOKS: 'the-secret', RIGHT: 'the-secret', WRONG: 'another-secret' };

/** Runs `bpmn-connectors send` of this body. */
async function send(body: unknown, argv: readonly string[]) {
  const input = typeof body === 'string' ? body : JSON.stringify(body);
  const { code, stdout, stderr } = await runToEnd(['send', '-', ...argv], {
    cwd: folder,
    env,
    input,
  });
  return { code, stdout, stderr };
}

async function stepsOf(body: unknown, argv: readonly string[]) {
  const { code, stdout } = await send(body, [...argv, '--json']);
  const { steps, answer, webhookId } = JSON.parse(stdout);
  return { code, steps, status: answer.status, webhookId };
}

/** One endpoint of a configuration that is never started. */
async function configure(more: object = {}, name = 'github'): Promise<readonly string[]> {
  const signed = {
    'inbound.signature.scheme': name,
    'inbound.signature.secret': '{{secrets.HOOKS}}',
  };
  const configuration = {
    engine: 'forward',
    forward: { http: { url: 'http://127.0.0.1:1/' } },
    endpoints: { [name]: { ...signed, ...more } },
  };
  await writeFile(join(folder, 'hooks.json'), JSON.stringify(configuration));
  return ['--dry-run', 'hooks.json', '--as', name, '--secret-env'];
}

const model = ['--dry-run', 'orders.bpmn', '--as', 'plain'];

describe('a dry run against a model', () => {
  test('tells what each step decides and what the sender would be told', async () => {
    const { code, stdout, stderr } = await send({ order: 'A1' }, [...model, '--to', 'orders']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').map((line) => line.trimEnd())).toEqual([
      'Webhook orders: nothing was sent',
      '  authenticate     passed: NONE',
      '  condition        taken by order_start',
      '  message-id       none',
      '  correlation-key  found',
      '                   ""',
      '  variables        mapped',
      '                   {"order":"A1"}',
      '  send             would publish message order-came without correlation key',
      '',
      'The sender would be told',
      '200 OK',
      '',
    ]);
  });

  test('shows the correlation key, and starts of plain start events', async () => {
    const payment = { order: 'A1', status: 'paid', payment: 7 };
    const paid = await stepsOf(payment, [...model, '--to', '/webhooks/payments']);
    expect(paid).toMatchObject({ code: 0, status: 200, webhookId: 'payments' });
    expect(paid.steps).toContainEqual({ step: 'correlation-key', decision: 'found', value: 'A1' });
    expect(paid.steps.at(-1)).toEqual({
      step: 'send',
      decision: 'would publish message order-paid for A1',
    });
    const url = 'https://hooks.example.com/webhooks/tickets?a=1';
    const { steps } = await stepsOf({ ticket: 'T1' }, [...model, '--to', url]);
    expect(steps.at(-1)).toEqual({
      step: 'send',
      decision: 'would start ticket at ticket_start',
    });
  });

  test('shows which part of a condition is not met, exit code 1 for 422', async () => {
    const asked = await stepsOf({ status: 'open' }, [...model, '--to', 'payments']);
    expect(asked).toMatchObject({ code: 1, status: 422 });
    expect(asked.steps.at(-1)).toMatchObject({
      step: 'condition',
      decision: 'not met',
      value: [{ causes: [{ of: { 'request.body.status': 'open' } }] }],
    });
  });

  test('starts, claims and writes nothing', async () => {
    const sendOnce = () => stepsOf({ order: 'A1' }, [...model, '--to', 'orders']);
    expect(await sendOnce()).toEqual(await sendOnce());
    expect(await readdir(folder)).toEqual(['orders.bpmn']);
  });
});

describe('a dry run against a configuration', () => {
  test('checks the signature, and takes the only endpoint there is', async () => {
    const { code, steps, webhookId } = await stepsOf({ a: 1 }, [...(await configure()), 'RIGHT']);
    expect([code, webhookId]).toEqual([0, 'github']);
    expect(steps).toMatchObject([
      { step: 'authenticate', decision: 'passed: github' },
      { step: 'condition', decision: 'taken by github' },
      { step: 'message-id', decision: 'found', value: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      { step: 'variables', decision: 'mapped' },
      { step: 'send', decision: 'would start configuration at github' },
    ]);
  });

  test('tells the operator why a signature is refused, and the sender only that it is', async () => {
    const { code, stdout } = await send({ a: 1 }, [...(await configure()), 'WRONG']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/authenticate +refused with 401\n +SIGNATURE_WRONG\n/);
    expect(stdout).toMatch(/The sender would be told\n401 Unauthorized\n/);
    expect(stdout.split('The sender would be told')[1]).not.toContain('SIGNATURE_WRONG');
  });

  test('checks signatures over URLs as they would be sent', async () => {
    const argv = await configure({}, 'twilio');
    const url = ['--to', 'https://hooks.example.com/webhooks/twilio'];
    expect(await stepsOf('A=1', [...argv, 'RIGHT', ...url])).toMatchObject({ status: 200 });
    expect(await stepsOf({ a: 1 }, [...argv, 'RIGHT'])).toMatchObject({ status: 200 });
    expect(await stepsOf('A=1', [...argv, 'WRONG', ...url])).toMatchObject({ status: 401 });
  });

  test('tells the events of a batch apart', async () => {
    const open = { 'inbound.auth.type': 'NONE', 'inbound.signature.scheme': '' };
    const [flag = '', name = ''] = await configure(open);
    const event = { specversion: '1.0', source: '/shop', type: 'order' };
    const batch = ['A', 'B'].map((id) => ({ ...event, id }));
    const { code, steps } = await stepsOf(batch, [flag, name, '--as', 'cloudevents']);
    expect(code).toBe(0);
    const told = steps.map(({ step, decision }: Record<string, string>) => `${step} ${decision}`);
    expect(told.filter((line: string) => /^(?:event|send)/.test(line))).toEqual([
      'event 1 of 2',
      'event 2 of 2',
      'send would start configuration at github',
      'send would start configuration at github',
    ]);
  });

  test('tells of a payload that does not fit, and of a response expression that fails', async () => {
    const schema = { 'inbound.payloadSchema': '{"required": ["order"]}' };
    const unfit = await stepsOf({ a: 1 }, [...(await configure(schema)), 'RIGHT']);
    expect(unfit).toMatchObject({ code: 1, status: 422 });
    expect(unfit.steps.at(-1)).toMatchObject({ step: 'schema', decision: 'refused with 422' });
    const response = { 'inbound.responseExpression': '={statusCode: "none"}' };
    const failing = await stepsOf({ a: 1 }, [...(await configure(response)), 'RIGHT']);
    expect(failing).toMatchObject({ code: 0, status: 200 });
    expect(failing.steps.at(-1)).toMatchObject({ step: 'respond', decision: 'failed' });
  });

  test('shows no secret among the values', async () => {
    const more = { resultExpression: '={key: request.headers.key}' };
    const argv = [...(await configure(more)), 'RIGHT', '--header', 'key: the-secret'];
    const { code, stdout } = await send({ a: 1 }, argv);
    expect(code).toBe(0);
    expect(stdout).toContain('{"key":');
    expect(stdout).not.toContain('the-secret');
  });
});

describe('a dry run that cannot be made names what is wrong, exit code 1', () => {
  test.each<[string, readonly string[], RegExp]>([
    [
      'several webhooks',
      model,
      /orders\.bpmn: it has several webhooks\. Name one with --to: orders/,
    ],
    [
      'another webhook',
      [...model, '--to', '/webhooks/order'],
      /it has no webhook order; did you mean orders\?\. Name one with --to/,
    ],
    ['no file', ['--dry-run', 'gone.bpmn', '--as', 'plain'], /gone\.bpmn: there is no such file/],
    ['no BPMN', ['--dry-run', 'bad.bpmn', '--as', 'plain'], /bad\.bpmn: .*Name BPMN 2\.0 files/],
  ])('%s', async (_, argv, complaint) => {
    await writeFile(join(folder, 'bad.bpmn'), 'no model');
    const { code, stdout, stderr } = await send({}, argv);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(complaint);
  });

  test('a webhook whose secret is missing', async () => {
    const gone = { 'inbound.signature.secret': '{{secrets.GONE}}' };
    const { code, stderr } = await send({}, [...(await configure(gone)), 'RIGHT']);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/the secret GONE does not exist/)]);
  });

  test('a configuration with an unknown key is a wrong call, exit code 2', async () => {
    await writeFile(join(folder, 'wrong.json'), '{"endpoint": {}}');
    const { code, stderr } = await send({}, ['--dry-run', 'wrong.json', '--as', 'plain']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/unknown key endpoint; did you mean/),
    ]);
  });
});
