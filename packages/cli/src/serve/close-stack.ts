import type { Logger } from '@bpmn-connectors/sdk';

/** Closes what was opened, the last first. */
export interface CloseStack {
  push(name: string, close: () => Promise<void>): void;
  /** What fails to close is logged and does not keep the rest open. Every call waits for the same end. */
  close(): Promise<void>;
}

/** @param deadlineMs each part has so long; then it is left behind. */
export function createCloseStack(logger: Logger, deadlineMs: number): CloseStack {
  const parts: { readonly name: string; readonly close: () => Promise<void> }[] = [];
  const closeOne = async (name: string, close: () => Promise<void>): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, deadlineMs, 'late');
    });
    try {
      if ((await Promise.race([close(), late])) === 'late')
        logger.warn({ part: name, deadlineMs }, 'did not end in time and was left behind');
    } catch (error) {
      logger.error({ part: name, err: error }, 'failed to close');
    } finally {
      clearTimeout(timer);
    }
  };
  const closeAll = async (): Promise<void> => {
    for (const { name, close } of parts.toReversed()) await closeOne(name, close);
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
