import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { UsageError } from '../src/configuration/usage-error.ts';
import { readDeadLetterFlags } from '../src/dead-letters/dead-letter-flags.ts';
import { call, postJson } from './call.ts';
import { type Program, startProgram } from './program.ts';

jest.setTimeout(60_000);

const bin = fileURLToPath(new URL('../bin/bpmn-connectors.js', import.meta.url));
const modelFile = fileURLToPath(new URL('data/orders.bpmn', import.meta.url));
const token = 'a-management-token-of-tests';

let folder = '';
let broken = '';
let mended = '';
let program: Program;
let webhooks = '';
let management = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-letters-'));
  mended = await readFile(modelFile, 'utf8');
  broken = mended.replace('"=request.body.order"', '"=request.body.oder"');
  await writeFile(join(folder, 'orders.bpmn'), broken);
  program = startProgram(
    ['run', 'orders.bpmn', '--port', '0', '--management-port', '0', '--data', 'data'],
    { cwd: folder, env: { BPMN_CONNECTORS_MANAGEMENT_TOKEN: token } },
  );
  ({ webhooks, management } = await program.addresses());
});

afterAll(async () => {
  program.child.kill('SIGKILL');
  await program.ended;
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `bpmn-connectors dead-letters` with the token in its environment. */
const letters = (argv: readonly string[], env: Record<string, string> = {}): Promise<Ended> => {
  const known = { PATH: process.env['PATH'], BPMN_CONNECTORS_MANAGEMENT_TOKEN: token };
  const child = spawn(process.execPath, [bin, 'dead-letters', ...argv], {
    cwd: folder,
    env: { ...known, ...env },
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...texts })));
};

const lettersThere = (argv: readonly string[]): Promise<Ended> =>
  letters([...argv, '--management-url', management]);

const listed = async (): Promise<readonly { readonly id: string }[]> =>
  JSON.parse((await lettersThere(['list', '--json'])).stdout);

const deploy = async (body: string): Promise<void> => {
  const headers = { 'content-type': 'application/xml', authorization: `Bearer ${token}` };
  const url = `${management}/api/deployments`;
  expect((await call(url, { method: 'POST', headers, body })).status).toBe(200);
};

const paid = (order: string) => ({ order, payment: `of ${order}`, status: 'paid' });

const post = async (path: string, id: string, body: object): Promise<number> =>
  (await postJson(`${webhooks}/webhooks/${path}`, body, { 'idempotency-key': id })).status;

const paymentOf = async (order: string): Promise<unknown> => {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await call(`${management}/api/instances?processId=order`, { headers });
  const items: { variables: Record<string, unknown> }[] = JSON.parse(answer.text).items;
  return items.filter(({ variables }) => variables['order'] === order)[0]?.variables['payment'];
};

describe('dead letters of a running program', () => {
  afterEach(async () => {
    await deploy(mended);
    await lettersThere(['replay', '--all']);
    await deploy(broken);
  });

  test('are listed with webhook, code and reason, for people and as JSON', async () => {
    expect(await lettersThere(['list'])).toMatchObject({
      code: 0,
      stdout: 'There are no dead letters\n',
    });
    expect(await post('payments', 'listed', paid('L'))).toBe(422);
    const { code, stdout, stderr } = await lettersThere(['list']);
    expect([code, stderr]).toEqual([0, '']);
    const [{ id } = { id: '' }, ...others] = await listed();
    expect(others).toEqual([]);
    expect(stdout).toMatch(
      new RegExp(`^${id}  \\S+Z  payments  NO_CORRELATION_KEY  The correlation key .*\n$`),
    );
    expect((await lettersThere(['list', '--webhook-id', 'orders', '--json'])).stdout).toBe('[]\n');
  });

  test('are shown with what was received and what each step decides now, on which values', async () => {
    await post('payments', 'shown', { ...paid('S'), note: 'red\u001b[31m \u009b0m' });
    const [{ id } = { id: '' }] = await listed();
    const { code, stdout } = await lettersThere(['show', id]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/webhook +payments/);
    expect(stdout).toMatch(/stopped +at correlation-key: NO_CORRELATION_KEY/);
    expect(stdout).toMatch(/message-id +found\n +"shown"/);
    expect(stdout).toMatch(/correlation-key +NO_CORRELATION_KEY\n.*\n.*"request\.body\.oder"/);
    expect(stdout).toMatch(/variables +mapped\n +\{"payment":"of S"\}/);
    expect(stdout).toContain('"/webhooks/payments"');
    expect(stdout).toMatch(/Body, \d+ bytes\n\{"order":"S"/);
    // What a sender wrote must not command the terminal.
    for (const control of ['\u001b', '\u009b']) expect(stdout).not.toContain(control);
    const detail = JSON.parse((await lettersThere(['show', id, '--json'])).stdout);
    expect(JSON.parse(Buffer.from(detail.bodyBase64, 'base64').toString())).toMatchObject({
      order: 'S',
    });
  });

  test('are closed by a redelivery after the model was mended', async () => {
    expect(await post('orders', 'order R', { order: 'R' })).toBe(200);
    expect(await post('payments', 'redelivered', paid('R'))).toBe(422);
    expect(await listed()).toHaveLength(1);
    await deploy(mended);
    expect(await post('payments', 'redelivered', paid('R'))).toBe(200);
    expect(await listed()).toEqual([]);
    expect(await paymentOf('R')).toBe('of R');
  });

  test('are in once they were replayed after the model was mended, and closed', async () => {
    expect(await post('orders', 'order P', { order: 'P' })).toBe(200);
    expect(await post('payments', 'replayed', paid('P'))).toBe(422);
    const [{ id } = { id: '' }] = await listed();
    expect(await lettersThere(['replay', id])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        new RegExp(`^${id}  unprocessable  The correlation key .*\n0 of 1 are in\n$`),
      ),
    });
    await deploy(mended);
    expect(await lettersThere(['replay', id])).toMatchObject({
      code: 0,
      stdout: `${id}  correlated\n1 of 1 are in\n`,
    });
    expect(await paymentOf('P')).toBe('of P');
    expect(await listed()).toEqual([]);
    expect(await lettersThere(['replay', id])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('gone'),
    });
    expect(await post('payments', 'replayed', paid('P'))).toBe(200);
  });

  test('of one webhook, or all, are replayed at once, the oldest first', async () => {
    for (const order of ['A', 'B']) await post('payments', `all ${order}`, paid(order));
    const ids = (await listed()).map(({ id }) => id);
    await deploy(mended);
    expect((await lettersThere(['replay', '--webhook-id', 'orders', '--json'])).stdout).toBe(
      '[]\n',
    );
    const { code, stdout } = await lettersThere(['replay', '--all', '--json']);
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      ids.toReversed().map((id) => ({ id, outcome: 'accepted', success: true })),
    ]);
  });
});

describe('what keeps the command from its work', () => {
  test('a letter that is not there', async () => {
    expect(await lettersThere(['show', 'none'])).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^There is no dead letter none: .*dead-letters list/),
    });
  });

  test('a wrong token, which is not repeated', async () => {
    const { code, stderr } = await lettersThere([
      'list',
      '--management-token',
      'wrong-token-wrong-token',
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/answered 401: .*BPMN_CONNECTORS_MANAGEMENT_TOKEN/);
    expect(stderr).not.toContain('wrong-token');
  });

  test('a flag that is not known ends with code 2', async () => {
    expect(await letters(['list', '--jsno'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean --json?'),
    });
  });

  test('nobody at the configured port', async () => {
    const { code, stderr } = await letters(['list'], { BPMN_CONNECTORS_MANAGEMENT_PORT: '1' });
    expect([code, stderr]).toEqual([
      1,
      'The management API at http://127.0.0.1:1 cannot be reached. Is the program running there?\n',
    ]);
  });

  test.each([
    [[], 'nothing to do given: list, show or replay'],
    [['lsit'], 'unknown action lsit; did you mean list?'],
    [['list', '--jsno'], 'unknown flag --jsno; did you mean --json?'],
    [['list', '--webhook-id'], '--webhook-id needs a value: --webhook-id ID'],
    [['list', 'id'], 'list takes --webhook-id and no ids'],
    [['show'], 'show takes one id'],
    [['replay'], 'replay takes ids, or --all, or --webhook-id for those of one webhook'],
    [
      ['replay', 'id', '--all'],
      'replay takes ids, or --all, or --webhook-id for those of one webhook',
    ],
  ])('a wrong call: %j', (argv, problem) => {
    expect(() => readDeadLetterFlags(argv)).toThrow(new UsageError([problem]));
  });
});

test('the management API is found where the configuration has it', async () => {
  const port = new URL(management).port;
  const found = await letters(['list', '--json'], { BPMN_CONNECTORS_MANAGEMENT_PORT: port });
  expect(found).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
});
