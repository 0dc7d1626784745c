import { ConfigurationError } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import { createPrivateHosts } from './auth/private-hosts.ts';
import { createAddressList } from './request/address-list.ts';

/** How key sets (JWKS) are fetched. */
export interface JwksOptions {
  /**
   * Host names, addresses and networks (CIDR) beyond the public internet that key sets may come from, also over
   * http. A model names the URL, so that without a list it could make the receiver call inner services. @default []
   */
  readonly privateHosts?: readonly string[];
  /** A fetch takes at most so many milliseconds, 1–30000. @default 3000 */
  readonly timeoutMs?: number;
  /** After a fetch, an unknown key id makes no other one for so many milliseconds. @default 30000 */
  readonly cooldownMs?: number;
  /** A key set is fetched again after so many milliseconds. @default 600000 */
  readonly maxAgeMs?: number;
  /** When the key set cannot be fetched the last one is good for so many milliseconds more. @default 86400000 */
  readonly staleMs?: number;
  /** Bytes of a key set, at most. @default 262144 */
  readonly maxBytes?: number;
}

/** The operator's choices for all webhooks. */
export interface WebhookOptions {
  /** Whether webhooks without authentication are served. @default false */
  readonly allowUnauthenticated?: boolean;
  /** Bytes of a body, at most, where the model doesn't say; more is answered with 413. @default 2097152 */
  readonly maxBodyBytes?: number;
  /**
   * What a model may ask for at most by `inbound.maxBodySize`; more is refused at deployment. Strangers can
   * make the receiver hold so much before they are authenticated. @default 10485760, or `maxBodyBytes` if larger
   */
  readonly maxBodyBytesOfModels?: number;
  /**
   * Whether bodies compressed with gzip, deflate or br are taken; else 415. Off, since no webhook sender
   * known to us compresses unasked, and what unpacks is one more thing to attack. What comes out is bounded
   * like the body. Never where the API key stands in the body. @default false
   */
  readonly acceptCompressed?: boolean;
  /** Parts of a `multipart/form-data` body, at most; more is answered with 400. @default 100 */
  readonly maxParts?: number;
  /** A body must be here within so many milliseconds; else 408. @default 10000 */
  readonly bodyTimeoutMs?: number;
  /** A sender waits for its answer at most so many milliseconds; then 503. EventBridge gives 5 s. @default 4000 */
  readonly answerTimeoutMs?: number;
  /** Headers of a request, at most; more is answered with 431. @default 200 */
  readonly maxHeaders?: number;
  /** Characters of all header names and values, at most; more is answered with 431. @default 65536 */
  readonly maxHeaderLength?: number;
  /** Query parameters, at most; more is answered with 400. @default 200 */
  readonly maxParameters?: number;
  /** Whether events that meet no activation condition are a success (200, else 422), where the model doesn't say. @default false */
  readonly consumeUnmatchedEvents?: boolean;
  /** `Retry-After` of 429 and 503 in seconds, where the process runtime names no other. @default 5 */
  readonly retryAfterSeconds?: number;
  /**
   * The base of the URLs that senders call, where a proxy stands before: `https://hooks.example.com`. The path of
   * a request is put behind it. Signatures over URLs are verified for it.
   */
  readonly publicUrl?: string;
  /**
   * Addresses and networks (CIDR) of proxies whose `X-Forwarded-Proto` and `X-Forwarded-Host` are believed, where
   * there is no `publicUrl`; of several values the last, which is the proxy's own. @default []
   */
  readonly trustedProxies?: readonly string[];
  /** What stands before the webhook id in the URLs shown to operators. @default ['/webhooks', '/inbound'] */
  readonly baseUrls?: readonly string[];
  readonly jwks?: JwksOptions;
}

const count = z.int().positive();

function toAddressList(entries: readonly string[], context: z.RefinementCtx) {
  const list = createAddressList(entries);
  if (list !== undefined) return list;
  context.addIssue('it holds something that is neither an address nor a network like 10.0.0.0/8');
  return z.NEVER;
}

function toPrivateHosts(entries: readonly string[], context: z.RefinementCtx) {
  const hosts = createPrivateHosts(entries);
  if (hosts !== undefined) return hosts;
  context.addIssue('it holds something that is no host name, address or network like 10.0.0.0/8');
  return z.NEVER;
}

const JwksSettingsSchema = z.strictObject({
  privateHosts: z.array(z.string()).readonly().default([]).transform(toPrivateHosts),
  timeoutMs: count.max(30_000).default(3000),
  cooldownMs: z.int().nonnegative().default(30_000),
  maxAgeMs: count.default(600_000),
  staleMs: z.int().nonnegative().default(86_400_000),
  maxBytes: count.default(262_144),
});

const OptionsSchema = z.strictObject({
  allowUnauthenticated: z.boolean().default(false),
  maxBodyBytes: count.default(2_097_152),
  maxBodyBytesOfModels: count.default(10_485_760),
  acceptCompressed: z.boolean().default(false),
  maxParts: count.default(100),
  bodyTimeoutMs: count.default(10_000),
  answerTimeoutMs: count.default(4000),
  maxHeaders: count.default(200),
  maxHeaderLength: count.default(65_536),
  maxParameters: count.default(200),
  consumeUnmatchedEvents: z.boolean().default(false),
  retryAfterSeconds: count.default(5),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .exactOptional(),
  trustedProxies: z.array(z.string()).readonly().default([]).transform(toAddressList),
  baseUrls: z.array(z.string()).readonly().default(['/webhooks', '/inbound']),
  jwks: JwksSettingsSchema.prefault({}),
});

const WebhookSettingsSchema = OptionsSchema.transform((options) => ({
  ...options,
  maxBodyBytesOfModels: Math.max(options.maxBodyBytesOfModels, options.maxBodyBytes),
}));

/** `WebhookOptions` with all defaults in place. */
export type WebhookSettings = Readonly<z.output<typeof WebhookSettingsSchema>>;

/** `JwksOptions` with all defaults in place. */
export type JwksSettings = Readonly<z.output<typeof JwksSettingsSchema>>;

/** @throws {ConfigurationError} an option is unknown or out of range. */
export function readWebhookOptions(options: WebhookOptions): WebhookSettings {
  const result = WebhookSettingsSchema.safeParse(options);
  if (result.success) return result.data;
  throw new ConfigurationError(
    result.error.issues.map(({ path, message }) => ({
      where: ['webhook options', ...path.map(String)].join(' / '),
      reason: message,
      fix: 'See WebhookOptions for the names, units and bounds',
    })),
  );
}
