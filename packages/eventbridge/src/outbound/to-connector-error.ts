import { ConnectorError, isConnectorError, type JsonObject } from '@bpmn-connectors/sdk';
import { awsErrorOf } from './aws-errors.ts';
import { ownError } from './own-error.ts';

const networkCodes: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

interface Metadata {
  readonly status: number | undefined;
  readonly details: JsonObject;
}

function metadataOf(error: Readonly<Record<string, unknown>>): Metadata {
  const metadata = isRecord(error['$metadata']) ? error['$metadata'] : {};
  const { httpStatusCode, requestId, attempts } = metadata;
  const response = isRecord(error['$response']) ? error['$response'] : {};
  const status = [httpStatusCode, response['statusCode']].find((code) => typeof code === 'number');
  return {
    status,
    details: {
      ...(status === undefined ? {} : { httpStatusCode: status }),
      ...(typeof requestId === 'string' ? { requestId } : {}),
      ...(typeof attempts === 'number' ? { attempts } : {}),
    },
  };
}

const maxTextLength = 300;

/** Validation messages quote the request, signature errors print it whole below the first line. */
function safeText(message: string, mask: (text: string) => string): string {
  const [line = ''] = mask(message).split('\n');
  return line.replace(/\b([Vv]alue) '.*' at\b/g, '$1 at').slice(0, maxTextLength);
}

function described(text: string, { status, details }: Metadata): string {
  const facts = [
    ...(status === undefined ? [] : [`HTTP ${status}`]),
    ...(typeof details['requestId'] === 'string' ? [`request ${details['requestId']}`] : []),
  ];
  return facts.length === 0 ? text : `${text} (${facts.join(', ')})`;
}

/** Name of the network error, where it is one; one of another realm (`vm`) the SDK wraps as text. */
function networkCodeOf(error: Readonly<Record<string, unknown>>): string | undefined {
  const code = textOf(error['code']);
  if (networkCodes.has(code)) return code;
  const message = textOf(error['message']);
  if (message.includes('socket hang up')) return 'ECONNRESET';
  return message.split(/\W+/).find((word) => networkCodes.has(word));
}

const isPassing = (status: number): boolean => status >= 500 || status === 429;

const isRetryable = (name: string, status: number | undefined): boolean =>
  awsErrorOf(name)?.retryable ?? (status !== undefined && isPassing(status));

function fromForeignAnswer(metadata: Metadata, status: number, cause: unknown): ConnectorError {
  const text = described('Something else than EventBridge answered', metadata);
  return new ConnectorError(`HTTP_${status}`, text, {
    retryable: isPassing(status),
    details: metadata.details,
    cause,
  });
}

/**
 * What went wrong with a call of PutEvents, as a failure of the job. The code is AWS's name of the error.
 * @param mask takes credentials and payload out of AWS's text.
 */
export function toConnectorError(error: unknown, mask: (text: string) => string): ConnectorError {
  if (isConnectorError(error)) return error;
  if (!isRecord(error)) return new ConnectorError('UNKNOWN', 'PutEvents failed', { cause: error });
  const name = textOf(error['name']);
  const metadata = metadataOf(error);
  const { status, details } = metadata;
  if (name === 'AbortError') return ownError('PUT_EVENTS_ABORTED', { cause: error });
  if (status !== undefined && status < 300) {
    return ownError('PUT_EVENTS_OUTCOME_UNKNOWN', { details, cause: error });
  }
  if (status !== undefined && (name === 'SyntaxError' || name === 'Unknown' || name === 'Error')) {
    return fromForeignAnswer(metadata, status, error);
  }
  const network = status === undefined ? networkCodeOf(error) : undefined;
  const text = safeText(textOf(error['message']), mask) || 'PutEvents failed';
  return new ConnectorError(network ?? (name || 'UNKNOWN'), described(text, metadata), {
    retryable: network !== undefined || isRetryable(name, status),
    details,
    cause: error,
  });
}
