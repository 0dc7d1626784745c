import type { Logger, ProcessRuntime } from '@bpmn-connectors/sdk';
import { messageOf } from '../delivery/step-result.ts';
import type { Inbound } from '../inbound/inbound.ts';

/** A watch that has begun. */
export interface Watch {
  /** Resolves when the first snapshot is active; rejects when there will be none. */
  readonly active: Promise<void>;
  /** Resolves when it was stopped; rejects when it broke. */
  readonly ended: Promise<void>;
}

/** Keeps what is served in step with what is deployed. */
export function watchElements(
  processRuntime: ProcessRuntime,
  inbound: Inbound,
  signal: AbortSignal,
  logger: Logger,
): Watch {
  const { name, watchInbound, send } = processRuntime;
  if (watchInbound === undefined || send === undefined) {
    logger.info({ processRuntime: name }, 'The process runtime tells of no inbound elements');
    // Where it takes events all the same, somebody else calls `update`, and that is the activation.
    const active = send === undefined ? nothingDeployed(inbound) : Promise.resolve();
    return { active, ended: Promise.resolve() };
  }
  let ended: Promise<void> = Promise.resolve();
  const active = new Promise<void>((resolve, reject) => {
    const watching = watchInbound.call(
      processRuntime,
      async ({ revision, elements }) => {
        const { problems, ...states } = await inbound.update(elements);
        logger.info({ revision, ...states }, 'Inbound elements are in place');
        for (const problem of problems)
          logger.warn({ ...problem }, 'An inbound element is not served');
        resolve();
      },
      signal,
    );
    ended = watching.catch((error: unknown) => {
      logger.error({ reason: messageOf(error) }, 'Inbound elements are no longer watched');
      reject(error);
      throw error;
    });
  });
  return { active, ended };
}

async function nothingDeployed(inbound: Inbound): Promise<void> {
  await inbound.update([]);
}
