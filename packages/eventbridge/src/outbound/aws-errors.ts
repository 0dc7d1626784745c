/** What an error of AWS means for the jobs of the call. */
export interface AwsErrorInfo {
  /** Whether another attempt may not meet it. */
  readonly retryable: boolean;
  /**
   * Whether one entry can bring it upon a whole call: then the jobs of the call are sent again, each
   * alone. Nothing of a refused call was accepted.
   */
  readonly mayBeOfOneEntry?: boolean;
}

const passing: AwsErrorInfo = { retryable: true };
const final: AwsErrorInfo = { retryable: false };
const ofOneEntry: AwsErrorInfo = { retryable: false, mayBeOfOneEntry: true };

/**
 * Errors by the names AWS gives them, of calls and of entries. A call's error that is not here is tried
 * again if its status is 5xx; an entry's is not.
 * See https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html and, for entries,
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
 */
export const awsErrors: Readonly<Record<string, AwsErrorInfo>> = {
  ConcurrentModificationException: passing,
  InternalException: passing,
  InternalFailure: passing,
  InternalServerError: passing,
  LimitExceededException: passing,
  RequestLimitExceeded: passing,
  RequestTimeout: passing,
  RequestTimeoutException: passing,
  ServiceUnavailable: passing,
  ServiceUnavailableException: passing,
  SlowDown: passing,
  Throttling: passing,
  ThrottlingException: passing,
  TimeoutError: passing,
  TooManyRequestsException: passing,

  // The caller's rights may be for single buses.
  AccessDeniedException: ofOneEntry,
  HTTP_413: ofOneEntry,
  ResourceNotFoundException: ofOneEntry,
  ValidationException: ofOneEntry,

  ExpiredTokenException: final,
  IncompleteSignatureException: final,
  InvalidAccountIdException: final,
  InvalidArgument: final,
  InvalidClientTokenId: final,
  InvalidSignatureException: final,
  MalformedDetail: final,
  MissingAuthenticationTokenException: final,
  NotAuthorizedForDetailTypeException: final,
  NotAuthorizedForSourceException: final,
  OptInRequired: final,
  RedactionFailure: final,
  SignatureDoesNotMatch: final,
  UnrecognizedClientException: final,
};

/** What is known of an error by its name. */
export const awsErrorOf = (name: string): AwsErrorInfo | undefined =>
  Object.hasOwn(awsErrors, name) ? awsErrors[name] : undefined;
