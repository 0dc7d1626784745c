/** What a code means and what to do about it. */
export interface EventBridgeCodeInfo {
  readonly retryable: boolean;
  readonly meaning: string;
}

/**
 * The connector's own error codes. Beside them `error.code` is what AWS calls the error
 * (`AccessDeniedException`, `ThrottlingException`, an entry's `MalformedDetail`), Node's name of a network
 * error (`ECONNREFUSED`), or `HTTP_` and the status where something else than AWS answered (`HTTP_502`).
 */
export const eventBridgeCodes = {
  REGION_MISSING: {
    retryable: false,
    meaning: 'No region: set configuration.region in the model or defaultRegion for all models',
  },
  REGION_INVALID: {
    retryable: false,
    meaning: 'The region is not one: it may hold letters, digits and hyphens, like eu-central-1',
  },
  ENDPOINT_REFUSED: {
    retryable: false,
    meaning:
      'The model sets configuration.endpoint, which would send events and signatures elsewhere: remove it, or allow it with allowEndpointOverride',
  },
  ENDPOINT_INVALID: {
    retryable: false,
    meaning: 'The endpoint must be an http or https URL without credentials, query and fragment',
  },
  DETAIL_NOT_AN_OBJECT: {
    retryable: false,
    meaning:
      'The detail must be a JSON object, or text that is one: EventBridge refuses everything else',
  },
  DETAIL_TOO_DEEP: {
    retryable: false,
    meaning: 'The detail has more than 1000 objects and lists in each other',
  },
  EVENT_TOO_LARGE: {
    retryable: false,
    meaning:
      'The event, or with those before it the list, is over the megabyte that EventBridge takes: send a reference to the data, or the events in several jobs',
  },
  EVENT_BUS_NOT_FOUND: {
    retryable: false,
    meaning:
      'There is no such event bus; EventBridge would answer with success and lose the event. Create the bus, or correct its name',
  },
  CREDENTIALS_UNAVAILABLE: {
    retryable: true,
    meaning:
      'The default chain has no credentials: give the process an access key, a profile, or a role of its container or machine',
  },
  PUT_EVENTS_OUTCOME_UNKNOWN: {
    retryable: false,
    meaning:
      'EventBridge answered with success, but the answer could not be read: the event is most likely on the bus, another attempt would send it twice',
  },
  PUT_EVENTS_ABORTED: {
    retryable: true,
    meaning: "The job's time was over before EventBridge answered: the event may be on the bus",
  },
  CONNECTOR_CLOSED: { retryable: true, meaning: 'The connector is stopped' },
} as const satisfies Readonly<Record<string, EventBridgeCodeInfo>>;

/** One of the connector's own codes. */
export type EventBridgeCode = keyof typeof eventBridgeCodes;
