import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from '@bpmn-connectors/sdk';
import { problem } from '../problem.ts';
import { headerValues } from './header-values.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Refuses a request without the bearer token (RFC 6750). Compares digests: equal time at any length. */
export function refuseWithoutToken(request: HttpRequest, token: string): HttpAnswer | undefined {
  const [authorization = '', ...more] = headerValues(request, 'authorization');
  const given = /^Bearer +([^ ]+)$/i.exec(authorization)?.[1] ?? '';
  const same = timingSafeEqual(digest(given), digest(token));
  if (same && more.length === 0) return undefined;
  return problem('TOKEN_REQUIRED', { headers: { 'www-authenticate': 'Bearer' } });
}
