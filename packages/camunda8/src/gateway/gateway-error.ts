/** Status codes of gRPC (https://grpc.io/docs/guides/status-codes/). */
export const grpcStatus = {
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

/** The name of one of them. */
export type GrpcStatusName = keyof typeof grpcStatus;

const statusNames = new Map<number, GrpcStatusName>();
for (const [name, code] of Object.entries(grpcStatus)) {
  if (isStatusName(name)) statusNames.set(code, name);
}

function isStatusName(name: string): name is GrpcStatusName {
  return name in grpcStatus;
}

/** A call that the gateway refused, or that did not get through. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly status: GrpcStatusName;

  constructor(code: number | undefined, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = statusNames.get(code ?? grpcStatus.UNKNOWN) ?? 'UNKNOWN';
  }
}
