import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Clock } from '@bpmn-connectors/sdk';
import { z } from 'zod';

const datedSchema = z.object({ headers: z.object({ date: z.string() }) });

/** What the answers to a client's calls say about the time. */
export interface ServerTime {
  /** Milliseconds by which our clock was ahead at the last answer; undefined where none told its time. */
  aheadMs(): number | undefined;
}

/** Notes the time that AWS's answers bear, refusals too. It has no fractions of a second. */
export function watchServerTime({ middlewareStack }: EventBridgeClient, clock: Clock): ServerTime {
  let aheadMs: number | undefined;
  middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { data } = datedSchema.safeParse(result.response);
      const serverTime = Date.parse(data?.headers.date ?? '');
      if (!Number.isNaN(serverTime)) aheadMs = clock.now() - serverTime;
      return result;
    },
    // Within the parser, which throws for a refusal.
    { step: 'deserialize', name: 'serverTime', priority: 'low' },
  );
  return { aheadMs: () => aheadMs };
}
