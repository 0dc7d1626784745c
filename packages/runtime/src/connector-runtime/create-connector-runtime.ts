import type { JobElement, Problem } from '@bpmn-connectors/bpmn';
import {
  type DeliverySummary,
  type DeployedInboundElement,
  type Health,
  type InboundConnector,
  type OutboundConnector,
  type Page,
  type ProcessRuntime,
  silentLogger,
  type Worker,
} from '@bpmn-connectors/sdk';
import type {
  DeadLetterDetail,
  DeadLetterQuery,
  DeadLetterView,
  ReplayResult,
} from '../dead-letters/dead-letters.ts';
import type { DeliveryQuery } from '../deliveries/create-delivery-log.ts';
import type { EndpointView } from '../endpoints/endpoint-view.ts';
import { createInbound } from '../inbound/create-inbound.ts';
import type { Inbound } from '../inbound/inbound.ts';
import type { InboundOptions } from '../inbound/inbound-options.ts';
import { createOutbound, type Outbound } from '../outbound/create-outbound.ts';
import { connectorRuntimeHealth } from './connector-runtime-health.ts';
import { watchElements } from './watch-elements.ts';

/** What a connector runtime is made of. */
export interface ConnectorRuntimeOptions
  extends Omit<InboundOptions, 'connectors' | 'send' | 'deduplicates'> {
  /** Whatever keeps process instances. Stays its owner's to close. */
  readonly processRuntime: ProcessRuntime;
  readonly connectors: readonly (OutboundConnector | InboundConnector)[];
  /** Jobs in hand at the same time, for each job type. @default 100 */
  readonly maxActiveJobs?: number;
  /** Milliseconds a job may take. @default 300000 */
  readonly jobTimeoutMs?: number;
  /** Milliseconds between attempts of a job whose element has no header `retryBackoff`. @default 0 */
  readonly retryBackoffMs?: number;
  /** Milliseconds that closing waits for jobs in hand. @default 10000 */
  readonly drainTimeoutMs?: number;
}

/** Both halves and the loop between them and a process runtime. */
export interface ConnectorRuntime {
  readonly inbound: Inbound;
  readonly outbound: Outbound;
  /**
   * Takes jobs and watches what is deployed. Resolves when what is deployed now is active.
   * @throws whatever the process runtime cannot begin with.
   */
  start(): Promise<void>;
  /** Everything about these elements that would fail at their deployment or first use. */
  check(elements: {
    readonly inboundElements: readonly DeployedInboundElement[];
    readonly jobElements: readonly JobElement[];
  }): Promise<readonly Problem[]>;
  /** Of the connector runtime alone; the process runtime tells its own. */
  health(): Promise<Health>;
  /** As `inbound` has them, so that a management API can be given the whole. */
  endpoints(): readonly EndpointView[];
  /** Summaries of the newest 1000 deliveries, newest first. */
  deliveries(query: DeliveryQuery): Promise<Page<DeliverySummary>>;
  /** Events that are kept because they could not be processed. */
  deadLetters(query: DeadLetterQuery): Promise<Page<DeadLetterView>>;
  /** One of them, with its bytes and what each step would decide now; undefined where there is none. */
  deadLetter(id: string): Promise<DeadLetterDetail | undefined>;
  /** Processes it again, and removes it where that succeeds; undefined where there is none. */
  replay(id: string): Promise<ReplayResult | undefined>;
  /** Takes no more events and jobs, waits for those in hand, ends the connectors. */
  close(): Promise<void>;
}

/**
 * Makes a connector runtime on a process runtime. What the process runtime cannot do is left out.
 * @throws {ConfigurationError} two connectors have the same type.
 * @example
 * const journal = await openJournal('./data');
 * const connectorRuntime = createConnectorRuntime({
 *   processRuntime: createEngine({ journal }), connectors: [eventBridge(), webhook()], secrets, journal,
 * });
 * await connectorRuntime.start();
 */
export function createConnectorRuntime(options: ConnectorRuntimeOptions): ConnectorRuntime {
  const { processRuntime, connectors, logger = silentLogger, drainTimeoutMs = 10_000 } = options;
  const { send, deduplicates } = processRuntime;
  const inbound = createInbound({
    ...options,
    connectors: connectors.filter(isInbound),
    send:
      send === undefined
        ? async () => ({ status: 'rejected', code: 'UNSUPPORTED', message: 'No events are taken' })
        : (command, signal) => send.call(processRuntime, command, signal),
    ...(deduplicates === undefined ? {} : { deduplicates }),
  });
  const outbound = createOutbound({
    ...options,
    connectors: connectors.filter(isOutbound),
  });
  const stopped = new AbortController();
  let workers: readonly Worker[] = [];
  let watch: Promise<void> = Promise.resolve();
  let trouble: string | undefined;

  return {
    inbound,
    outbound,
    start: async () => {
      workers = startWorkers(outbound, options);
      const watching = watchElements(processRuntime, inbound, stopped.signal, logger);
      watch = watching.ended.catch(() => {
        trouble = 'what is deployed is no longer watched';
      });
      await watching.active;
    },
    check: async ({ inboundElements, jobElements }) => [
      ...(await inbound.check(inboundElements)),
      ...(await outbound.check(jobElements)),
    ],
    health: async () => connectorRuntimeHealth(inbound, trouble),
    endpoints: () => inbound.endpoints(),
    deliveries: async (query) => inbound.deliveries(query),
    deadLetters: (query) => inbound.deadLetters.list(query),
    deadLetter: (id) => inbound.deadLetters.get(id),
    replay: (id) => inbound.deadLetters.replay(id),
    close: async () => {
      stopped.abort();
      const drained = Promise.all(workers.map((worker) => worker.drain(drainTimeoutMs)));
      await inbound.close();
      await drained;
      await watch;
      await outbound.close();
    },
  };
}

const isInbound = (
  connector: OutboundConnector | InboundConnector,
): connector is InboundConnector => connector.definition.kind === 'inbound';

const isOutbound = (
  connector: OutboundConnector | InboundConnector,
): connector is OutboundConnector => connector.definition.kind === 'outbound';

function startWorkers(
  outbound: Outbound,
  { processRuntime, logger = silentLogger, ...options }: ConnectorRuntimeOptions,
): readonly Worker[] {
  if (processRuntime.work === undefined) {
    if (outbound.types.length > 0) {
      logger.info({ processRuntime: processRuntime.name }, 'The process runtime hands out no jobs');
    }
    return [];
  }
  const { maxActiveJobs = 100, jobTimeoutMs = 300_000 } = options;
  return outbound.types.flatMap(({ type, fetchVariables }) => {
    const worker = processRuntime.work?.(
      { type, fetchVariables, maxActive: maxActiveJobs, timeoutMs: jobTimeoutMs },
      (job, signal, extend) =>
        outbound.execute(job, extend === undefined ? { signal } : { signal, extend }),
    );
    return worker === undefined ? [] : [worker];
  });
}
