import type { Server } from 'node:http';

/** A server under load, in a process of its own. */
export interface BenchServer {
  readonly server: Server;
  /** How many events it took in: what it answered with success must be there. */
  readonly taken: () => number;
  readonly close: () => Promise<void>;
}

/** Properties of the inbound element, beside those that all rows have. */
export type ElementProperties = Readonly<Record<string, string>>;
