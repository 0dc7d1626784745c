import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { call, eventually, postJson } from './call.ts';
import { type Program, startProgram } from './program.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(`data/${name}`, import.meta.url));

let folder = '';
let program: Program;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-log-'));
});

afterEach(async () => {
  program.child.kill('SIGKILL');
  await program.ended;
  await rm(folder, { recursive: true });
});

async function run(...options: readonly string[]): Promise<string> {
  const ports = ['--port', '0', '--management-port', '0'];
  program = startProgram(['run', pathOf('orders.bpmn'), ...ports, ...options], { cwd: folder });
  return (await program.addresses()).webhooks;
}

/** The log lines about deliveries. */
const lines = (): readonly Record<string, unknown>[] =>
  program
    .stderr()
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ msg }) => msg === 'Delivery');

const logged = (count: number) =>
  eventually(
    async () => lines(),
    (all) => all.length === count,
  );

describe('the log', () => {
  test('has a line for each delivery, by which it can be found again', async () => {
    const url = await run();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await postJson(`${url}/webhooks/orders`, { order: 7 }, { traceparent });
    await postJson(`${url}/webhooks/payments`, { status: 'paid', payment: 1 });
    expect(await logged(2)).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        msg: 'Delivery',
        delivery: '1',
        connectorType: 'io.camunda:webhook:1',
        endpoint: 'orders',
        status: 200,
        outcome: 'correlated',
        step: 'respond',
        durationMs: expect.any(Number),
        processInstanceKey: expect.stringMatching(/^\d+$/),
        traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      },
      expect.objectContaining({
        level: 'warn',
        endpoint: 'payments',
        status: 422,
        outcome: 'unprocessable',
        step: 'correlation-key',
      }),
    ]);
  });

  test('holds nothing that a sender wrote, and no line of its making', async () => {
    const url = await run();
    const forged = '{"level":"error","msg":"Delivery"}';
    await call(`${url}/webhooks/orders?x=${encodeURIComponent(`\n${forged}`)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forged': forged, traceparent: forged },
      body: JSON.stringify({ order: 7, note: `\n${forged}\nsecret-note` }),
    });
    expect(await logged(1)).toEqual([expect.objectContaining({ level: 'info' })]);
    expect(program.stderr()).not.toMatch(/forged|secret-note|"error"/);
  });

  test('is silent about deliveries where that is wanted', async () => {
    const url = await run('--log-events', 'false');
    await postJson(`${url}/webhooks/orders`, { order: 7 });
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(lines()).toEqual([]);
  });
});

test('a module of the user is told what happens', async () => {
  const url = await run('--telemetry', pathOf('telemetry.js'));
  await postJson(`${url}/webhooks/orders`, { order: 7 });
  await program.printed('own: orders correlated');
});

test('a module without createTelemetry is refused by name', async () => {
  program = startProgram(['run', pathOf('orders.bpmn'), '--telemetry', pathOf('own-engine.js')], {
    cwd: folder,
  });
  expect(await program.ended).toBe(1);
  expect(program.stderr() + program.stdout()).toMatch(
    /--telemetry.*own-engine\.js.*createTelemetry/s,
  );
});
