import { createServer } from 'node:http';

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  /** Names as sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What to answer; 'hang' gives no answer. */
export type Answer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | 'hang'
  | 'reset';

/** Starts an HTTP server that notes requests and answers from a function. */
export async function startReceiver(answer: (request: ReceivedRequest, index: number) => Answer) {
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = request.rawHeaders;
      const headers: Record<string, string> = {};
      for (let index = 0; index < raw.length; index += 2) {
        headers[raw[index] ?? ''] = raw[index + 1] ?? '';
      }
      const received = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(received);
      const given = answer(received, requests.length - 1);
      if (given === 'hang') return;
      if (given === 'reset') return request.socket.resetAndDestroy();
      response.writeHead(given.status, given.headers).end(given.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
