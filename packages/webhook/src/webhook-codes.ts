/** What a code means to a sender. */
export interface WebhookCodeInfo {
  readonly status: number;
  /** Said in the problem document. The same for all requests: it tells nothing about the one refused. */
  readonly title: string;
}

/**
 * The codes of all problem documents that the webhook connector answers with. Statuses follow the
 * senders' retry rules, above all EventBridge's: it retries 401, 407, 409, 429 and 5xx, and drops an
 * event on any other 4xx.
 */
export const webhookCodes = {
  NOT_FOUND: { status: 404, title: 'There is no webhook at this path' },
  NOT_READY: { status: 503, title: 'Webhooks are being activated' },
  DRAINING: { status: 503, title: 'The receiver is stopping' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This webhook takes other methods' },
  HEADERS_TOO_LARGE: { status: 431, title: 'Too many or too long headers' },
  QUERY_MALFORMED: { status: 400, title: 'The query cannot be decoded' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  BODY_TIMEOUT: { status: 408, title: 'The body came too slowly' },
  BODY_ABORTED: { status: 400, title: 'The request ended before its body' },
  BODY_MALFORMED: { status: 400, title: 'The body cannot be read as its media type says' },
  ENCODING_UNSUPPORTED: { status: 415, title: 'The content encoding is not supported' },
  CHARSET_UNSUPPORTED: { status: 415, title: 'Only UTF-8 is taken' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'The media type is not supported' },
  UNAUTHORIZED: { status: 401, title: 'Authentication failed' },
  FORBIDDEN: { status: 403, title: 'Not permitted' },
  AUTHENTICATION_UNAVAILABLE: { status: 503, title: 'Credentials cannot be checked now' },
  RATE_LIMITED: { status: 429, title: 'Too many events for this webhook' },
  PAYLOAD_INVALID: { status: 422, title: 'The body does not fit the schema of this webhook' },
  VERIFICATION_FAILED: { status: 422, title: 'The verification cannot be evaluated' },
  UNMATCHED: { status: 422, title: 'No process wants this event' },
  NO_SUBSCRIPTION: { status: 503, title: 'No process waits for this event yet' },
  BACKPRESSURE: { status: 429, title: 'Too many events at once' },
  UNAVAILABLE: { status: 503, title: 'The process runtime cannot be reached' },
  NO_ANSWER: { status: 503, title: 'The process runtime did not answer in time' },
  INTERNAL: { status: 503, title: 'The receiver failed' },
  CONDITION_FAILED: { status: 422, title: 'The activation condition cannot be evaluated' },
  AMBIGUOUS: { status: 422, title: 'Several elements want this event' },
  MESSAGE_ID_FAILED: { status: 422, title: 'The message id cannot be evaluated' },
  CORRELATION_KEY_FAILED: { status: 422, title: 'The correlation key cannot be evaluated' },
  NO_CORRELATION_KEY: { status: 422, title: 'The event has no correlation key' },
  RESULT_FAILED: { status: 422, title: 'The result cannot be evaluated' },
  REJECTED: { status: 422, title: 'The process runtime rejected the event' },
  TOO_LARGE: { status: 413, title: 'The event is too large for the process runtime' },
} as const satisfies Readonly<Record<string, WebhookCodeInfo>>;

/** Stable `code` of a problem document of the webhook connector. */
export type WebhookCode = keyof typeof webhookCodes;
