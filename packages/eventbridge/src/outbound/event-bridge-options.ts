import type { EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import { type Clock, ConfigurationError, systemClock } from '@bpmn-connectors/sdk';
import { z } from 'zod';

/** How jobs that wait together share calls. */
export interface CoalesceOptions {
  /**
   * A job waits at most so many milliseconds for others, and only while a call of the same client is under
   * way: one that comes alone is sent at once. 0 turns sharing off: each job has a call of its own. At most
   * 1000. @default 5
   */
  readonly windowMs?: number;
  /** Entries in one call, 1–10. A job's own entries always go together. @default 10 */
  readonly maxEntries?: number;
}

/** A limit kept on our side; what is over it waits, and nothing is lost. */
export interface RateLimitOptions {
  /** Events a second in the long run; AWS's quota is for an account and region. */
  readonly eventsPerSecond: number;
  /** Events that may go at once after a pause. @default as many as in a second, at least 1 */
  readonly burst?: number;
}

/** What an operator decides for all models. */
export interface EventBridgeOptions {
  /** Region of models that name none. */
  readonly defaultRegion?: string;
  /** Send everything to this address: a stand-in for AWS, a VPC endpoint. */
  readonly endpoint?: string;
  /**
   * Whether `configuration.endpoint` of a model counts. A model could then send credentials and payloads
   * anywhere, so it is refused unless the models are trusted like the operator. @default false
   */
  readonly allowEndpointOverride?: boolean;
  /**
   * Attempts of one call, the first included; throttling and server errors are tried again. An entry that
   * is refused for a passing reason is also sent so often. @default 3
   */
  readonly maxAttempts?: number;
  /** Milliseconds for one attempt. @default 10000 */
  readonly requestTimeoutMs?: number;
  /** Milliseconds for the default chain to come up with credentials. @default 5000 */
  readonly credentialsTimeoutMs?: number;
  /** Clients kept open, one for each region, credentials and endpoint. @default 50 */
  readonly maxClients?: number;
  readonly coalesce?: CoalesceOptions;
  /** For each region and credentials, all jobs together. @default none */
  readonly rateLimit?: RateLimitOptions;
  /**
   * Whether the first use of a bus asks AWS for it (needs the permission `events:DescribeEventBus`; without
   * it a warning is logged). PutEvents answers with success for a bus that does not exist. @default true
   */
  readonly checkEventBus?: boolean;
  /**
   * Name of a member that each detail gets unless it has one: the job's key, with `/` and the position
   * where the job has several events. It is the same in all attempts of a job, so consumers can tell
   * an event that came twice. @default none
   */
  readonly jobKeyIn?: string;
  /** Further settings of the AWS client: a proxy, FIPS endpoints. */
  readonly clientOptions?: Pick<
    EventBridgeClientConfig,
    'requestHandler' | 'retryMode' | 'useDualstackEndpoint' | 'useFipsEndpoint'
  >;
  readonly clock?: Clock;
}

const count = z.int().positive();

const CoalesceSettingsSchema = z.strictObject({
  windowMs: z.number().nonnegative().max(1000).default(5),
  maxEntries: count.max(10).default(10),
});

const RateLimitSettingsSchema = z
  .strictObject({ eventsPerSecond: z.number().positive(), burst: count.optional() })
  .transform(({ eventsPerSecond, burst }) => ({
    eventsPerSecond,
    burst: burst ?? Math.max(1, Math.floor(eventsPerSecond)),
  }));

const EventBridgeSettingsSchema = z.strictObject({
  defaultRegion: z.string().optional(),
  endpoint: z.string().optional(),
  allowEndpointOverride: z.boolean().default(false),
  maxAttempts: count.default(3),
  requestTimeoutMs: count.default(10_000),
  credentialsTimeoutMs: count.default(5000),
  maxClients: count.default(50),
  coalesce: CoalesceSettingsSchema.prefault({}),
  rateLimit: RateLimitSettingsSchema.optional(),
  checkEventBus: z.boolean().default(true),
  jobKeyIn: z.string().min(1).optional(),
  clientOptions: z.custom<NonNullable<EventBridgeOptions['clientOptions']>>().optional(),
  clock: z.custom<Clock>().default(systemClock),
});

/** `EventBridgeOptions` with all defaults in place. */
export type EventBridgeSettings = Readonly<z.output<typeof EventBridgeSettingsSchema>>;

/** `RateLimitOptions` with all defaults in place. */
export type RateLimitSettings = Readonly<z.output<typeof RateLimitSettingsSchema>>;

/** `CoalesceOptions` with all defaults in place. */
export type CoalesceSettings = Readonly<z.output<typeof CoalesceSettingsSchema>>;

/** @throws {ConfigurationError} an option is unknown or out of range. */
export function readEventBridgeOptions(options: EventBridgeOptions): EventBridgeSettings {
  const result = EventBridgeSettingsSchema.safeParse(options);
  if (result.success) return result.data;
  throw new ConfigurationError(
    result.error.issues.map(({ path, message }) => ({
      where: ['EventBridge options', ...path.map(String)].join(' / '),
      reason: message,
      fix: 'See EventBridgeOptions for the names, units and bounds',
    })),
  );
}
