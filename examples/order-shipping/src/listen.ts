import { createServer, type RequestListener, type Server } from 'node:http';

/** A server that listens on loopback. */
export interface Listening {
  readonly server: Server;
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
}

/** @throws {Error} naming the port when it is in use. */
export function listen(handler: RequestListener, port: number): Promise<Listening> {
  const server = createServer(handler);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} is in use: end what listens there, or set PORT to another`)
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      resolve({ server, url: `http://127.0.0.1:${taken}` });
    });
  });
}
