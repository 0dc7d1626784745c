import type { Outcome } from '@bpmn-connectors/sdk';
import type { GatewayError, GrpcStatusName } from '../gateway/gateway-error.ts';

type Make = (message: string) => Outcome;

const rejected =
  (code: 'INVALID' | 'NOT_FOUND' | 'FORBIDDEN' | 'UNSUPPORTED' | 'TOO_LARGE'): Make =>
  (message) => ({ status: 'rejected', code, message });

const unavailable =
  (code: 'BACKPRESSURE' | 'TIMEOUT' | 'CONNECTION'): Make =>
  (message) => ({ status: 'unavailable', code, message });

/**
 * What a gateway's status means for a command. Whatever leaves open whether it took effect is `unavailable`:
 * the sender comes again with the same id. Bad or expired credentials of our own are our trouble, not the
 * sender's.
 */
const outcomes: Readonly<Record<GrpcStatusName, Make>> = {
  ALREADY_EXISTS: () => ({ status: 'duplicate' }),
  NOT_FOUND: rejected('NOT_FOUND'),
  INVALID_ARGUMENT: rejected('INVALID'),
  FAILED_PRECONDITION: rejected('INVALID'),
  OUT_OF_RANGE: rejected('INVALID'),
  UNIMPLEMENTED: rejected('UNSUPPORTED'),
  PERMISSION_DENIED: rejected('FORBIDDEN'),
  UNAUTHENTICATED: unavailable('CONNECTION'),
  RESOURCE_EXHAUSTED: unavailable('BACKPRESSURE'),
  DEADLINE_EXCEEDED: unavailable('TIMEOUT'),
  CANCELLED: unavailable('TIMEOUT'),
  UNAVAILABLE: unavailable('CONNECTION'),
  INTERNAL: unavailable('CONNECTION'),
  UNKNOWN: unavailable('CONNECTION'),
  ABORTED: unavailable('CONNECTION'),
  DATA_LOSS: unavailable('CONNECTION'),
};

/** gRPC's limit for one message has the status of backpressure. */
const messageLimit = /message (?:exceeds maximum size|larger than max)/i;

/**
 * From so many bytes of variables on, an answer without a reason is taken for what it is: Zeebe keeps variables
 * twice in one batch of records, and one of more than about half its message size (4 MB) fails like a bug.
 */
const suspiciousBytes = 1024 * 1024;

/** Whether the variables, of so many bytes, are more than the cluster takes. */
export const isTooLarge = ({ status, message }: GatewayError, bytes: number): boolean =>
  (status === 'RESOURCE_EXHAUSTED' && messageLimit.test(message)) ||
  (status === 'UNKNOWN' && bytes > suspiciousBytes);

/**
 * The outcome of a command that the gateway did not take.
 * @param bytes of the command's variables.
 */
export function outcomeOf(error: GatewayError, bytes: number): Outcome {
  if (isTooLarge(error, bytes))
    return rejected('TOO_LARGE')(`${bytes} bytes of variables are more than the cluster takes`);
  return outcomes[error.status](error.message);
}
