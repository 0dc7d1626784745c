import type { z } from 'zod';
import type { JsonValue } from '../json/json-value.ts';
import type { Logger } from '../logger/logger.ts';
import type { Job } from '../process-runtime/job.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';
import type { TemplateMetadata } from '../template/template-metadata.ts';

/** What an outbound connector is, without its code: types, validation, template. A constant. */
export interface OutboundDefinition<Input extends z.ZodType = z.ZodType> {
  readonly kind: 'outbound';
  /** Job type: `io.camunda:aws-eventbridge:1`. */
  readonly type: string;
  readonly template: TemplateMetadata;
  /** Shape of the job's variables. */
  readonly input: Input;
  /** Task headers that the connector reads itself, for its template. */
  readonly headers?: z.ZodObject;
  /** Top-level variables to fetch; by default the keys of `input`. */
  readonly inputVariables: readonly string[];
}

/** What a connector gets beside its input. */
export interface OutboundContext {
  /** Aborts when the job's time is over or the connector runtime stops. */
  readonly signal: AbortSignal;
  readonly job: Job;
  readonly logger: Logger;
  /** Where the work stands in its trace, for what it calls. */
  readonly trace?: TraceContext;
}

/** A definition with its code. Made by a factory with the operator's options; state ends with `close`. */
export interface OutboundConnector {
  readonly definition: OutboundDefinition;
  /**
   * Does the work of one job, and returns the connector's response.
   * @param input already bound and validated against `definition.input`.
   * @throws {ConnectorError} the work failed.
   */
  execute(input: unknown, context: OutboundContext): Promise<JsonValue>;
  /** Ends what the instance holds. No job is worked any more then. */
  close?(): Promise<void>;
}
