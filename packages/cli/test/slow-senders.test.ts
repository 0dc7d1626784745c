import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ListeningServer, startServer } from '../src/serve/start-server.ts';

const limits = {
  headersTimeout: 300,
  requestTimeout: 600,
  keepAliveTimeout: 300,
  connectionsCheckingInterval: 50,
  maxHeaderSize: 32_768,
};
let server: ListeningServer;

beforeEach(async () => {
  const where = { host: '127.0.0.1', port: 0, hostFlag: '--host', portFlag: '--port' };
  // It waits for the body without a limit of its own, which is the server's then.
  server = await startServer(
    (request, response) => void request.resume().on('end', () => response.end('taken')),
    where,
    limits,
  );
});
afterEach(() => server.close(0));

/** What came back until the server hung up. */
function converse(send: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () => send(socket));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
}

/** Sends a text over and over until nobody listens. */
function trickle(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 20);
  socket.on('close', () => clearInterval(timer));
}

const post = (headers: string) => `POST / HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`;

describe('the server hangs up on a sender', () => {
  test('that connects and says nothing', async () => {
    expect(await converse(() => {})).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  test('that trickles its headers', async () => {
    const answer = await converse((socket) => {
      socket.write('POST / HTTP/1.1\r\nHost: x\r\n');
      trickle(socket, 'X-A: b\r\n');
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('that trickles its body', async () => {
    const answer = await converse((socket) => {
      socket.write(post('Content-Length: 100000'));
      trickle(socket, 'x');
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('that trickles chunks', async () => {
    const answer = await converse((socket) => {
      socket.write(post('Transfer-Encoding: chunked'));
      trickle(socket, '1\r\nx\r\n');
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('that trickles its second request', async () => {
    const answer = await converse((socket) => {
      socket.write(`${post('Content-Length: 0')}POST / HT`);
      setTimeout(() => trickle(socket, 'T'), 20);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('that sends more headers than fit', async () => {
    const answer = await converse((socket) => {
      socket.write(post(`X-Long: ${'x'.repeat(32_768)}`));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });
});

test('a sender in time is served', async () => {
  const answer = await converse((socket) => {
    socket.write(post('Content-Length: 2\r\nConnection: close'));
    setTimeout(() => socket.write('ok'), 50);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 200 .*taken$/s);
});
