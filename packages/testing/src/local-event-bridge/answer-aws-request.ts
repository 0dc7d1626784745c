import type { IncomingHttpHeaders } from 'node:http';
import type { JsonValue } from '@bpmn-connectors/sdk';
import { type AwsAnswer, type AwsReply, awsError } from './aws-answer.ts';

/** A request in the `x-amz-json-1.1` protocol. */
export interface AwsRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A call as it came in. */
export interface AwsCall {
  /** `PutEvents`, `DescribeEventBus` */
  readonly action: string;
  /** Whose signature it bears. */
  readonly accessKeyId: string;
  /** The region it is signed for. */
  readonly region: string;
  readonly body: JsonValue;
}

/** Actions by the name in `x-amz-target`. */
export type AwsActions = Readonly<Record<string, (body: JsonValue) => AwsReply>>;

const signature =
  /^AWS4-HMAC-SHA256 Credential=(?<accessKeyId>[^/,\s]+)\/\d{8}\/(?<region>[a-z0-9-]+)\/events\/aws4_request, ?SignedHeaders=(?<headers>[a-z0-9;-]+), ?Signature=[0-9a-f]{64}$/;

function refuseSignature(headers: IncomingHttpHeaders): AwsAnswer | undefined {
  const { authorization } = headers;
  if (authorization === undefined) {
    return awsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  }
  const signed = signature.exec(authorization)?.groups?.['headers']?.split(';') ?? [];
  const complete = signed.includes('host') && signed.includes('x-amz-date');
  if (complete && headers['x-amz-date'] !== undefined) return undefined;
  return awsError(
    'IncompleteSignatureException',
    'Authorization header requires a Signature Version 4 over host and x-amz-date for service events',
  );
}

function parse(body: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(body);
    return value;
  } catch {
    return undefined;
  }
}

/**
 * Finds the action and runs it. A Signature Version 4 is required, but only its shape is checked: this
 * endpoint knows no secret keys.
 * @param onCall is told of every call that an action gets.
 */
export function answerAwsRequest(
  request: AwsRequest,
  actions: AwsActions,
  onCall: (call: AwsCall) => void,
): AwsReply {
  const target = String(request.headers['x-amz-target'] ?? '');
  const action = Object.hasOwn(actions, target) ? actions[target] : undefined;
  if (request.method !== 'POST' || action === undefined) {
    return awsError('UnknownOperationException', `Not known here: ${target || request.method}`);
  }
  const refused = refuseSignature(request.headers);
  if (refused !== undefined) return refused;
  const body = parse(request.body);
  if (body === undefined) return awsError('SerializationException', 'Body is not JSON');
  const { accessKeyId = '', region = '' } =
    signature.exec(request.headers.authorization ?? '')?.groups ?? {};
  onCall({ action: target.replace('AWSEvents.', ''), accessKeyId, region, body });
  return action(body);
}
