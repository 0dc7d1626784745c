import { ConfigurationError } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import type { KeySets } from '../auth/create-key-sets.ts';
import { readAuthentication } from '../auth/read-authentication.ts';
import type { WebhookSettings } from '../webhook-options.ts';
import { collectProblems } from './collect-problems.ts';
import type { Endpoint } from './endpoint.ts';
import { readMaxBodySize } from './read-max-body-size.ts';
import { readPayloadSchema } from './read-payload-schema.ts';
import { readRateLimit } from './read-rate-limit.ts';
import { readVerification } from './read-verification.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';

/** One path segment of unreserved characters (RFC 3986, section 2.3): it has one spelling. */
const webhookId = /^(?!\.{1,2}$)[A-Za-z0-9._~-]{1,200}$/;

const BasicsSchema = z.looseObject({
  'inbound.context': z
    .string('it is missing')
    .regex(webhookId, 'it is not one path segment of letters, digits, ".", "_", "~" and "-"'),
  'inbound.method': z
    .string()
    .toLowerCase()
    .pipe(z.enum(['', 'any', 'get', 'post', 'put', 'delete'], 'there is no such method'))
    .transform((method) => method || 'any')
    .default('any'),
});

const fixes: Readonly<Record<string, string>> = {
  'inbound.context': 'Set the webhook id, the last part of its URL: orders',
  'inbound.method': 'Use any, get, post, put or delete',
};

/** @throws {ConfigurationError} with a problem for each property that cannot work. */
export function readEndpoint(
  properties: Readonly<Record<string, string>>,
  settings: WebhookSettings,
  keySets: KeySets,
): Endpoint {
  const problems = collectProblems();
  const basics = BasicsSchema.safeParse(properties);
  for (const { path, message } of basics.error?.issues ?? []) {
    const name = String(path[0]);
    problems.add(name, message, fixes[name] ?? '');
  }
  refuseUnsupported(properties, problems);
  const authenticator = readAuthentication(properties, settings, keySets, problems);
  const maxBodyBytes = readMaxBodySize(properties, settings, problems);
  const verification = readVerification(properties, problems);
  const rateLimit = readRateLimit(properties, problems);
  const payloadCheck = readPayloadSchema(properties, problems);
  if (!basics.success || authenticator === undefined || problems.list.length > 0) {
    throw new ConfigurationError(problems.list);
  }
  const { 'inbound.context': webhookId, 'inbound.method': method } = basics.data;
  return {
    webhookId,
    method,
    authenticator,
    maxBodyBytes,
    ...(verification === undefined ? {} : { verification }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(payloadCheck === undefined ? {} : { payloadCheck }),
  };
}
