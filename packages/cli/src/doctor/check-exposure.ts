import type { Configuration } from '../configuration/configuration-schema.ts';
import type { PlanDraft } from '../serve/draft-plan.ts';
import { isLoopback } from '../serve/is-loopback.ts';
import { type CheckResult, ok, warn } from './check-result.ts';

function checkWebhooks({ host, publicUrl, trustedProxies }: Configuration): CheckResult {
  if (publicUrl?.startsWith('http:') && !isLoopback(new URL(publicUrl).hostname))
    return warn(
      `public URL ${publicUrl}`,
      'events and credentials would travel without TLS',
      'Use https, by a proxy before this host',
    );
  if (publicUrl !== undefined) return ok(`public URL ${publicUrl}`);
  if (isLoopback(host)) return ok(`host ${host}`, 'only this machine can send events');
  if (trustedProxies.length > 0) return ok(`host ${host}`, 'proxies are trusted to say the URL');
  return warn(
    `host ${host}`,
    'webhooks are served without TLS, and no proxy is known',
    'Put a proxy with TLS before it and name it: --public-url https://…, or --trusted-proxies',
  );
}

function checkUnauthenticated({ host, allowUnauthenticated }: Configuration) {
  if (!allowUnauthenticated || isLoopback(host)) return [];
  const why = `whoever reaches ${host} may send events to webhooks without authentication`;
  const fix = 'Give them authentication, and leave the flag out';
  return [warn('--allow-unauthenticated', why, fix)];
}

function checkManagement({ managementHost, managementToken }: Configuration) {
  if (isLoopback(managementHost) || managementToken === undefined) return [];
  const why = 'the token travels without TLS unless a proxy stands before it';
  return [warn(`management host ${managementHost}`, why, 'Listen on 127.0.0.1, or behind TLS')];
}

/** Who could reach what, beyond what `run` refuses. */
export const checkExposure = ({ configuration }: PlanDraft): readonly CheckResult[] => [
  checkWebhooks(configuration),
  ...checkUnauthenticated(configuration),
  ...checkManagement(configuration),
];
