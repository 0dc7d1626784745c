import type { ProblemDocument } from '@bpmn-connectors/sdk';

type Code = Pick<ProblemDocument, 'status' | 'title'>;

/** Every code that the management API answers with, its status and what it means. */
export const codes = {
  HOST_REFUSED: { status: 403, title: 'The Host header names no address of this service' },
  CROSS_SITE: { status: 403, title: 'Requests from other web sites are refused' },
  TOKEN_REQUIRED: { status: 401, title: 'A valid bearer token is required' },
  NOT_FOUND: { status: 404, title: 'There is no such resource' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The resource does not take this method' },
  PARAMETER_INVALID: { status: 400, title: 'A query parameter is unknown or not valid' },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    title: 'The body has a media type that is not taken here',
  },
  BODY_TOO_LARGE: { status: 413, title: 'The body is larger than allowed' },
  BODY_TIMEOUT: { status: 408, title: 'The body did not arrive in time' },
  BODY_INVALID: { status: 400, title: 'The body cannot be read' },
  DEPLOYMENT_REFUSED: { status: 422, title: 'The models cannot be deployed' },
  NOT_SUPPORTED: { status: 501, title: 'This installation cannot do that' },
  INTERNAL: { status: 500, title: 'The request failed inside; the log tells why' },
} as const satisfies Record<string, Code>;

/** A stable name of what went wrong. */
export type ManagementCode = keyof typeof codes;
