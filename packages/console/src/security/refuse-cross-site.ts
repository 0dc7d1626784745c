import type { HttpAnswer, HttpRequest } from '@bpmn-connectors/sdk';
import { problem } from '../problem.ts';
import { headerValues } from './header-values.ts';

/** `none`: typed by a person. `same-site` is not enough: all ports of localhost are one site. */
const harmlessSites: readonly string[] = ['same-origin', 'none'];

/**
 * Refuses what another web page made a browser send, whatever the method. Programs send neither header.
 * Comes after the Host header was found good.
 */
export function refuseCrossSite(request: HttpRequest): HttpAnswer | undefined {
  const host = headerValues(request, 'host')[0]?.toLowerCase();
  const ownOrigins = [`http://${host}`, `https://${host}`];
  const own =
    headerValues(request, 'origin').every((origin) => ownOrigins.includes(origin.toLowerCase())) &&
    headerValues(request, 'sec-fetch-site').every((site) => harmlessSites.includes(site));
  return own ? undefined : problem('CROSS_SITE');
}
