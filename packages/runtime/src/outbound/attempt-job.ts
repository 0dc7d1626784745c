import type { CompiledExpression } from '@bpmn-connectors/feel';
import {
  type Clock,
  isConnectorError,
  type Job,
  type JsonObject,
  type JsonValue,
  type Logger,
  type OutboundConnector,
  type OutboundContext,
  type SecretProvider,
} from '@bpmn-connectors/sdk';
import { isContext } from '../expressions/json-kind.ts';
import { mapResult } from '../expressions/map-result.ts';
import { type JobFailure, jobFailureOf, timeOver } from './job-failure.ts';
import { jobHeader } from './job-headers.ts';
import { resolveSecrets } from './resolve-secrets.ts';
import type { FindSecretPlaces } from './secret-places.ts';
import { withinTime } from './within-time.ts';

/** What the work on a job came to, before the error expression is asked. */
export type Attempt =
  | {
      readonly succeeded: true;
      readonly response: JsonValue;
      readonly variables: JsonObject;
    }
  | { readonly succeeded: false; readonly failure: JobFailure };

/** What working a job takes. */
export interface JobEnvironment {
  readonly secrets: SecretProvider | undefined;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly compile: (source: string) => CompiledExpression;
  readonly signal: AbortSignal;
  /** Is told the secrets that were resolved, also where the attempt fails later. */
  readonly onSecrets: (values: Iterable<string>) => void;
}

/** A connector and what was found out about it once. */
export interface WorkingConnector {
  readonly connector: OutboundConnector;
  readonly findSecretPlaces: FindSecretPlaces;
  /** Makes the connector's input of a job's variables. */
  readonly bindInput: (variables: JsonObject) => unknown;
}

/** Secrets → bind → execute → result. Never rejects. */
export async function attemptJob(
  job: Job,
  connector: WorkingConnector,
  environment: JobEnvironment,
): Promise<Attempt> {
  const { signal, clock } = environment;
  try {
    return await withinTime(work(job, connector, environment), signal, clock);
  } catch (error) {
    const aborted = signal.aborted && !isConnectorError(error);
    return { succeeded: false, failure: jobFailureOf(aborted ? timeOver() : error) };
  }
}

async function work(
  job: Job,
  { connector, findSecretPlaces, bindInput }: WorkingConnector,
  { secrets, logger, compile, signal, onSecrets }: JobEnvironment,
): Promise<Attempt> {
  // Before the work: where its result cannot be taken it is not begun.
  const toVariables = resultMapping(job, compile);
  const places = findSecretPlaces(job);
  const { variables, values } = await resolveSecrets(job.variables, places, secrets);
  onSecrets(values.values());
  const input = bindInput(variables);
  if (signal.aborted) throw timeOver();
  const response = await connector.execute(input, contextOf(job, signal, logger));
  return { succeeded: true, response, variables: toVariables(response) };
}

const contextOf = (job: Job, signal: AbortSignal, logger: Logger): OutboundContext =>
  job.trace === undefined ? { signal, job, logger } : { signal, job, logger, trace: job.trace };

/** The result expression sees the response's own fields beside `response`. */
function resultMapping(
  { customHeaders }: Job,
  compile: JobEnvironment['compile'],
): (response: JsonValue) => JsonObject {
  const expression = jobHeader(customHeaders, 'resultExpression');
  const mapping = {
    variable: jobHeader(customHeaders, 'resultVariable')?.trim(),
    expression: expression === undefined ? undefined : compile(expression),
  };
  return (response) =>
    mapResult(mapping, response, { ...(isContext(response) ? response : {}), response });
}
