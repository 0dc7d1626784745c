import type { Socket } from 'node:net';

/** A source of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const methods = ['POST', 'PUT', 'GET', 'HEAD', 'DELETE', 'PATCH', 'OPTIONS', 'post', 'X', '\0'];
const paths = [
  ...['/webhooks/orders', '/webhooks/orders', '/webhooks/orders?a=1&a=2', '/inbound/orders'],
  ...['/webhooks/signed', '/webhooks/keyed', '/webhooks/orders?%', '/webhooks/__proto__'],
  ...['/webhooks/../orders', '/webhooks/orders/%2f..', '//webhooks/orders', '*', '', '/\u00e4'],
  `/webhooks/orders?${'a&'.repeat(300)}`,
];
const headerLines = [
  ...['Content-Type: application/json', 'Content-Type: application/json; charset=utf-16'],
  ...['Content-Type: multipart/form-data; boundary=b', 'Content-Type: text/xml'],
  ...['Content-Type: application/x-www-form-urlencoded', 'Content-Type: ;;;=', 'Content-Type:'],
  ...['Content-Encoding: gzip', 'Content-Encoding: gzip, gzip', 'Expect: 100-continue'],
  ...['Expect: 200-ok', 'Upgrade: websocket', 'Connection: close', 'Connection: upgrade'],
  ...['Authorization: Basic !!', 'Authorization: Bearer a.b.c', 'apikey: k', 'apikey: x'],
  ...['x-signature: 00', 'X-Forwarded-Proto: https, http', '__proto__: 1', 'constructor: 1'],
  ...['Host: evil.example', 'Range: bytes=0-1048575', 'a b: c', 'no colon', 'Ok: \x01', ': x'],
  `Long: ${'x'.repeat(7000)}`,
];
const bodies = [
  ...['', '{}', 'null', '[]', '"x"', '{"a":', '{"__proto__":{"a":1}}', '\ufeff{}', '\0', '1e999'],
  ...['{"id":12345678901234567890}', '[[[[', '['.repeat(500), `{"k":"${'x'.repeat(1500)}"}`],
  ...[
    'a=1&b=%',
    'a=1&__proto__=2',
    '<a/>',
    '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nc',
  ],
  ...['--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nc\r\n--b--\r\n', '\x1f\x8b\x08'],
];

type Pick = <T>(values: readonly T[]) => T;

/** How the length of a body is told: right, or wrong in some way. */
const framings: readonly ((body: string) => { readonly line: string; readonly sent: string })[] = [
  (body) => ({ line: `Content-Length: ${Buffer.byteLength(body)}`, sent: body }),
  (body) => ({ line: `Content-Length: ${Buffer.byteLength(body)}`, sent: body }),
  (body) => ({ line: 'Transfer-Encoding: chunked', sent: chunked(body) }),
  (body) => ({ line: `Content-Length: ${body.length + 5}`, sent: body }),
  (body) => ({ line: 'Content-Length: 1', sent: body }),
  (body) => ({ line: 'Content-Length: -1', sent: body }),
  (body) => ({ line: 'Content-Length: 99999999999', sent: body }),
  (body) => ({ line: 'Transfer-Encoding: chunked', sent: `zz\r\n${body}` }),
  (body) => ({ line: 'Transfer-Encoding: gzip, chunked', sent: chunked(body) }),
  (body) => ({ line: 'Content-Length: 2\r\nTransfer-Encoding: chunked', sent: chunked(body) }),
  (body) => ({ line: 'X-Nothing: told', sent: body }),
];

const chunked = (body: string): string =>
  `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;

function randomText(pick: Pick, random: () => number): string {
  const { line, sent } = pick(framings)(pick(bodies));
  const lines = Array.from({ length: Math.floor(random() * 4) }, () => pick(headerLines));
  return `${pick(methods)} ${pick(paths)} HTTP/1.${pick(['1', '1', '1', '0', '9'])}\r\n${[
    'Host: x',
    ...lines,
    line,
  ].join('\r\n')}\r\n\r\n${sent}`;
}

/** Writes one or several requests of any kind to a connection: whole, cut, dribbled, or broken off. */
export function writeRandom(socket: Socket, random: () => number): void {
  const pick: Pick = (values) => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new Error('there is nothing to pick');
    return value;
  };
  const count = random() < 0.2 ? 3 : 1;
  const text = Array.from({ length: count }, () => randomText(pick, random)).join('');
  const bytes = Buffer.from(text, 'latin1');
  const cut = Math.floor(random() * bytes.length);
  const way = random();
  if (way < 0.6) socket.end(bytes);
  else if (way < 0.75) socket.write(bytes);
  else if (way < 0.9) {
    socket.write(bytes.subarray(0, cut));
    setTimeout(() => socket.write(bytes.subarray(cut)), random() * 20);
  } else socket.write(bytes.subarray(0, cut), () => socket.destroy());
}
