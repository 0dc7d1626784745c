import { createOutbound } from '@bpmn-connectors/runtime';
import type { JobResult, JsonObject, OutboundConnector } from '@bpmn-connectors/sdk';
import { secretsOf } from './secrets-of.ts';

/** The job to run a connector with. */
export interface TestOutboundOptions {
  /** Variables of the job, as the input mappings made them. */
  readonly variables: JsonObject;
  /** Task headers: `resultVariable`, `resultExpression`, `errorExpression`, `retryBackoff`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Secrets by name. */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * Input mappings as the model writes them: target path → source. With them a secret is resolved where a
   * source names it, without them in the fields that the connector declares as secret.
   */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Attempts left, this one included. @default 3 */
  readonly retries?: number;
  /** Milliseconds until the connector is told to stop. @default 30000 */
  readonly timeoutMs?: number;
}

/** How the job ended. */
export type OutboundTest = JobResult & {
  /** Code of the error, where there was one: `INPUT_INVALID`, a `ConnectorError`'s own. */
  readonly code?: string;
};

/**
 * Runs an outbound connector as a connector runtime does: real secrets, binding, validation, result and
 * error expressions. The connector stays open.
 * @example
 * const result = await testOutbound(sms({ endpoint }), {
 *   variables: { token: '{{secrets.TOKEN}}', to: '+49170' },
 *   secrets: { TOKEN: 's3cret' },
 *   headers: { resultExpression: '={messageId: response.id}' },
 * });
 * expect(result).toEqual({ action: 'complete', variables: { messageId: '1' } });
 */
export async function testOutbound(
  connector: OutboundConnector,
  options: TestOutboundOptions,
): Promise<OutboundTest> {
  const { variables, headers = {}, inputs, retries = 3, timeoutMs = 30_000 } = options;
  let code: string | undefined;
  const outbound = createOutbound({
    connectors: [connector],
    secrets: secretsOf(options.secrets),
    telemetry: {
      job: (summary) => {
        code = summary.code;
      },
    },
  });
  const result = await outbound.execute({
    key: '1',
    type: connector.definition.type,
    processId: 'test',
    processInstanceKey: '1',
    elementId: 'task',
    elementInstanceKey: '1',
    retries,
    deadline: Date.now() + timeoutMs,
    variables,
    customHeaders: headers,
    ...(inputs === undefined ? {} : { inputs }),
  });
  return code === undefined ? result : { ...result, code };
}
