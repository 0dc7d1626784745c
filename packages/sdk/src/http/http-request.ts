/** How much and how long to read. */
export interface BodyLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** The body, or why there is none. */
export type BodyRead =
  | { readonly status: 'complete'; readonly bytes: Uint8Array }
  | { readonly status: 'too-large' }
  | { readonly status: 'timeout' }
  | { readonly status: 'aborted' };

/** An HTTP request in a form that every server can hand over: nothing parsed, the body not yet read. */
export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  /** Path below the mount point, without query: `/orders`. Percent-encoding as sent. */
  readonly path: string;
  /** Path and query as the server got them: `/webhooks/orders?a=1`. */
  readonly target: string;
  /** Names and values in turn, as sent: `['Host', 'x', 'X-Key', 'y']`. */
  readonly rawHeaders: readonly string[];
  readonly remoteAddress?: string;
  /** Whether the connection is TLS. */
  readonly encrypted: boolean;
  /** Aborts when the client is gone. */
  readonly signal?: AbortSignal;
  /** Reads the raw bytes, counting them as they come. At most once. */
  readBody(limits: BodyLimits): Promise<BodyRead>;
}
