import type { Credentials } from './credentials.ts';

/** Names of `serve.ts`. */
export type ServerName =
  | 'bare-node'
  | 'bare-express'
  | 'webhook-node'
  | 'webhook-express'
  | 'camunda8-client'
  | 'camunda8-sdk'
  | 'camunda8-webhook';

/** One row of the table: which server, under which load. */
export interface WebhookRow {
  readonly server: ServerName;
  readonly credentials: Credentials;
  /** Whether events meet the activation condition: then each is a durable start, else it is answered and dropped. */
  readonly met: boolean;
  /** Whether the process runtime may push back: those answers do not count. @default false */
  readonly pushesBack?: boolean;
  /** @default 64 */
  readonly connections?: number;
}

/** The floors first, then both adapters with each kind of credentials, the condition met and not; signatures of vendors once. */
export function webhookRows(credentials: readonly Credentials[]): readonly WebhookRow[] {
  const [none] = credentials;
  const floors = none === undefined ? [] : [none];
  return [
    ...floors.flatMap((kind) => [
      { server: 'bare-node' as const, credentials: kind, met: true },
      { server: 'bare-express' as const, credentials: kind, met: true },
    ]),
    ...credentials
      .filter(({ isSignature }) => isSignature !== true)
      .flatMap((kind) =>
        [true, false].flatMap((met) => [
          { server: 'webhook-node' as const, credentials: kind, met },
          { server: 'webhook-express' as const, credentials: kind, met },
        ]),
      ),
    ...credentials
      .filter(({ isSignature }) => isSignature === true)
      .map((kind) => ({ server: 'webhook-node' as const, credentials: kind, met: false })),
  ];
}
