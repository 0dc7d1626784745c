import { createServer } from 'node:http';
import { connect } from 'node:net';

/** A proxy that lets clients through by CONNECT, as companies have them at their border. */
export interface ConnectProxy {
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** Whom it was asked to connect to, `host:port`, in order. */
  readonly targets: string[];
  /** The credentials that it was shown. */
  readonly credentials: (string | undefined)[];
  /** Refuses everybody with this status. */
  refusal: number | undefined;
  close(): void;
}

/** Starts one on loopback. */
export async function startProxy(): Promise<ConnectProxy> {
  const server = createServer((_, response) => response.writeHead(405).end());
  const open = new Set<{ destroy(): unknown }>();
  server.on('connection', (socket) => open.add(socket));
  server.on('connect', (request, client, head) => {
    const target = request.url ?? '';
    proxy.targets.push(target);
    proxy.credentials.push(request.headers['proxy-authorization']);
    client.on('error', () => undefined);
    if (proxy.refusal !== undefined) {
      client.end(`HTTP/1.1 ${proxy.refusal} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const [host, port] = target.split(':');
    const upstream = connect(Number(port), host);
    open.add(upstream);
    upstream.on('error', () => client.destroy());
    upstream.on('connect', () => {
      client.write('HTTP/1.1 200 Through\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('No port was bound');
  const proxy: ConnectProxy = {
    host: `127.0.0.1:${bound.port}`,
    targets: [],
    credentials: [],
    refusal: undefined,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
  return proxy;
}
