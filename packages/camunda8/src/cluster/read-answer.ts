import { parseJson } from '@bpmn-connectors/sdk';
import type { z } from 'zod';
import { GatewayError, grpcStatus } from '../gateway/gateway-error.ts';
import type { HttpAnswer } from '../http/exchange.ts';
import { restError } from '../rest/rest-error.ts';

/**
 * The content of a successful answer. Members that the schema does not name are left out: clusters of later
 * versions tell more.
 * @throws {GatewayError} the answer is no success, or not as the API is published.
 */
export function readAnswer<T>(answer: HttpAnswer, schema: z.ZodType<T>): T {
  if (answer.status !== 200) throw restError(answer);
  const parsed = schema.safeParse(parseJson(answer.body));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join('.') ?? '';
  throw new GatewayError(
    grpcStatus.INTERNAL,
    `The answer of the cluster is not as published, at '${where}': ${issue?.message ?? 'unknown'}`,
  );
}
