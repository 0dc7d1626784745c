import type { JobElement, Problem } from '@bpmn-connectors/bpmn';
import {
  type Clock,
  compileBinding,
  type Job,
  type JobResult,
  type JobStart,
  type JobSummary,
  type Logger,
  type OutboundConnector,
  type SecretProvider,
  silentLogger,
  systemClock,
  type Telemetry,
  traceIdOf,
} from '@bpmn-connectors/sdk';
import { connectorsByType } from '../connectors/connectors-by-type.ts';
import { createExpressionCache } from '../expressions/create-expression-cache.ts';
import { guardTelemetry } from '../telemetry/guard-telemetry.ts';
import { within } from '../time/within.ts';
import type { WorkingConnector } from './attempt-job.ts';
import { checkJobElements } from './check-job-elements.ts';
import { createSlots } from './create-slots.ts';
import { type ExecutedJob, executeJob } from './execute-job.ts';
import type { JobLease } from './grant-time.ts';
import { createSecretPlaces } from './secret-places.ts';

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
  /**
   * Jobs whose connectors are at work at the same time, all types together; others wait, as long as their
   * time lasts. @default no limit: the engine hands in as many as it wants to be worked
   */
  readonly maxActive?: number;
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
   * The header `jobTimeout` moves the job's deadline through `lease.extend`.
   */
  execute(job: Job, lease?: JobLease): Promise<JobResult>;
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
 * @throws {ConfigurationError} two connectors have the same job type; `maxActive` is no number of jobs.
 * @example
 * const outbound = createOutbound({ connectors: [eventBridge()], secrets });
 * engine.onJob(async (job, signal) => engine.settle(job, await outbound.execute(job, { signal })));
 */
export function createOutbound(options: OutboundOptions): Outbound {
  const { secrets, logger = silentLogger, clock = systemClock } = options;
  const telemetry = guardTelemetry(options.telemetry, logger);
  const connectors = workingConnectors(options.connectors);
  const inHand = new Set<Promise<ExecutedJob>>();
  let closing = false;

  const environment = {
    secrets,
    logger,
    compile: createExpressionCache(),
    clock,
    slots: createSlots(options.maxActive),
    defaultBackoffMs: options.retryBackoffMs,
  };

  const work = async (job: Job, lease: JobLease): Promise<ExecutedJob> => {
    if (closing) return notTaken(job);
    const connector = connectors.get(job.type);
    return connector === undefined
      ? noConnector(job)
      : executeJob(job, connector, lease, environment);
  };
  const track = async (job: Job, lease: JobLease): Promise<ExecutedJob> => {
    const working = work(job, lease);
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
    execute: async (job, lease = {}) => {
      const startedAt = clock.now();
      const span = telemetry?.jobStarted?.(originOf(job));
      const traced = span === undefined ? job : { ...job, trace: span.context };
      const { result, code } = await (span?.run(() => track(traced, lease)) ??
        track(traced, lease));
      if (result.action === 'fail') logFailure(logger, job, result.retries, code);
      telemetry?.job?.(summaryOf(traced, result, code, clock.now() - startedAt), span);
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

const originOf = ({ type, processId, processInstanceKey, elementId, trace }: Job): JobStart => ({
  type,
  processId,
  processInstanceKey,
  elementId,
  ...(trace === undefined ? {} : { trace }),
});

const summaryOf = (
  { type, processId, processInstanceKey, elementId, trace }: Job,
  { action }: JobResult,
  code: string | undefined,
  durationMs: number,
): JobSummary => ({
  type,
  processId,
  processInstanceKey,
  elementId,
  action,
  ...(code === undefined ? {} : { code }),
  durationMs,
  ...(trace === undefined ? {} : { traceId: traceIdOf(trace) }),
});

/** The message is in the incident; it may quote what the process holds, which a log must not. */
function logFailure(logger: Logger, job: Job, retries: number, code: string | undefined): void {
  const { type, processId, processInstanceKey, elementId } = job;
  logger.warn({ type, processId, processInstanceKey, elementId, retries, code }, 'A job failed');
}

const workingConnectors = (
  connectors: readonly OutboundConnector[],
): ReadonlyMap<string, WorkingConnector> =>
  new Map(
    [...connectorsByType(connectors)].map(([type, connector]) => {
      const { input } = connector.definition;
      const findSecretPlaces = createSecretPlaces(input);
      return [type, { connector, findSecretPlaces, bindInput: compileBinding(input) }];
    }),
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
