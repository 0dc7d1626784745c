import type { InboundContext, JsonValue } from '@bpmn-connectors/sdk';

/** What credentials are looked for in. */
export interface Presented {
  /** Upper case. */
  readonly method: string;
  /** The body as it came. */
  readonly bytes: Uint8Array;
  /** The URL that the sender called, without query; made when it is asked for. */
  readonly url: () => string;
  /** The query as it came, with its question mark; empty where there is none. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  /** `Authorization` came more than once. */
  readonly repeatedAuthorization: boolean;
  /** Only where the authenticator reads it. */
  readonly body?: JsonValue;
}

/** Whether a request may go on. `reason` is for the operator, never for the sender. */
export type AuthVerdict =
  | { readonly status: 'verified' }
  /** Credentials are missing or wrong: 401. */
  | { readonly status: 'refused'; readonly reason: string }
  /** Authentic, but not permitted: 403. */
  | { readonly status: 'forbidden'; readonly reason: string }
  /** Our own trouble: 503, never 401. */
  | { readonly status: 'unavailable'; readonly reason: string };

/** What credentials are checked with. */
export type AuthContext = Pick<InboundContext, 'clock' | 'logger'>;

/** Checks the credentials of requests to one webhook. */
export interface Authenticator {
  /** `NONE`, `BASIC`, `APIKEY`, `JWT`, `HMAC`, or two of them. */
  readonly scheme: string;
  /** Value of `WWW-Authenticate` of a 401. */
  readonly challenge: string;
  /** The body must be parsed before. */
  readonly readsBody: boolean;
  /** Values that must not be stored with a delivery. */
  readonly secrets: readonly string[];
  readonly warnings: readonly string[];
  /** The sender's own id of an event, where the scheme knows of one. */
  readonly messageId?: (headers: Presented['headers'], body: JsonValue) => string | undefined;
  authenticate(presented: Presented, context: AuthContext): AuthVerdict | Promise<AuthVerdict>;
}

/** The credentials are good. */
export const verified: AuthVerdict = { status: 'verified' };

/** The credentials are missing or wrong. */
export const refused = (reason: string): AuthVerdict => ({ status: 'refused', reason });
