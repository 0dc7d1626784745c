import { parseJson } from '@bpmn-connectors/sdk';
import { GatewayError, grpcStatus } from '../gateway/gateway-error.ts';
import type { HttpAnswer } from '../http/exchange.ts';
import { textOf } from './text-of.ts';

const codes: Readonly<Record<number, number>> = {
  400: grpcStatus.INVALID_ARGUMENT,
  401: grpcStatus.UNAUTHENTICATED,
  403: grpcStatus.PERMISSION_DENIED,
  404: grpcStatus.NOT_FOUND,
  409: grpcStatus.FAILED_PRECONDITION,
  429: grpcStatus.RESOURCE_EXHAUSTED,
  500: grpcStatus.INTERNAL,
  501: grpcStatus.UNIMPLEMENTED,
  502: grpcStatus.UNAVAILABLE,
  503: grpcStatus.UNAVAILABLE,
  504: grpcStatus.DEADLINE_EXCEEDED,
};

/** The `title` and `detail` of a problem document, as far as there is one. */
function readProblem({ body }: HttpAnswer): { readonly title: string; readonly detail: string } {
  try {
    const problem = parseJson(body);
    return { title: textOf(problem, 'title'), detail: textOf(problem, 'detail') };
  } catch {
    // Proxies answer with pages of their own.
  }
  return { title: '', detail: '' };
}

/** 8.6 says 401 of a tenant that we may not see; gRPC has a status of its own for it. */
function codeOf({ status }: HttpAnswer, detail: string): number | undefined {
  const isTenant = status === 401 && detail.includes('tenant is not authorized');
  return isTenant ? grpcStatus.PERMISSION_DENIED : codes[status];
}

/**
 * An answer that is no success, in the words of the gateway: the same troubles, told over HTTP. Backpressure
 * is a 503 whose title says so.
 */
export function restError(answer: HttpAnswer): GatewayError {
  const { title, detail } = readProblem(answer);
  const isPressure = title.includes('RESOURCE_EXHAUSTED');
  const code = isPressure ? grpcStatus.RESOURCE_EXHAUSTED : codeOf(answer, detail);
  const size = answer.status === 413 ? 'message larger than max' : undefined;
  if (size !== undefined) return new GatewayError(grpcStatus.RESOURCE_EXHAUSTED, size);
  return new GatewayError(code, detail || `The cluster answered ${answer.status}`);
}
