import type { JobElement, Problem } from '@bpmn-connectors/bpmn';
import {
  type Clock,
  type Job,
  type JobResult,
  type Logger,
  type OutboundConnector,
  type SecretProvider,
  silentLogger,
  systemClock,
  type Telemetry,
} from '@bpmn-connectors/sdk';
import { connectorsByType } from '../connectors/connectors-by-type.ts';
import { createExpressionCache } from '../expressions/create-expression-cache.ts';
import { within } from '../time/within.ts';
import type { WorkingConnector } from './attempt-job.ts';
import { checkJobElements } from './check-job-elements.ts';
import { type ExecutedJob, executeJob } from './execute-job.ts';
import { secretFields } from './secret-places.ts';

/** What outbound connectors run with. */
export interface OutboundOptions {
  readonly connectors: readonly OutboundConnector[];
  /** Without one every reference to a secret is a missing secret. */
  readonly secrets?: SecretProvider;
  readonly logger?: Logger;
  readonly telemetry?: Telemetry;
  readonly clock?: Clock;
  /** Milliseconds between attempts where the element has no header `retryBackoff`. @default 0 */
  readonly retryBackoffMs?: number;
  /** Milliseconds that closing waits for jobs in hand. @default 10000 */
  readonly drainTimeoutMs?: number;
}

/** A job type, and the variables that its jobs have to bring. */
export interface WorkerSpec {
  readonly type: string;
  readonly fetchVariables: readonly string[];
}

/** Works jobs with outbound connectors. */
export interface Outbound {
  /** What to ask an engine for. */
  readonly types: readonly WorkerSpec[];
  /**
   * Secrets → bind → execute → result or error. Never rejects: what goes wrong is a result.
   * @param options.signal aborts the connector's work; without one it is aborted at the job's deadline.
   */
  execute(job: Job, options?: { readonly signal?: AbortSignal }): Promise<JobResult>;
  /**
   * Everything about these elements that would fail when their jobs are worked. Elements whose job type is
   * not ours are left out: somebody else may work them.
   */
  check(elements: readonly JobElement[]): Promise<readonly Problem[]>;
  /**
   * Waits a while for the jobs in hand, then ends the connectors. A job that comes from now on is not
   * worked: it fails with code `CLOSING` and the retries it came with, so that the engine offers it again.
   */
  close(): Promise<void>;
}

/**
 * Makes the outbound half of a connector runtime. It has no loop of its own: an engine hands in jobs.
 * @throws {ConfigurationError} two connectors have the same job type.
 * @example
 * const outbound = createOutbound({ connectors: [eventBridge()], secrets });
 * engine.onJob(async (job, signal) => engine.settle(job, await outbound.execute(job, { signal })));
 */
export function createOutbound(options: OutboundOptions): Outbound {
  const { secrets, logger = silentLogger, telemetry, clock = systemClock } = options;
  const connectors = workingConnectors(options.connectors);
  const compile = createExpressionCache();
  const inHand = new Set<Promise<ExecutedJob>>();
  let closing = false;

  const work = async (job: Job, signal: AbortSignal): Promise<ExecutedJob> => {
    if (closing) return notTaken(job);
    const connector = connectors.get(job.type);
    if (connector === undefined) return noConnector(job);
    const environment = { secrets, logger, compile, signal };
    return executeJob(job, connector, environment, options.retryBackoffMs);
  };
  const track = async (job: Job, signal: AbortSignal): Promise<ExecutedJob> => {
    const working = work(job, signal);
    inHand.add(working);
    try {
      return await working;
    } finally {
      inHand.delete(working);
    }
  };

  return {
    types: [...connectors.values()].map(({ connector: { definition } }) => ({
      type: definition.type,
      fetchVariables: definition.inputVariables,
    })),
    execute: async (job, { signal } = {}) => {
      const startedAt = clock.now();
      telemetry?.jobStarted?.(job.type);
      const { result, code } = await withSignal(job, signal, clock, (given) => track(job, given));
      if (result.action === 'fail') logFailure(logger, job, result.retries, code);
      telemetry?.job?.({
        type: job.type,
        elementId: job.elementId,
        action: result.action,
        ...(code === undefined ? {} : { code }),
        durationMs: clock.now() - startedAt,
      });
      return result;
    },
    check: (elements) => checkJobElements(elements, connectors, secrets),
    close: async () => {
      closing = true;
      await within(Promise.all(inHand), options.drainTimeoutMs ?? 10_000, clock);
      await Promise.all([...connectors.values()].map(async ({ connector }) => connector.close?.()));
    },
  };
}

/** The message is in the incident; it may quote what the process holds, which a log must not. */
function logFailure(logger: Logger, job: Job, retries: number, code: string | undefined): void {
  const { type, processId, processInstanceKey, elementId } = job;
  logger.warn({ type, processId, processInstanceKey, elementId, retries, code }, 'A job failed');
}

async function withSignal<Value>(
  job: Job,
  given: AbortSignal | undefined,
  clock: Clock,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  if (given !== undefined) return work(given);
  const controller = new AbortController();
  const cancel = clock.schedule(job.deadline - clock.now(), () => controller.abort());
  try {
    return await work(controller.signal);
  } finally {
    cancel();
  }
}

const workingConnectors = (
  connectors: readonly OutboundConnector[],
): ReadonlyMap<string, WorkingConnector> =>
  new Map(
    [...connectorsByType(connectors)].map(([type, connector]) => [
      type,
      { connector, secretFields: secretFields(connector.definition.input) },
    ]),
  );

/** The pause keeps an engine that offers it at once from doing so without end. */
function notTaken(job: Job): ExecutedJob {
  return {
    result: {
      action: 'fail',
      retries: job.retries,
      errorMessage: 'The connector runtime is closing: the job was not worked and is offered again',
      retryBackoffMs: 1000,
    },
    code: 'CLOSING',
  };
}

function noConnector(job: Job): ExecutedJob {
  return {
    result: {
      action: 'fail',
      retries: 0,
      errorMessage: `No connector here has the job type ${job.type}`,
    },
    code: 'NO_CONNECTOR',
  };
}
