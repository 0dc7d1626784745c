import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LocalEventBridge, startLocalEventBridge } from '@bpmn-connectors/testing';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { call, eventually, postJson } from './call.ts';
import { type Program, startProgram } from './program.ts';

jest.setTimeout(60_000);

const model = fileURLToPath(new URL('data/relay.bpmn', import.meta.url));
const jobs = 200;

let folder = '';
let program: Program;
const bridges: LocalEventBridge[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-jobs-'));
});

afterEach(async () => {
  program.child.kill('SIGKILL');
  await program.ended;
  await Promise.all(bridges.splice(0).map((bridge) => bridge.close()));
  await rm(folder, { recursive: true });
});

async function startAt(bridge: LocalEventBridge): Promise<Program> {
  const options = ['--port', '0', '--management-port', '0', '--data', 'data'];
  const work = ['--max-active-jobs', String(jobs), '--aws-job-key-in', 'jobKey'];
  const env = { SECRET_API_KEY: 'the-api-key', SECRET_AWS_KEY: 'AKIA', SECRET_AWS_SECRET: 'x' };
  const aws = ['--aws-endpoint', bridge.endpoint];
  return startProgram(['run', model, ...options, ...work, ...aws], { cwd: folder, env });
}

async function openBridge(): Promise<LocalEventBridge> {
  const bridge = await startLocalEventBridge();
  bridges.push(bridge);
  return bridge;
}

async function jobsInFlight(management: string): Promise<number> {
  const { text } = await call(`${management}/metrics`);
  return Number(/^bpmn_connectors_jobs_in_flight(?:\{[^}]*\})? (\d+)$/m.exec(text)?.[1] ?? 0);
}

async function countCompleted(management: string): Promise<number> {
  const { text } = await call(`${management}/api/instances?state=completed&limit=500`);
  return JSON.parse(text).items.length;
}

/** What the events are about, and the key of the job that sent each. */
const detailsAt = ({ events }: LocalEventBridge): readonly { order: number; jobKey: string }[] =>
  events.map(({ detail }) => JSON.parse(JSON.stringify(detail)));

test(`killed while ${jobs} jobs are in flight every job ends after the restart, and what came twice can be told by the job's key`, async () => {
  const first = await openBridge();
  // Every other call is taken in and never answered, the rest never gets there.
  const never = new Promise(() => {});
  for (let call = 0; call < jobs; call++) {
    first.failNext(call % 2 === 0 ? { kind: 'late', until: never } : { kind: 'hang' });
  }
  program = await startAt(first);
  const { webhooks, management } = await program.addresses();
  const orders = Array.from({ length: jobs }, (_, order) => order);
  const answers = await Promise.all(
    orders.map((order) =>
      postJson(`${webhooks}/webhooks/relay`, { order }, { apikey: 'the-api-key' }),
    ),
  );
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  await eventually(
    () => jobsInFlight(management),
    (count) => count === jobs,
  );
  await eventually(
    async () => first.events.length,
    (count) => count > 0,
  );
  program.child.kill('SIGKILL');
  await program.ended;

  const second = await openBridge();
  program = await startAt(second);
  const restarted = await program.addresses();
  await eventually(
    () => countCompleted(restarted.management),
    (count) => count === jobs,
  );
  const sent = [...detailsAt(first), ...detailsAt(second)];
  const twice = sent.length - jobs;
  process.stdout.write(`jobs crash test: ${twice} of ${jobs} events came twice\n`);
  expect(new Set(sent.map(({ order }) => order)).size).toBe(jobs);
  expect(twice).toBeGreaterThan(0);
  expect(twice).toBeLessThanOrEqual(jobs);
  expect(new Set(sent.map(({ jobKey }) => jobKey)).size).toBe(jobs);
});
