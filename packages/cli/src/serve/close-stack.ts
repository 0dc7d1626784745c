import type { Logger } from '@bpmn-connectors/sdk';

/** Closes what was opened, the last first. */
export interface CloseStack {
  push(name: string, close: () => Promise<void>): void;
  /** What fails to close is logged and does not keep the rest open. Every call waits for the same end. */
  close(): Promise<void>;
}

/** How long closing may take, in milliseconds. What does not end in time is left behind. */
export interface CloseDeadlines {
  readonly eachMs: number;
  readonly allMs: number;
}

/** Even when the time is over each part is told to end, and may do so in the same turn. */
export function createCloseStack(logger: Logger, { eachMs, allMs }: CloseDeadlines): CloseStack {
  const parts: { readonly name: string; readonly close: () => Promise<void> }[] = [];
  const closeOne = async (
    name: string,
    close: () => Promise<void>,
    until: number,
  ): Promise<void> => {
    const deadlineMs = Math.max(0, Math.min(eachMs, until - performance.now()));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, deadlineMs, 'late');
    });
    try {
      if ((await Promise.race([close(), late])) === 'late')
        logger.warn(
          { part: name, deadlineMs: Math.round(deadlineMs) },
          'did not end in time and was left behind',
        );
    } catch (error) {
      logger.error({ part: name, err: error }, 'failed to close');
    } finally {
      clearTimeout(timer);
    }
  };
  const closeAll = async (): Promise<void> => {
    const until = performance.now() + allMs;
    for (const { name, close } of parts.toReversed()) await closeOne(name, close, until);
  };
  let closing: Promise<void> | undefined;
  return {
    push: (name, close) => void parts.push({ name, close }),
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}
