import type { Journal, JournalOp, Logger } from '@bpmn-connectors/sdk';
import { instanceNamespace, writeInstance } from './instance-record.ts';
import type { ProcessInstance } from './process-instance.ts';

/**
 * Makes what changed durable: instances are written whole, once a transaction, however often they
 * changed. Whatever others get to see (answers, jobs, ends) is released after the commit that holds it.
 */
export interface Committer {
  /** An instance changed. */
  touch(instance: ProcessInstance): void;
  /** An instance ended: its record goes. */
  forget(instance: ProcessInstance): void;
  put(namespace: string, key: string, value: string | null): void;
  /** Runs once everything that has changed up to now is durable; never if that fails. */
  after(run: () => void): void;
  /** Resolves once everything that has changed up to now is durable. */
  durable(): Promise<void>;
  /** Why nothing can be written any more: memory is ahead of the disk, and the engine has to stop. */
  failure(): string | undefined;
}

interface Batch {
  readonly callbacks: (() => void)[];
  readonly done: Promise<void>;
}

export function createCommitter(journal: Journal, logger: Logger): Committer {
  const dirty = new Set<ProcessInstance>();
  let ops: JournalOp[] = [];
  let open: Batch | undefined;
  let failure: string | undefined;

  const collect = (): readonly JournalOp[] => {
    open = undefined;
    const collected = ops;
    ops = [];
    for (const instance of dirty) collected.push(recordOf(instance));
    dirty.clear();
    return collected;
  };

  const request = (): Batch => {
    open ??= openBatch(journal, collect, logger, (error) => {
      if (failure !== undefined) return;
      failure = 'the journal could not be written';
      logger.error({ code: codeOf(error) }, `Engine stopped: ${failure}`);
    });
    return open;
  };

  return {
    touch: (instance) => {
      if (instance.ended) return;
      dirty.add(instance);
      request();
    },
    forget: (instance) => {
      dirty.delete(instance);
      if (instance.stored) {
        ops.push({ namespace: instanceNamespace, key: instance.key, value: null });
      }
      request();
    },
    put: (namespace, key, value) => {
      ops.push({ namespace, key, value });
      request();
    },
    after: (run) => {
      request().callbacks.push(run);
    },
    durable: () => request().done,
    failure: () => failure,
  };
}

function recordOf(instance: ProcessInstance): JournalOp {
  instance.stored = true;
  const { key } = instance;
  return { namespace: instanceNamespace, key, value: writeInstance(instance) };
}

function openBatch(
  journal: Journal,
  collect: () => readonly JournalOp[],
  logger: Logger,
  failed: (error: unknown) => void,
): Batch {
  const callbacks: (() => void)[] = [];
  const release = (): void => {
    for (const callback of callbacks) runSafely(callback, logger);
  };
  const fail = (error: unknown): never => {
    failed(error);
    throw error;
  };
  const done = journal.commit(collect).then(release, fail);
  done.catch(() => undefined);
  return { callbacks, done };
}

function runSafely(callback: () => void, logger: Logger): void {
  try {
    callback();
  } catch (error) {
    logger.error({ code: codeOf(error) }, 'A step after a commit failed');
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.name) : 'unknown';
