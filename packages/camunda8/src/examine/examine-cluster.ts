import { systemClock } from '@bpmn-connectors/sdk';
import type { Camunda8Settings, ResolvedSettings } from '../configuration/camunda8-settings.ts';
import { connectionOf } from '../configuration/connection-of.ts';
import { resolveSettings } from '../configuration/resolve-settings.ts';
import type { ConnectionOptions } from '../gateway/connection-options.ts';
import { type ClusterFinding, good } from './cluster-finding.ts';
import { examineGateway } from './examine-gateway.ts';
import { examineRest } from './examine-rest.ts';

/** How long examining may take. */
export interface ExamineClusterOptions {
  /** Milliseconds for each call. @default 3000 */
  readonly timeoutMs?: number;
}

/** Only tokens are fetched; other credentials are seen to be good when a call is answered. */
async function examineToken(
  { auth }: ResolvedSettings,
  { credentials }: ConnectionOptions,
): Promise<ClusterFinding | undefined> {
  if (auth.method !== 'oauth' || credentials === undefined) return undefined;
  try {
    await credentials.headers();
    return good('token', `${new URL(auth.url).origin} gives one`);
  } catch (error) {
    const text = error instanceof Error ? error.message : 'unknown';
    const fix = 'Correct the URL of the authorization server, the client id or the client secret';
    return { part: 'token', status: 'bad', text, fix };
  }
}

/**
 * Looks whether a process runtime with these settings could work: whether there is a token, the gateway
 * answers, its partitions are healthy, jobs (of a type that nobody has) may be asked for with these
 * credentials and this tenant, and the REST API answers, where there is an address. Changes nothing in the
 * cluster; what is wrong with it is a finding.
 * @throws {ConfigurationError} settings that cannot work.
 * @example
 * const findings = await examineCluster({ grpcAddress: 'grpc://127.0.0.1:26500' });
 */
export async function examineCluster(
  settings: Camunda8Settings,
  { timeoutMs = 3000 }: ExamineClusterOptions = {},
): Promise<readonly ClusterFinding[]> {
  const resolved = resolveSettings({ ...settings, requestTimeoutMs: timeoutMs });
  const connection = connectionOf(resolved, systemClock);
  const token = await examineToken(resolved, connection);
  if (token?.status === 'bad') return [token];
  const [gateway, rest] = await Promise.all([
    examineGateway(resolved, connection),
    examineRest(resolved, connection),
  ]);
  return [...(token === undefined ? [] : [token]), ...gateway, ...rest];
}
