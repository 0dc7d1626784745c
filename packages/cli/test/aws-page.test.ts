import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type LocalEventBridge,
  signRequest,
  startLocalEventBridge,
} from '@bpmn-connectors/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { call } from './call.ts';
import { type Program, startProgram } from './program.ts';

const page = await readFile(new URL('../../eventbridge/AWS.md', import.meta.url), 'utf8');

/** The configuration files of the page, by the name of their endpoint. */
const configurations = new Map(
  [...page.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, text = '']) => [
    Object.keys(JSON.parse(text).endpoints)[0] ?? '',
    text,
  ]),
);

let folder = '';
let bridge: LocalEventBridge;
let program: Program | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-page-'));
  bridge = await startLocalEventBridge();
});

afterEach(async () => {
  program?.child.kill('SIGKILL');
  await program?.ended;
  await bridge.close();
  await rm(folder, { recursive: true });
});

/** Runs the page's file as it stands there. */
async function start(name: string): Promise<Program> {
  const text = configurations.get(name);
  if (text === undefined) throw new Error(`the page has no configuration of ${name}`);
  await writeFile(join(folder, 'bpmn-connectors.config.json'), text);
  program = startProgram(
    ['run', '--port', '0', '--management-port', '0', '--aws-endpoint', bridge.endpoint],
    {
      cwd: folder,
      env: {
        SECRET_EVENTBRIDGE_KEY: 'the-api-key',
        SECRET_GITHUB: 'of-github',
        SECRET_TWILIO: 'of-twilio',
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'an-example',
      },
    },
  );
  return program;
}

/** Address of the endpoint on this machine. */
async function urlOf(running: Program, name: string): Promise<string> {
  const { management } = await running.addresses();
  const { text } = await call(`${management}/api/endpoints`);
  expect(JSON.parse(text).items).toMatchObject([{ webhookId: name, state: 'active' }]);
  const port = /^Listening +\S+:(\d+)$/m.exec(running.stdout())?.[1];
  return `http://127.0.0.1:${port}/webhooks/${name}`;
}

const json = { 'content-type': 'application/json' };

describe('the configuration files of the page about AWS', () => {
  test('are those of an API destination, GitHub and Twilio', () => {
    expect([...configurations.keys()]).toEqual(['orders', 'github', 'twilio']);
  });

  test.each(['github', 'twilio'])('of %s has ten lines at most', (name) => {
    expect(configurations.get(name)?.trim().split('\n').length).toBeLessThanOrEqual(10);
  });

  test('take an event of an API destination with the key of its connection', async () => {
    const running = await start('orders');
    const url = await urlOf(running, 'orders');
    const body = JSON.stringify({ id: '1', source: 'shop', 'detail-type': 'a', detail: { n: 1 } });
    const send = (key: string) =>
      call(url, { method: 'POST', headers: { ...json, 'x-api-key': key }, body });
    expect((await send('the-api-key')).status).toBe(200);
    expect((await send('another')).status).toBe(401);
    await running.printed('"n":1');
  });

  test("put GitHub's signed webhook on the bus, under the kind of its event", async () => {
    const url = await urlOf(await start('github'), 'github');
    const body = JSON.stringify({ ref: 'refs/heads/main' });
    const { headers } = signRequest('github', { url, body, secret: 'of-github', at: 0 });
    const event = { ...json, 'x-github-event': 'push', 'x-github-delivery': 'd1' };
    const sent = await call(url, { method: 'POST', headers: { ...event, ...headers }, body });
    expect(sent.status).toBe(200);
    expect((await call(url, { method: 'POST', headers: event, body })).status).toBe(401);
    expect(bridge.events).toMatchObject([
      { source: 'github.com', 'detail-type': 'push', detail: { ref: 'refs/heads/main' } },
    ]);
  });

  test("put Twilio's webhook on the bus, signed over the public URL", async () => {
    const url = await urlOf(await start('twilio'), 'twilio');
    const body = 'MessageSid=SM1&SmsStatus=received&Body=hello';
    const unsigned = { body, secret: 'of-twilio', at: 0 };
    const post = (signedFor: string) =>
      call(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...signRequest('twilio', { ...unsigned, url: signedFor }).headers,
        },
        body,
      });
    expect((await post('https://hooks.example.com/webhooks/twilio')).status).toBe(200);
    expect((await post('https://elsewhere.example.com/webhooks/twilio')).status).toBe(401);
    expect(bridge.events).toMatchObject([
      {
        source: 'twilio.com',
        'detail-type': 'message.received',
        detail: { MessageSid: 'SM1', Body: 'hello' },
      },
    ]);
  });
});
