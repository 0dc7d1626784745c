import type { ResolvedSettings } from '../configuration/camunda8-settings.ts';
import type { ConnectionOptions } from '../gateway/connection-options.ts';
import { createRestClient } from '../rest/create-rest-client.ts';
import { restError } from '../rest/rest-error.ts';
import { type ClusterFinding, good } from './cluster-finding.ts';

const bad = (text: string, fix: string): ClusterFinding => ({
  part: 'REST API',
  status: 'bad',
  text,
  fix,
});

function judgeStatus(address: string, status: number, reason: string): ClusterFinding {
  if (status === 200) return good('REST API', `${address} answers`);
  const text = `${address} answers ${status}: ${reason}`;
  return status === 401 || status === 403
    ? bad(text, 'Correct the credentials, or have the cluster grant them the REST API')
    : bad(text, 'Correct ZEEBE_REST_ADDRESS: the part before /v2');
}

/** Asks the REST API, where there is an address. It never rejects. */
export async function examineRest(
  { restAddress: address, tls, requestTimeoutMs }: ResolvedSettings,
  { credentials }: ConnectionOptions,
): Promise<readonly ClusterFinding[]> {
  if (address === undefined)
    return [good('REST API', 'no address is set: messages are published, not correlated')];
  const rest = createRestClient({ address, tls, credentials, requestTimeoutMs });
  try {
    const answer = await rest.call({ method: 'GET', path: '/topology' });
    return [judgeStatus(address, answer.status, restError(answer).message)];
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    const fix = 'Start the cluster, or correct ZEEBE_REST_ADDRESS';
    return [bad(`${address} cannot be reached: ${reason}`, fix)];
  } finally {
    rest.close();
  }
}
