import type { ProblemCollector } from '../endpoint/collect-problems.ts';
import type { WebhookSettings } from '../webhook-options.ts';
import type { Authenticator } from './authenticator.ts';
import { noAuthentication } from './no-authentication.ts';

type Properties = Readonly<Record<string, string>>;

/** Makes the authenticator that `inbound.auth.type` names; without one there is no authentication. */
export function readAuthentication(
  properties: Properties,
  settings: WebhookSettings,
  problems: ProblemCollector,
): Authenticator | undefined {
  const type = (properties['inbound.auth.type'] ?? '').trim().toUpperCase() || 'NONE';
  switch (type) {
    case 'NONE':
      if (settings.allowUnauthenticated) return noAuthentication;
      problems.add(
        'inbound.auth.type',
        'there is no authentication: anybody who knows the URL could send events',
        'Set it to BASIC, APIKEY or JWT, or allow it for all webhooks: webhook({ allowUnauthenticated: true }), --allow-unauthenticated',
      );
      return undefined;
    default:
      problems.add(
        'inbound.auth.type',
        'there is no such authorization type',
        'Use NONE, BASIC, APIKEY or JWT',
      );
      return undefined;
  }
}
