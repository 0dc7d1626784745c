import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { call } from './call.ts';
import { type Program, startProgram } from './program.ts';
import { createSenders, type Delivered, type Delivery, type Senders } from './senders.ts';

jest.setTimeout(120_000);

const model = fileURLToPath(new URL('data/orders.bpmn', import.meta.url));
const rounds = 20;
const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 2 ** 31);

/** When a process is killed: milliseconds after it was ready, now and then after it was started. */
const kills = fc.record({
  starting: fc.constantFrom(false, false, false, false, true),
  delay: fc.integer({ min: 5, max: 300 }),
});

let folder = '';
let program: Program;
let senders: Senders;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-crash-'));
});

afterEach(async () => {
  senders.stop();
  program.child.kill('SIGKILL');
  await program.ended;
  await rm(folder, { recursive: true });
});

const start = (): Program =>
  startProgram(
    [
      'run',
      model,
      '--port',
      '0',
      '--management-port',
      '0',
      '--data',
      'data',
      '--log-level',
      'warn',
    ],
    { cwd: folder },
  );

/** All items of a list of the management API. */
async function allOf(url: string): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { text } = await call(`${url}?limit=500${cursor === '' ? '' : `&cursor=${cursor}`}`);
    const page = JSON.parse(text);
    items.push(...page.items);
    cursor = page.cursor;
  }
  return items;
}

/** How often each number occurs. */
function tally(numbers: readonly unknown[]): ReadonlyMap<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
}

/** Numbers of the events that are in, as often as they are. */
async function numbersIn(management: string): Promise<readonly unknown[]> {
  const variables = (await allOf(`${management}/api/instances`)).map((one) =>
    Object(one['variables']),
  );
  return variables.flatMap(({ order, ticket, payment }) =>
    [order, ticket, payment].filter((number) => number !== undefined),
  );
}

/** Numbers of the events that lie as dead letters. */
async function numbersOfLetters(management: string): Promise<readonly unknown[]> {
  const letters = await allOf(`${management}/api/dead-letters`);
  const bodies = letters.map(async ({ id }) => {
    const { text } = await call(`${management}/api/dead-letters/${String(id)}`);
    return JSON.parse(Buffer.from(JSON.parse(text).bodyBase64, 'base64').toString()).payment;
  });
  return Promise.all(bodies);
}

const numbersOf = (deliveries: readonly Delivery[]): readonly number[] =>
  deliveries.map(({ number }) => number);

/** What was answered with 2xx is in, once; what was answered with 422 is a dead letter. */
async function expectAllThereOnce(
  management: string,
  { accepted, buried }: Delivered,
): Promise<void> {
  process.stdout.write(
    `crash test: ${accepted.length} are in, ${buried.length} are dead letters\n`,
  );
  const counts = tally(await numbersIn(management));
  const wrong = numbersOf(accepted).filter((number) => counts.get(number) !== 1);
  expect(wrong).toEqual([]);
  expect(counts.size).toBe(accepted.length);
  expect(tally(await numbersOfLetters(management))).toEqual(tally(numbersOf(buried)));
  expect(buried.length).toBeGreaterThan(0);
  expect(accepted.length).toBeGreaterThan(rounds);
}

test(`killed ${rounds} times under load nothing acknowledged is lost and nothing is in twice`, async () => {
  process.stdout.write(`crash test: CRASH_SEED=${seed}\n`);
  senders = createSenders(seed);
  program = start();
  for (const { starting, delay } of fc.sample(kills, { seed, numRuns: rounds })) {
    if (!starting) senders.resume((await program.addresses()).webhooks);
    await new Promise((resolve) => setTimeout(resolve, delay));
    senders.pause();
    program.child.kill('SIGKILL');
    expect(await program.ended).toBe('SIGKILL');
    program = start();
  }
  const { webhooks, management } = await program.addresses();
  senders.resume(webhooks);
  await expectAllThereOnce(management, await senders.finish());
});

test('ended by SIGTERM under load it ends with 0, and everything is in exactly once', async () => {
  senders = createSenders(seed);
  for (const delay of [20, 100, 200]) {
    program = start();
    senders.resume((await program.addresses()).webhooks);
    await new Promise((resolve) => setTimeout(resolve, delay));
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    senders.pause();
  }
  program = start();
  const { webhooks, management } = await program.addresses();
  senders.resume(webhooks);
  await expectAllThereOnce(management, await senders.finish());
});
