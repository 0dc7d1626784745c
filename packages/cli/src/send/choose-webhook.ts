import type { Problem } from '@bpmn-connectors/bpmn';
import type { EndpointView } from '@bpmn-connectors/runtime';
import { ConfigurationError } from '@bpmn-connectors/sdk';
import { nearestName } from '../configuration/nearest-name.ts';

/** Endpoints of a file, and what is wrong with those that cannot be served. */
export interface Candidates {
  readonly file: string;
  readonly endpoints: readonly Pick<EndpointView, 'webhookId' | 'state'>[];
  readonly problems: readonly Problem[];
}

/**
 * The id of the webhook that a request is for: the last segment of its path, or the only one there is.
 * @param to URL, path or id.
 * @throws {ConfigurationError} there is none of this id, several to choose from, or it cannot be served.
 */
export function chooseWebhook(
  to: string | undefined,
  { file, endpoints, problems }: Candidates,
): string {
  const known = [...new Set(endpoints.map(({ webhookId }) => webhookId))];
  const [only, ...others] = known;
  const id = to === undefined && others.length === 0 ? only : lastSegment(to ?? '');
  const found = endpoints.filter(({ webhookId }) => webhookId === id);
  if (id !== undefined && found.some(({ state }) => state === 'active')) return id;
  if (found.length > 0) throw new ConfigurationError(problems);
  throw new ConfigurationError([missing(file, to, id ?? '', known)]);
}

/** Ids may be written percent-encoded in URLs. */
function lastSegment(to: string): string {
  const path = to.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  const segment = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function missing(
  file: string,
  to: string | undefined,
  id: string,
  known: readonly string[],
): Problem {
  if (known.length === 0)
    return {
      where: file,
      reason: 'it has no webhook',
      fix: 'Name a model or configuration with one',
    };
  const fix = `Name one with --to: ${known.join(', ')}`;
  if (to === undefined) return { where: file, reason: 'it has several webhooks', fix };
  const nearest = nearestName(id, known);
  const meant = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return { where: file, reason: `it has no webhook ${id}${meant}`, fix };
}
