import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { adapters } from './support/serve.ts';
import { startFuzzServer } from './support/start-fuzz-server.ts';

const post = (path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** Two requests that nobody waits for, behind them one with a body that is left unread. */
const pipelined =
  post('/webhooks/a', 'true') + post('/b', 'x') + post('/webhooks/c', 'x'.repeat(30_000));

const goAway = (port: number): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(pipelined, () => setImmediate(() => socket.destroy()));
    });
    socket.on('error', () => {}).on('close', () => resolve());
  });

// Found by random requests: one stranger's connection ended the process.
test.each(Object.keys(adapters))(
  'a sender that pipelines and goes away does not end the process behind the %s adapter',
  async (adapter) => {
    const server = await startFuzzServer(adapter);
    try {
      await Promise.all(Array.from({ length: 20 }, () => goAway(server.port)));
      const answer = await fetch(`http://127.0.0.1:${server.port}/webhooks/orders`, {
        method: 'POST',
        body: '{}',
      });
      expect(answer.status).toBe(200);
      expect(server.troubles).toEqual([]);
    } finally {
      server.close();
    }
  },
);
