import type { Claims } from '@bpmn-connectors/sdk';
import type { InboundSettings } from '../inbound/inbound-options.ts';
import { createJournalClaims } from './create-journal-claims.ts';
import { createMemoryClaims } from './create-memory-claims.ts';

/** The claims that were given, else claims in the journal, else claims in memory, which it says once. */
export function chooseClaims(settings: InboundSettings): Claims {
  const { claims, journal, clock, claimRetentionMs, logger } = settings;
  if (claims !== undefined) return claims;
  const options =
    claimRetentionMs === undefined ? { clock } : { clock, retentionMs: claimRetentionMs };
  if (journal !== undefined) return createJournalClaims(journal, options);
  logger.warn(
    {},
    'There is no journal: claims and dead letters are kept in memory, and a redelivery after a restart is processed again',
  );
  return createMemoryClaims(options);
}
