import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type LocalEventBridge, startLocalEventBridge } from '@bpmn-connectors/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call } from '../../../packages/cli/test/call.ts';
import { type Program, startProgram } from '../../../packages/cli/test/program.ts';
import { signAsVendor } from './sign-as-vendor.ts';

/** A row of `data/senders.json`. */
interface Sender {
  readonly name: string;
  /** What the command is given beside `run`. */
  readonly run: readonly string[];
  /** Environment variable of the secret, its value, and one that is wrong. */
  readonly secret: string;
  readonly value: string;
  readonly wrong: string;
  /** File with the body. */
  readonly event: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly becomes: {
    readonly onBus?: object;
    readonly printed?: object;
    readonly process?: object;
  };
  /** Other bodies with the right credentials, of which nothing becomes. */
  readonly also: readonly {
    readonly what: string;
    readonly body: object;
    readonly status: number;
    readonly answer?: object;
  }[];
}

const execute = promisify(execFile);
const folderOf = (name: string): string => fileURLToPath(new URL(`../${name}/`, import.meta.url));
const { senders }: { senders: readonly Sender[] } = JSON.parse(
  readFileSync(new URL('data/senders.json', import.meta.url), 'utf8'),
);

/** The command on a sender's folder, with its state and its bus elsewhere. */
function startOn({ name, run, secret, value }: Sender, data: string, bus: string): Program {
  const ports = ['--port', '0', '--management-port', '0', '--data', data];
  return startProgram(['run', ...run, ...ports, '--aws-endpoint', bus], {
    cwd: folderOf(name),
    env: {
      [secret]: value,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'an-example',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
}

/** The last block of a README that is for a shell. */
async function lineToTry(name: string): Promise<string> {
  const text = await readFile(join(folderOf(name), 'README.md'), 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)];
  const last = blocks.at(-1)?.[1];
  if (last === undefined) throw new Error(`${name}/README.md has no line to try`);
  return last;
}

test('every sender of a folder is in the table', () => {
  const folders = readdirSync(new URL('..', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['test', 'node_modules'].includes(entry.name))
    .map(({ name }) => name);
  expect(senders.map(({ name }) => name).sort()).toEqual(folders.sort());
});

describe.each(senders.map((sender) => [sender.name, sender] as const))('%s', (name, sender) => {
  let data = '';
  let bridge: LocalEventBridge;
  let program: Program;

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'bpmn-connectors-sender-'));
    bridge = await startLocalEventBridge();
    program = startOn(sender, data, bridge.endpoint);
  });

  afterAll(async () => {
    program.child.kill('SIGKILL');
    await program.ended;
    await bridge.close();
    await rm(data, { recursive: true });
  });

  const send = async (secret: string, other?: object) => {
    const { webhooks } = await program.addresses();
    const url = `${webhooks}/webhooks/${name}`;
    const event = await readFile(join(folderOf(name), sender.event), 'utf8');
    const body = other === undefined ? event.trim() : JSON.stringify(other);
    const proof = await signAsVendor(name, { url, body, secret });
    return call(url, { method: 'POST', headers: { ...sender.headers, ...proof }, body });
  };

  const printed = (): readonly unknown[] =>
    program
      .stdout()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));

  const startedWith = async (): Promise<readonly unknown[]> => {
    const { management } = await program.addresses();
    const { items }: { items: readonly { variables: unknown }[] } = JSON.parse(
      (await call(`${management}/api/instances`)).text,
    );
    return items.map(({ variables }) => variables);
  };

  test('is refused with a wrong secret', async () => {
    expect((await send(sender.wrong)).status).toBe(401);
    expect(bridge.events).toEqual([]);
    expect(printed()).toEqual([]);
  });

  test('is taken, and its event goes where the example says', async () => {
    expect((await send(sender.value)).status).toBe(200);
    const { onBus, process, printed: line } = sender.becomes;
    expect(bridge.events).toMatchObject(onBus === undefined ? [] : [onBus]);
    if (line !== undefined) await program.printed(JSON.stringify(line));
    expect(printed()).toEqual(line === undefined ? [] : [line]);
    if (process !== undefined) expect(await startedWith()).toEqual([process]);
  });

  test('is taken as the README sends it by hand', async () => {
    const { webhooks } = await program.addresses();
    const line = (await lineToTry(name)).replaceAll('http://127.0.0.1:8080', webhooks);
    const { stdout } = await execute('bash', ['-euo', 'pipefail', '-c', line], {
      cwd: folderOf(name),
      env: { PATH: process.env['PATH'], [sender.secret]: sender.value },
    });
    expect(stdout).toContain('HTTP/1.1 200 ');
  });

  for (const { what, body, status, answer } of sender.also) {
    test(`${what}, and goes nowhere`, async () => {
      const before = [bridge.events.length, printed().length];
      const reply = await send(sender.value, body);
      expect(reply.status).toBe(status);
      if (answer !== undefined) expect(JSON.parse(reply.text)).toMatchObject(answer);
      expect([bridge.events.length, printed().length]).toEqual(before);
    });
  }
});
