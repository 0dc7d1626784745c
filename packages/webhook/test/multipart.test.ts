import type { InboundEvent, JsonValue } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { webhook } from '../src/index.ts';
import { send } from './support/send.ts';
import { servedWebhook } from './support/served-webhook.ts';

interface Part {
  readonly head: string;
  readonly content?: string | Uint8Array;
}

const named = (more = '') => `Content-Disposition: form-data; name="a"${more}`;

/** A body as senders write it. */
function multipart(parts: readonly Part[], boundary = 'b'): Buffer {
  const pieces = parts.flatMap(({ head, content = 'c' }) => [
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

async function take(
  body: Uint8Array,
  contentType = 'multipart/form-data; boundary=b',
  options: Parameters<typeof servedWebhook>[2] = {},
) {
  const { hooks, context } = await servedWebhook(undefined, undefined, options);
  const answer = await send(hooks, { headers: { 'Content-Type': contentType }, body });
  return { status: answer.status, event: context.events[0], refusal: context.refusals[0] };
}

const documentsOf = (event: InboundEvent | undefined): JsonValue | undefined =>
  event?.scope['documents'];

const document = (content: string, more: object = {}, name = 'a') => ({
  name,
  content: Buffer.from(content).toString('base64'),
  metadata: {
    fileName: null,
    contentType: 'text/plain',
    size: Buffer.byteLength(content),
    ...more,
  },
});

describe('a part becomes a document', () => {
  test('with its name, file name, media type, size and content', async () => {
    const head = `${named('; filename="ü.png"')}\r\nContent-Type: image/png`;
    const { event } = await take(multipart([{ head: named() }, { head, content: 'pixels' }]));
    expect(documentsOf(event)).toEqual([
      document('c'),
      document('pixels', { fileName: 'ü.png', contentType: 'image/png' }),
    ]);
    expect(event?.scope['request']).toMatchObject({ body: {} });
  });

  test.each<[string, string, string | null]>([
    ['without its folders', '; filename="/etc/../passwd"', 'passwd'],
    ['without the folders of Windows', '; filename="C:\\temp\\a.txt"', 'a.txt'],
    ['with escaped quotes', '; filename="a\\"b.txt"', 'a"b.txt'],
    ['as a token', '; filename=a.txt', 'a.txt'],
    ['in capitals', '; FILENAME="a.txt"', 'a.txt'],
    ['not from filename*, which forms must not use', "; filename*=utf-8''x", null],
  ])('its file name %s', async (_name, parameter, fileName) => {
    const { event } = await take(multipart([{ head: named(parameter) }]));
    expect(documentsOf(event)).toEqual([document('c', { fileName })]);
  });

  test('whose content is another multipart body, not looked into', async () => {
    const content = multipart([{ head: named() }], 'inner').toString();
    const head = `${named()}\r\nContent-Type: multipart/mixed; boundary=inner`;
    const { event } = await take(multipart([{ head, content }]));
    expect(documentsOf(event)).toMatchObject([
      { content: Buffer.from(content).toString('base64') },
    ]);
  });

  test('for every boundary that RFC 2046 allows', async () => {
    const boundary = "0aZ'()+_,-./:=? x";
    const { event } = await take(
      multipart([{ head: named() }], boundary),
      `Multipart/Form-Data; charset=utf-8; BOUNDARY="${boundary}"`,
    );
    expect(documentsOf(event)).toEqual([document('c')]);
  });

  test('and no part becomes none', async () => {
    expect(documentsOf((await take(Buffer.from('--b--'))).event)).toEqual([]);
  });

  test('as fetch writes forms', async () => {
    const form = new FormData();
    form.set('field', 'välue');
    form.set('file', new File(['content'], 'a b.txt', { type: 'text/csv' }));
    const request = new Request('http://localhost', { method: 'POST', body: form });
    const { event } = await take(
      new Uint8Array(await request.arrayBuffer()),
      request.headers.get('content-type') ?? '',
    );
    expect(documentsOf(event)).toEqual([
      document('välue', {}, 'field'),
      document('content', { fileName: 'a b.txt', contentType: 'text/csv' }, 'file'),
    ]);
  });
});

describe('a multipart body is refused with 400', () => {
  const good = { head: named() };
  test.each<[string, Uint8Array | string, string?]>([
    ['without boundary', multipart([good]), 'multipart/form-data'],
    ['with an empty boundary', multipart([good], ''), 'multipart/form-data; boundary=""'],
    ['with two boundaries', multipart([good]), 'multipart/form-data; boundary=b; boundary=c'],
    [
      'with a boundary of 71 characters',
      multipart([good], 'x'.repeat(71)),
      `multipart/form-data; boundary=${'x'.repeat(71)}`,
    ],
    ['with another boundary than it says', multipart([good], 'c')],
    ['that is JSON', '{"documents":[]}'],
    ['with something before its first part', `x\r\n${multipart([good]).toString()}`],
    ['with something after its last part', `${multipart([good]).toString()}x`],
    ['that ends without its last delimiter', `--b\r\n${named()}\r\n\r\nc\r\n--b\r\n`],
    ['whose content begins like a delimiter', multipart([{ ...good, content: 'x\r\n--bx' }])],
    ['with bare line feeds', `--b\n${named()}\n\nc\n--b--\n`],
    ['with a part without head', '--b\r\n\r\nc\r\n--b--'],
    ['with an empty part', '--b\r\n\r\n--b--'],
    ['with a part without name', multipart([{ head: 'Content-Disposition: form-data' }])],
    ['with an attachment', multipart([{ head: 'Content-Disposition: attachment; name="a"' }])],
    ['with a name twice', multipart([{ head: named('; name="b"') }])],
    ['with a header twice', multipart([{ head: `${named()}\r\n${named()}` }])],
    ['with a folded header', multipart([{ head: `${named(';')}\r\n filename="x"` }])],
    ['with a header without colon', multipart([{ head: `${named()}\r\nx` }])],
    ['with an unfinished quote', multipart([{ head: named('; filename="x') }])],
    ['with a zero byte in a file name', multipart([{ head: named('; filename="a\0.txt"') }])],
    [
      'with a name of 257 characters',
      multipart([{ head: named(`; filename="${'x'.repeat(257)}"`) }]),
    ],
    ['with a head of over 8 kB', multipart([{ head: `${named()}\r\nX-Y: ${'y'.repeat(8192)}` }])],
    [
      'with a head that is not UTF-8',
      Buffer.from(multipart([{ head: named('; filename="\xff"') }]).toString(), 'latin1'),
    ],
    [
      'with content to be decoded',
      multipart([{ head: `${named()}\r\nContent-Transfer-Encoding: base64` }]),
    ],
    ['with 101 parts', multipart(Array.from({ length: 101 }, () => good))],
  ])('%s', async (_name, body, contentType = 'multipart/form-data; boundary=b') => {
    const { status, event, refusal } = await take(Buffer.from(body), contentType);
    expect({ status, event }).toEqual({ status: 400, event: undefined });
    expect(refusal).toMatchObject({ step: 'parse', code: expect.stringMatching(/^MULTIPART_/) });
  });

  test('cut short anywhere', async () => {
    const whole = multipart([good, { head: named('; filename="f"'), content: 'content' }]);
    for (let length = 1; length < whole.length - 2; length++) {
      expect((await take(whole.subarray(0, length))).status).toBe(400);
    }
  });

  test('with more parts than the operator allows', async () => {
    const two = multipart([good, good]);
    expect((await take(two, undefined, { maxParts: 2 })).status).toBe(200);
    expect((await take(two, undefined, { maxParts: 1 })).status).toBe(400);
  });
});

test('any bytes between delimiters come through as they are', async () => {
  const contents = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(contents, async (bytes) => {
      const parts = bytes.map((content) => ({ head: named(), content }));
      const boundary = 'no-such-bytes-by-chance';
      const { event } = await take(
        multipart(parts, boundary),
        `multipart/form-data; boundary=${boundary}`,
      );
      expect(documentsOf(event)).toMatchObject(
        bytes.map((content) => ({ content: Buffer.from(content).toString('base64') })),
      );
    }),
  );
});

test('a part in 100 of 8 kB of blanks takes no time', async () => {
  const head = `${named(`${' '.repeat(8000)}`)}\r\nX: y`;
  const { status } = await take(multipart(Array.from({ length: 100 }, () => ({ head }))));
  expect(status).toBe(200);
});

test('a stored multipart delivery is parsed again from its bytes', async () => {
  const body = multipart([{ head: named(), content: new Uint8Array([0, 255, 13, 10]) }]);
  const { event } = await take(body);
  if (event === undefined) throw new Error('no event');
  expect(Buffer.from(event.raw.body)).toEqual(body);
  const endpoint = webhook({ allowUnauthenticated: true }).prepare({ 'inbound.context': 'orders' });
  expect(endpoint.read(event.raw).scope).toEqual(event.scope);
});
