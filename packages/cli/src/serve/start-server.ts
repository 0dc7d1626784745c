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

/** How long a sender may take, in milliseconds, and how much it may say before its body, in bytes. */
export interface SenderLimits {
  /** From the connection, or the answer before, to the end of the headers. */
  readonly headersTimeout: number;
  /** From there to the end of the body; receivers have shorter limits of their own. */
  readonly requestTimeout: number;
  /** Between two requests. Load balancers keep connections for 60 s: theirs must end first, or they send into a closed one. */
  readonly keepAliveTimeout: number;
  /** How often overdue senders are looked for. */
  readonly connectionsCheckingInterval: number;
  readonly maxHeaderSize: number;
}

/** A sender that trickles is told 408 and hung up on, at most a second late. Tokens of 16 kB have room in the headers. */
const senderLimits: SenderLimits = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 32_768,
};

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
  limits: SenderLimits = senderLimits,
): Promise<ListeningServer> {
  const server = createServer(limits, listener);
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
