import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

// What `npm start` runs; `npm test` has built it.
const program = fileURLToPath(new URL('../dist/index.js', import.meta.url));

let folder = '';
let children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'order-shipping-test-'));
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await rm(folder, { recursive: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
  readonly printed: (text: string) => Promise<string>;
}

function run(args: readonly string[], port = '0'): Run {
  const env = { PATH: process.env['PATH'], PORT: port };
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env });
  children.push(child);
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exit = once(child, 'close').then(() => child.exitCode);
  const printed = async (text: string): Promise<string> => {
    while (!output.includes(text)) {
      await Promise.race([once(child.stdout, 'data'), exit]);
      if (child.exitCode !== null && !output.includes(text)) throw new Error(output);
    }
    return output;
  };
  return { child, output: () => output, exit, printed };
}

/** Sends what a printed line tells to paste. */
async function paste(line: string): Promise<number> {
  const [, url = '', body = ''] = /curl -i (\S+) .* -d '(.*)'$/.exec(line) ?? [];
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return response.status;
}

const curlLines = (output: string): string[] => output.match(/curl -i .*/g) ?? [];

describe('npm start -- --once', () => {
  test('drives the loop, prints each step and the result as the last line', async () => {
    const { exit, output } = run(['--once']);
    expect(await exit).toBe(0);
    const lines = output().trim().split('\n');
    expect(lines.slice(0, -1).map((line) => line[0])).toEqual(['1', '2', '3', '4', '5']);
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
      processId: 'order-shipping',
      state: 'completed',
      variables: {
        customerId: '12345',
        orderTotal: 100.5,
        myCorrelationKey: '123456789',
        shipmentEventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        shipmentStatus: 'received',
      },
      eventsPut: 1,
    });
  });

  test('an unknown flag is refused with exit code 2', async () => {
    const { exit, output } = run(['--onec']);
    expect(await exit).toBe(2);
    expect(output()).toContain('unknown flag --onec');
  });
});

describe('npm start', () => {
  test('the lines to paste complete the process, and Ctrl-C ends with exit code 0', async () => {
    const { child, exit, printed } = run([]);
    const [order = '', shipment = ''] = curlLines(await printed('Ctrl-C ends'));
    expect(await paste(order)).toBe(200);
    await printed('RequestShipment: job io.camunda:aws-eventbridge:1 complete');
    expect(await paste(shipment)).toBe(200);
    expect(await printed('completed: ')).toContain('"shipmentStatus":"received"');
    child.kill('SIGINT');
    expect(await exit).toBe(0);
  });

  test('killed between the two events it goes on, and the first event starts nothing again', async () => {
    const first = run([]);
    const [order = '', shipment = ''] = curlLines(await first.printed('Ctrl-C ends'));
    expect(await paste(order)).toBe(200);
    await first.printed('RequestShipment: job io.camunda:aws-eventbridge:1 complete');
    first.child.kill('SIGKILL');
    await first.exit;

    const second = run([], new URL(order.split(' ')[2] ?? '').port);
    await second.printed('Ctrl-C ends');
    expect(await paste(order)).toBe(200);
    await second.printed('→ orders: duplicate');
    expect(await paste(shipment)).toBe(200);
    expect(await second.printed('completed: ')).toContain('"shipmentStatus":"received"');
  });

  test('a port in use is named, with exit code 1', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const { exit, output } = run([], port);
    expect(await exit).toBe(1);
    expect(output()).toContain(`port ${port} is in use`);
    server.close();
  });
});
