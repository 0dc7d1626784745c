import type {
  IncidentQuery,
  IncidentView,
  InstanceQuery,
  InstanceView,
  Page,
} from './administration.ts';
import type { Command } from './command.ts';
import type { InboundSnapshot } from './deployed-inbound-element.ts';
import type { Outcome } from './outcome.ts';
import type { JobHandler, Worker, WorkerOptions } from './worker.ts';

/** Takes starts and messages from connectors. */
export interface InboundTarget {
  /** Resolves when the outcome is durable; never rejects: trouble is `unavailable`. */
  send(command: Command, signal?: AbortSignal): Promise<Outcome>;
  /**
   * Whether `idempotencyKey` of a start, and `messageId` of a publish, keep it from happening twice.
   * Where absent neither is relied on, and the connector runtime makes its claim durable before `send`.
   */
  readonly deduplicates?: { readonly start: boolean; readonly publish: boolean };
}

/** Hands out jobs. */
export interface JobSource {
  /** Hands jobs of a type to the handler until the worker is drained, and ends them with what it returns. */
  work(options: WorkerOptions, handler: JobHandler): Worker;
}

/** A file to deploy. */
export interface Resource {
  /** File name, for messages. */
  readonly name: string;
  /** BPMN 2.0 XML. */
  readonly content: string;
}

/** A deployed version of a process. */
export interface Deployment {
  readonly processId: string;
  readonly version: number;
  readonly processDefinitionKey: string;
  readonly resourceName: string;
}

/** Takes models. Deploying the same content again gives the version it already has. */
export interface Deployer {
  /** @throws {ConfigurationError} `CONFIGURATION` with all problems of all resources; nothing is deployed then. */
  deploy(resources: readonly Resource[]): Promise<readonly Deployment[]>;
}

/** Tells which inbound elements are deployed. */
export interface InboundSource {
  /**
   * Calls back with the full set first and after every change, one call at a time (the next waits for
   * the promise). Resolves when `signal` aborts.
   */
  watchInbound(
    onSnapshot: (snapshot: InboundSnapshot) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
}

/** What operators may see and do. */
export interface Administration {
  /** A page of the instances that match. */
  instances(query: InstanceQuery): Promise<Page<InstanceView>>;
  /** One instance; undefined where there is none. */
  instance(key: string): Promise<InstanceView | undefined>;
  /** A page of the incidents that wait to be resolved. */
  incidents(query: IncidentQuery): Promise<Page<IncidentView>>;
  /** Tries the stopped step again. False: there is no such incident. */
  resolveIncident(key: string): Promise<boolean>;
}

/** State of health of a part. */
export interface Health {
  readonly status: 'up' | 'degraded' | 'down';
  readonly reason?: string;
}

/**
 * The engine's side: whatever keeps process instances. What it cannot do is a method that is not there,
 * and consumers take the narrowest part that serves them.
 */
export interface ProcessRuntime
  extends Partial<InboundTarget>,
    Partial<JobSource>,
    Partial<Deployer>,
    Partial<InboundSource>,
    Partial<Administration> {
  readonly name: string;
  /** Whether it works now. */
  health(): Promise<Health>;
  /** Stops taking commands, waits for what is being written, releases everything. */
  close(): Promise<void>;
}
