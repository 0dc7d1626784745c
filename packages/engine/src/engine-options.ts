import { getHeapStatistics } from 'node:v8';
import {
  type Clock,
  type Journal,
  type Logger,
  silentLogger,
  systemClock,
} from '@bpmn-connectors/sdk';

/** What the engine bounds. All of it can be hit by a model or a sender, so all of it has a limit. */
export interface EngineLimits {
  /** Characters of JSON that the variables of one command or job result may have. @default 4194304, as in Zeebe */
  readonly variablesLength: number;
  /** Characters of a correlation key, message id, message name or idempotency key. @default 4096 */
  readonly keyLength: number;
  /** Messages kept at the same time; more are answered `unavailable BACKPRESSURE`. @default 1000000 */
  readonly keptMessages: number;
  /**
   * Characters of JSON that kept messages may have together; further ones are answered `unavailable
   * BACKPRESSURE`. They are in memory. @default an eighth of the heap that Node allows, in bytes
   */
  readonly keptMessagesLength: number;
  /** Steps (an element entered or left) before others get a turn of the event loop. @default 1000 */
  readonly stepsPerTurn: number;
  /**
   * Steps of one instance without anything from outside (a job's result, a message). Beyond it the model
   * runs in a circle and gets an incident `STEP_LIMIT`; resolving it grants as many again. @default 100000
   */
  readonly stepsPerRun: number;
  /** Ended instances kept for inspection. @default 10000 */
  readonly endedInstances: number;
  /** Milliseconds an ended instance is kept for inspection. @default 604800000 (7 days) */
  readonly endedRetentionMs: number;
  /** Milliseconds an idempotency key of a start is remembered. @default 90000000 (25 h: senders redeliver for 24 h) */
  readonly idempotencyMs: number;
}

/** What an engine is made of. */
export interface EngineOptions {
  /** Where state is kept. The engine's namespaces begin with `engine.`. It is not closed with the engine. */
  readonly journal: Journal;
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly limits?: Partial<EngineLimits>;
}

const defaultLimits: EngineLimits = {
  variablesLength: 4 * 1024 * 1024,
  keyLength: 4096,
  keptMessages: 1_000_000,
  keptMessagesLength: Math.floor(getHeapStatistics().heap_size_limit / 8),
  stepsPerTurn: 1000,
  stepsPerRun: 100_000,
  endedInstances: 10_000,
  endedRetentionMs: 7 * 24 * 3_600_000,
  idempotencyMs: 25 * 3_600_000,
};

/** Options with every default filled in. */
export interface ResolvedOptions extends Required<EngineOptions> {
  readonly limits: EngineLimits;
}

export function resolveOptions(options: EngineOptions): ResolvedOptions {
  return {
    journal: options.journal,
    clock: options.clock ?? systemClock,
    logger: options.logger ?? silentLogger,
    limits: { ...defaultLimits, ...options.limits },
  };
}
