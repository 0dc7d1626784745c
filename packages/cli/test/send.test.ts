import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Program, startProgram } from './program.ts';
import { runToEnd, type Surroundings } from './run-to-end.ts';

jest.setTimeout(60_000);

interface SentRequest {
  readonly as: string;
  readonly secret: string;
  readonly argv?: readonly string[];
  readonly body: string;
  /** Headers that go out, and those whose value is new each time. */
  readonly headers: Readonly<Record<string, string>>;
  readonly new: readonly string[];
}

const requests: readonly SentRequest[] = JSON.parse(
  readFileSync(new URL('data/sent-requests.json', import.meta.url), 'utf8'),
);
const schemes = [...new Map(requests.map(({ as, secret }) => [as, secret]))];

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-send-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** Runs `bpmn-connectors send`. */
const send = (argv: readonly string[], more: Omit<Surroundings, 'cwd'> = {}) =>
  runToEnd(['send', ...argv], { cwd: folder, ...more });

/** Writes what is to be sent. */
async function file(content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, 'body'), content);
  return 'body';
}

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly url: string | undefined;
  readonly body: string;
}

describe('a receiver that checks signatures', () => {
  let program: Program;
  let webhooks = '';

  beforeAll(async () => {
    const endpoints = Object.fromEntries(
      schemes.map(([scheme, secret]) => [
        scheme,
        { 'inbound.signature.scheme': scheme, 'inbound.signature.secret': secret },
      ]),
    );
    const configuration = { engine: 'forward', forward: { print: true }, endpoints };
    await writeFile(join(folder, 'bpmn-connectors.config.json'), JSON.stringify(configuration));
    const argv = ['run', '--port', '0', '--management-port', '0'];
    program = startProgram(argv, { cwd: folder });
    ({ webhooks } = await program.addresses());
  });

  afterAll(async () => {
    program.child.kill('SIGKILL');
    await program.ended;
  });

  const post = async ({ as, body, argv = [] }: SentRequest, secret: string) => {
    const to = `${webhooks}/webhooks/${as}`;
    const given = [await file(body), '--as', as, '--to', to, '--secret-env', 'THE_SECRET', ...argv];
    return send(given, { env: { THE_SECRET: secret } });
  };

  test.each(requests)('takes $body of $as', async (request) => {
    expect(await post(request, request.secret)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^200 OK\n/),
      stderr: '',
    });
  });

  test.each(requests)('refuses $body of $as with another secret', async (request) => {
    const wrong = `whsec_${Buffer.from('another secret of tests').toString('base64')}`;
    const { code, stdout } = await post(request, wrong);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^401 Unauthorized\n/)]);
    expect(stdout).toContain('www-authenticate: ');
  });

  test('tells of what is too large, although it stops reading', async () => {
    const to = `${webhooks}/webhooks/github`;
    const argv = [await file('x'.repeat(9_000_000)), '--as', 'plain', '--to', to];
    const { code, stdout } = await send(argv);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^413 Payload Too Large\n/)]);
  });
});

describe('what goes out', () => {
  const received: Received[] = [];
  let answer: { status: number; headers?: Record<string, string>; body?: string } = { status: 204 };
  let server: Server;
  let to = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.on('end', () => {
        received.push({ headers: request.headers, url: request.url, body });
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    to = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook?tenant=1`;
  });

  beforeEach(() => {
    received.length = 0;
    answer = { status: 204 };
  });

  afterAll(() => void server.close());

  const headersOf = async (argv: readonly string[], env: Record<string, string> = {}) => {
    expect(await send([...argv, '--to', to], { env })).toMatchObject({ code: 0, stderr: '' });
    return received.at(-1)?.headers ?? {};
  };

  test.each(requests)('as $as with $body has its headers', async (request) => {
    const { as, argv = [], body, headers, new: fresh, secret } = request;
    const given = [await file(body), '--as', as, '--secret-env', 'THE_SECRET', ...argv];
    const first = await headersOf(given, { THE_SECRET: secret });
    expect(first).toMatchObject(headers);
    const second = await headersOf(given, { THE_SECRET: secret });
    for (const name of fresh) {
      expect(first[name]).toMatch(/[0-9a-f-]{36}$/);
      expect(second[name]).not.toBe(first[name]);
    }
    expect(received.map((one) => one.body)).toEqual([body, body]);
  });

  test('as eventbridge is what an API destination sends, with its key in a header', async () => {
    await writeFile(join(folder, 'key'), 'the-key\n');
    const given = [
      await file('{"detail-type":"x"}'),
      '--as',
      'eventbridge',
      '--secret-file',
      'key',
    ];
    expect(await headersOf(given)).toMatchObject({
      'user-agent': 'Amazon/EventBridge/ApiDestinations',
      'content-type': 'application/json; charset=utf-8',
      range: 'bytes=0-1048575',
      connection: 'close',
      apikey: 'the-key',
    });
    const named = await headersOf([...given, '--secret-header', 'Authorization']);
    expect([named.authorization, named['apikey']]).toEqual(['the-key', undefined]);
  });

  test.each([
    ['an event', '{"specversion":"1.0","id":"1"}', 'application/cloudevents+json; charset=UTF-8'],
    ['a list', '[{"specversion":"1.0"}]', 'application/cloudevents-batch+json; charset=UTF-8'],
  ])('as cloudevents is %s as it stands in the file', async (_, body, type) => {
    const headers = await headersOf([await file(body), '--as', 'cloudevents']);
    expect([headers['content-type'], headers['ce-id']]).toEqual([type, undefined]);
  });

  test('as cloudevents may be the data of an event whose type is given', async () => {
    const given = [await file('{"order":1}'), '--as', 'cloudevents', '--type', 'order.created'];
    expect(await headersOf(given)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'ce-specversion': '1.0',
      'ce-type': 'order.created',
      'ce-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('as plain comes from standard input too, without a signature', async () => {
    const sent = await send(['-', '--as', 'plain', '--to', to], { input: 'a line\r\n' });
    expect([sent.code, received.at(-1)?.body]).toEqual([0, 'a line\r\n']);
    expect(received.at(-1)?.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  test('has the headers that are given, which win over those of the sender', async () => {
    const more = ['--header', 'content-type: application/xml', '--header=X-Trace:a:b'];
    const headers = await headersOf([await file('<a/>'), '--as', 'plain', ...more]);
    expect([headers['content-type'], headers['x-trace']]).toEqual(['application/xml', 'a:b']);
  });

  test('is answered with status, headers worth reading and body; no redirect is followed', async () => {
    answer = { status: 302, headers: { location: '/b', 'retry-after': '7', allow: 'POST' } };
    const argv = [await file('{}'), '--as', 'plain', '--to', to];
    expect(await send(argv)).toEqual({
      code: 1,
      stdout: '302 Found\nretry-after: 7\nallow: POST\nlocation: /b\n',
      stderr: '',
    });
    expect(received).toHaveLength(1);
  });

  test('is answered as JSON with --json, without what would move a terminal', async () => {
    answer = { status: 503, body: 'later\u001b[2J' };
    const { code, stdout } = await send([await file('{}'), '--as', 'plain', '--to', to, '--json']);
    expect(code).toBe(1);
    expect(stdout).not.toContain('\u001b');
    expect(JSON.parse(stdout)).toMatchObject({ status: 503, body: 'later\u001b[2J' });
  });
});

test('nobody there is told by address and reason, exit code 1', async () => {
  const { code, stdout, stderr } = await send([
    await file('{}'),
    ...['--as', 'plain', '--to', 'http://127.0.0.1:1/hook'],
  ]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^http:\/\/127\.0\.0\.1:1 gave no answer: ECONNREFUSED\. Check --to/);
});

describe('a wrong call has exit code 2 and shows no secret', () => {
  const to = ['--to', 'http://127.0.0.1:1/'];
  const plain = ['body', '--as', 'plain', ...to];
  test.each<[readonly string[], RegExp]>([
    [[], /nothing to send given.*\nno sender given: --as eventbridge\|.*\nnowhere to send to/s],
    [['body', 'more', '--as', 'plain', ...to], /more than one file given/],
    [['body', '--as', 'githb', ...to], /unknown sender githb; did you mean github\?/],
    [['body', '--as', 'github', ...to], /github signs what it sends: name the secret/],
    [
      [...plain, '--secret', 'hunter2'],
      /unknown flag --secret; secrets are read with --secret-env or --secret-file/,
    ],
    [[...plain, '--secret-env', 'GONE'], /the variable GONE is not set/],
    [[...plain, '--secret-file', 'gone'], /--secret-file: gone cannot be read: ENOENT/],
    [[...plain, '--secret-env', 'A', '--secret-file', 'b'], /give one of them/],
    [['body', '--as', 'plain', '--to', '/webhooks/a'], /--to must be an http or https URL/],
    [['body', '--as', 'plain', '--to', 'http://u:hunter2@h/'], /--to must hold no credentials/],
    [[...plain, '--header', 'hunter2'], /is no header; write 'Name: value'/],
    [[...plain, '--header', 'Content-Length: 1'], /Content-Length: follows from the body/],
    [[...plain, '--secret-header', 'a b'], /--secret-header must be the name of a header/],
    [[...plain, '--secret-file', 'lines'], /the secret cannot stand in the header apikey/],
    [['body', '--as', 'slack', '--secret-header', 'a', ...to], /slack signs with its secret/],
    [[...plain, '--type', 'x'], /--type: plain tells the type/],
    [['body', '--as', 'cloudevents', ...to], /as the data of one it needs --type EVENT/],
    [['gone', '--as', 'plain', ...to], /gone: cannot be read: ENOENT/],
    [['bytes', '--as', 'plain', ...to], /bytes: it is no UTF-8 text/],
  ])('%j', async (argv, complaint) => {
    await file('{}');
    await writeFile(join(folder, 'lines'), 'hunter2\nhunter2\n');
    await writeFile(join(folder, 'bytes'), Buffer.from([0xff, 0xfe, 0]));
    const { code, stdout, stderr } = await send(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(complaint);
    expect(stderr).not.toContain('hunter2');
  });
});
