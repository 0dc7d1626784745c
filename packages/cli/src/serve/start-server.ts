import { createServer, type RequestListener } from 'node:http';
import { ConfigurationError } from '@bpmn-connectors/sdk';

/** Where to listen, and the flags that say so (for messages). */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly hostFlag: string;
  readonly portFlag: string;
}

/** A server that listens. */
export interface ListeningServer {
  readonly port: number;
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more connections and waits for requests in flight, at most `deadlineMs`. */
  close(deadlineMs: number): Promise<void>;
}

const problemOf = (code: unknown, { host, port, hostFlag, portFlag }: ListenOptions) => {
  switch (code) {
    case 'EADDRINUSE':
      return {
        where: portFlag,
        reason: `port ${port} of ${host} is in use`,
        fix: `End what listens there, or choose another port with ${portFlag}`,
      };
    case 'EACCES':
      return {
        where: portFlag,
        reason: `port ${port} may not be listened on by this user`,
        fix: `Choose one above 1023 with ${portFlag}`,
      };
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        where: hostFlag,
        reason: `${host} is no address of this machine`,
        fix: `Choose another with ${hostFlag}; 0.0.0.0 listens on all`,
      };
    default:
      return undefined;
  }
};

/** Load balancers keep connections for 60 s: theirs must end first, or they send into a closed one. */
const timeouts = { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 };

/** Shows IPv6 addresses in brackets, and "all addresses" as one that can be called. */
const urlOf = (host: string, port: number): string => {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};

/**
 * Listens.
 * @throws {ConfigurationError} the port is in use or the address is not this machine's.
 */
export function startServer(
  listener: RequestListener,
  options: ListenOptions,
): Promise<ListeningServer> {
  const server = createServer(timeouts, listener);
  const close = (deadlineMs: number): Promise<void> =>
    new Promise((resolve) => {
      const cut = setTimeout(() => server.closeAllConnections(), deadlineMs);
      server.close(() => {
        clearTimeout(cut);
        resolve();
      });
      server.closeIdleConnections();
    });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const problem = problemOf(error.code, options);
      reject(problem === undefined ? error : new ConfigurationError([problem]));
    });
    server.listen(options.port, options.host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : options.port;
      resolve({ port, url: urlOf(options.host, port), close });
    });
  });
}
