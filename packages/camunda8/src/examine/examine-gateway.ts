import { randomUUID } from 'node:crypto';
import { healthOf } from '../check-health.ts';
import type { ResolvedSettings } from '../configuration/camunda8-settings.ts';
import type { ConnectionOptions } from '../gateway/connection-options.ts';
import { createGateway } from '../gateway/create-gateway.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { GatewayError, type GrpcStatusName } from '../gateway/gateway-error.ts';
import type { Topology } from '../gateway/messages.ts';
import { type ClusterFinding, good } from './cluster-finding.ts';

/** The first version whose REST API tells what is deployed. */
const searchable: readonly [major: number, minor: number] = [8, 8];

const ours: ReadonlySet<GrpcStatusName> = new Set(['UNAUTHENTICATED', 'PERMISSION_DENIED']);

const statusOf = (error: unknown): GrpcStatusName =>
  error instanceof GatewayError ? error.status : 'UNKNOWN';

const textOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');

function unanswered(address: string, error: unknown): ClusterFinding {
  const status = statusOf(error);
  return {
    part: 'gateway',
    status: 'bad',
    text: `${address} does not answer as wanted: ${status}: ${textOf(error)}`,
    fix: ours.has(status)
      ? 'Correct the credentials'
      : 'Start the cluster, or correct ZEEBE_ADDRESS (grpcs:// is with TLS, grpc:// without)',
  };
}

function isOlder(version: string, [major, minor]: typeof searchable): boolean {
  const [, first, second] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (first === undefined) return false;
  return Number(first) < major || (Number(first) === major && Number(second) < minor);
}

function judgeVersion(
  { gatewayVersion }: Topology,
  { elements, grpcAddress }: ResolvedSettings,
): ClusterFinding {
  const text = `${grpcAddress} answers, version ${gatewayVersion || 'unknown'}`;
  if (elements !== 'cluster' || !isOlder(gatewayVersion, searchable)) return good('gateway', text);
  return {
    part: 'gateway',
    status: 'bad',
    text: `${text}: elements 'cluster' need ${searchable.join('.')} or later`,
    fix: 'Use elements deployed or folder:PATH, or a newer cluster',
  };
}

function judgePartitions({ partitions }: Topology): ClusterFinding {
  const health = healthOf(partitions);
  const count = new Set(partitions.map(({ partitionId }) => partitionId)).size;
  if (health.status === 'up') return good('partitions', `${count}, each with a healthy leader`);
  return {
    part: 'partitions',
    status: health.status === 'down' ? 'bad' : 'doubtful',
    text: health.reason ?? 'they are not well',
    fix: 'Look at the brokers',
  };
}

/** Nobody has jobs of this type, so that none is taken from anybody. */
async function examineJobs(
  gateway: Gateway,
  { tenantId, workerName, requestTimeoutMs }: ResolvedSettings,
): Promise<ClusterFinding> {
  const tenant = tenantId === undefined ? 'without a tenant' : `for the tenant ${tenantId}`;
  try {
    await gateway.activateJobs(
      {
        type: `bpmn-connectors:examine:${randomUUID()}`,
        worker: workerName,
        timeout: 1000,
        fetchVariable: [],
        tenantIds: tenantId === undefined ? [] : [tenantId],
        maxJobsToActivate: 1,
        requestTimeout: -1,
      },
      { signal: AbortSignal.timeout(requestTimeoutMs) },
    );
    return good('jobs', `they may be fetched ${tenant}`);
  } catch (error) {
    const status = statusOf(error);
    const isRefused = ours.has(status) || status === 'INVALID_ARGUMENT';
    return {
      part: 'jobs',
      status: isRefused ? 'bad' : 'doubtful',
      text: `they cannot be fetched ${tenant}: ${status}: ${textOf(error)}`,
      fix: isRefused
        ? 'Correct the credentials or CAMUNDA_TENANT_ID, or have the cluster grant them'
        : 'Look at the brokers',
    };
  }
}

/** Asks the gateway. It never rejects. */
export async function examineGateway(
  settings: ResolvedSettings,
  connection: ConnectionOptions,
): Promise<readonly ClusterFinding[]> {
  const gateway = createGateway(connection);
  try {
    const topology = await gateway.topology();
    const partitions = judgePartitions(topology);
    const jobs = partitions.status === 'bad' ? [] : [await examineJobs(gateway, settings)];
    return [judgeVersion(topology, settings), partitions, ...jobs];
  } catch (error) {
    return [unanswered(settings.grpcAddress, error)];
  } finally {
    gateway.close();
  }
}
