import { z } from 'zod';
import {
  countSchema,
  durationSchema,
  hostSchema,
  namesSchema,
  pathSchema,
  portSchema,
  rateSchema,
  switchSchema,
  urlSchema,
  windowSchema,
} from './value-schemas.ts';

const builtInEngines = new Set(['embedded', 'camunda8', 'forward']);

const modulePath = /^(\.{0,2}\/|file:|[a-z]:\\)|\.[cm]?js$/i;

/**
 * All configuration there is. Each key is an option: `managementPort` is the flag `--management-port`,
 * the variable `BPMN_CONNECTORS_MANAGEMENT_PORT` and the key `managementPort` of the file.
 */
export const configurationSchema = z.strictObject({
  port: portSchema.default(8080).meta({
    argument: 'PORT',
    description: 'Port for webhooks; 0 takes a free one',
  }),
  host: hostSchema.default('127.0.0.1').meta({
    argument: 'HOST',
    description: 'Address to listen on for webhooks; 0.0.0.0 for all',
  }),
  publicUrl: urlSchema.exactOptional().meta({
    argument: 'URL',
    description:
      'URL under which senders reach this host: printed, and what signatures over URLs are for',
  }),
  trustedProxies: namesSchema.default([]).meta({
    argument: 'ADDRESSES',
    description:
      'Proxies whose X-Forwarded-Proto and -Host are believed, without a public URL: 10.0.0.0/8,::1',
  }),
  allowUnauthenticated: switchSchema.default(false).meta({
    description: 'Serve webhooks without authentication beyond loopback',
  }),
  privateKeySetHosts: namesSchema.default([]).meta({
    argument: 'HOSTS',
    description:
      'Hosts beyond the public internet that key sets for JWT may come from: idp.internal,10.0.0.0/8',
  }),
  acceptCompressed: switchSchema.default(false).meta({
    description: 'Take webhook bodies compressed with gzip, deflate or br',
  }),
  managementPort: portSchema.default(8090).meta({
    argument: 'PORT',
    description: 'Port for the management API; 0 takes a free one',
  }),
  managementHost: hostSchema.default('127.0.0.1').meta({
    argument: 'HOST',
    description: 'Address to listen on for the management API; beyond loopback a token is needed',
  }),
  managementToken: z.string().min(16, 'must have at least 16 characters').exactOptional().meta({
    argument: 'TOKEN',
    description: 'Bearer token of the management API; better given as a variable than as a flag',
  }),
  managementAllowedHosts: namesSchema.default([]).meta({
    argument: 'HOSTS',
    description:
      'Further Host headers the management API answers to: ops.example.com,10.0.0.7:8090',
  }),
  data: pathSchema.default('./data').meta({
    argument: 'DIR',
    description: 'Folder of the durable state; one process at a time',
  }),
  engine: z
    .string()
    .refine(
      (engine) => builtInEngines.has(engine) || modulePath.test(engine),
      'must be embedded, camunda8, forward, or the path of a module that exports createProcessRuntime: ./my-engine.js',
    )
    .default('embedded')
    .meta({
      argument: 'ENGINE',
      description:
        'Process runtime: embedded, camunda8 (found by Camunda’s own variables: ZEEBE_…, CAMUNDA_…), forward (no processes: see the file), or a module exporting createProcessRuntime',
    }),
  awsRegion: z.string().min(1).exactOptional().meta({
    argument: 'REGION',
    description: 'Region of models that name none; else AWS_REGION or AWS_DEFAULT_REGION',
  }),
  awsEndpoint: urlSchema.exactOptional().meta({
    argument: 'URL',
    description: 'Send AWS requests here instead of to AWS',
  }),
  awsAllowModelEndpoints: switchSchema.default(false).meta({
    description: 'Heed the AWS endpoint that a model names: it gets credentials and events',
  }),
  awsSkipEventBusCheck: switchSchema.default(false).meta({
    description: 'Do not ask AWS whether an event bus exists before its first event',
  }),
  awsEventsPerSecond: rateSchema.exactOptional().meta({
    argument: 'RATE',
    description: 'Events a second for each region and credentials; what is over it waits',
  }),
  awsCoalesceMs: windowSchema.default(5).meta({
    argument: 'MS',
    description:
      'Longest that a job waits to share a PutEvents call, 0 to 1000; 0: each has its own',
  }),
  awsJobKeyIn: z.string().min(1).exactOptional().meta({
    argument: 'NAME',
    description: "Member that each event's detail gets: the job's key, to tell what came twice",
  }),
  maxActiveJobs: countSchema.default(100).meta({
    argument: 'COUNT',
    description: 'Jobs of a type that are worked at the same time',
  }),
  jobTimeout: durationSchema.default('PT5M').meta({
    argument: 'DURATION',
    description: 'Time of a job whose element has no header jobTimeout (ISO 8601)',
  }),
  secretPrefix: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the beginning of a variable name')
    .default('SECRET_')
    .meta({
      argument: 'PREFIX',
      description: 'Environment variables of this prefix are secrets: SECRET_X is {{secrets.X}}',
    }),
  secretsDir: pathSchema.exactOptional().meta({
    argument: 'DIR',
    description: 'Folder with a file for each secret, named as it is; comes before variables',
  }),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    })
    .default('info')
    .meta({ argument: 'LEVEL', description: 'Least severe log lines to write to standard error' }),
  logEvents: switchSchema.default(true).meta({
    argument: 'true|false',
    description: 'Log a line for each delivery and each job',
  }),
  telemetry: pathSchema.exactOptional().meta({
    argument: 'MODULE',
    description: 'Module exporting createTelemetry: traces, figures of your own',
  }),
});

/** All configuration, with defaults filled in. */
export type Configuration = z.output<typeof configurationSchema>;

/** Configuration as it may be given; whatever is left out has its default. */
export type ConfigurationInput = z.input<typeof configurationSchema>;
