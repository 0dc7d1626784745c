import { z } from 'zod';

const grpcAddress = z
  .string()
  .regex(
    /^(?:(?:grpcs?|https?):\/\/)?(?:[^/\s:]+|\[[\da-f:]+\])(?::\d{1,5})?\/?$/i,
    'write it as grpc://host:port, or grpcs://host:port for TLS',
  );

const authSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('none') }),
  z.strictObject({
    method: z.literal('basic'),
    username: z.string().min(1),
    password: z.string(),
  }),
  z.strictObject({
    method: z.literal('oauth'),
    url: z.url({ protocol: /^https?$/ }),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    audience: z.string().optional(),
    scope: z.string().optional(),
  }),
]);

const tlsSchema = z.strictObject({
  rootCertificates: z.instanceof(Uint8Array).optional(),
  certificateChain: z.instanceof(Uint8Array).optional(),
  privateKey: z.instanceof(Uint8Array).optional(),
});

/** Everything about a cluster that can be said in a configuration. Unknown names are refused. */
export const camunda8SettingsSchema = z
  .strictObject({
    grpcAddress: grpcAddress.default('grpc://127.0.0.1:26500'),
    restAddress: z.url({ protocol: /^https?$/ }).optional(),
    tenantId: z.string().min(1).optional(),
    auth: authSchema.default({ method: 'none' }),
    tls: tlsSchema.optional(),
    requestTimeoutMs: z.int().min(100).max(600_000).default(10_000),
    workerName: z.string().min(1).max(200).default('bpmn-connectors'),
    streaming: z.boolean().default(true),
    pollIntervalMs: z.int().min(10).max(600_000).default(5000),
    elements: z
      .union([z.enum(['deployed', 'cluster']), z.strictObject({ folder: z.string().min(1) })])
      .default('deployed'),
  })
  .refine(({ elements, restAddress }) => elements !== 'cluster' || restAddress !== undefined, {
    path: ['restAddress'],
    message: "it is missing, and elements 'cluster' are read from there",
  });

/** Settings with every default filled in. */
export type ResolvedSettings = z.output<typeof camunda8SettingsSchema>;

/** How the cluster is reached. */
export interface Camunda8Settings {
  /**
   * Of Zeebe's gateway: `grpc://host:port`, or `grpcs://` (also `https://`) for TLS. Without a scheme: no TLS.
   * @default 'grpc://127.0.0.1:26500'
   */
  readonly grpcAddress?: string;
  /** Of the Orchestration Cluster REST API; without one messages are published, but not correlated. */
  readonly restAddress?: string;
  /** Of what is deployed, started, published and worked. @default that of a cluster without tenants */
  readonly tenantId?: string;
  /** @default {method: 'none'} */
  readonly auth?:
    | { readonly method: 'none' }
    | { readonly method: 'basic'; readonly username: string; readonly password: string }
    | {
        readonly method: 'oauth';
        /** Token endpoint. */
        readonly url: string;
        readonly clientId: string;
        readonly clientSecret: string;
        readonly audience?: string;
        readonly scope?: string;
      };
  /** PEM. `certificateChain` and `privateKey` are for mutual TLS. */
  readonly tls?: {
    readonly rootCertificates?: Uint8Array;
    readonly certificateChain?: Uint8Array;
    readonly privateKey?: Uint8Array;
  };
  /** Milliseconds that a call may take. @default 10000 */
  readonly requestTimeoutMs?: number;
  /** What operators of the cluster see at a job in hand. @default 'bpmn-connectors' */
  readonly workerName?: string;
  /** Whether the cluster pushes jobs (Zeebe 8.4 and later). @default true */
  readonly streaming?: boolean;
  /**
   * Milliseconds between requests for jobs that were not pushed; without streaming, after one that waited
   * and found none. @default 5000
   */
  readonly pollIntervalMs?: number;
  /**
   * Which inbound elements are served: those of models that were deployed from here, those of all that the
   * cluster has, whoever deployed it (needs `restAddress`), or those of the models in a folder, which somebody
   * else deploys. @default 'deployed'
   */
  readonly elements?: 'deployed' | 'cluster' | { readonly folder: string };
}
