import type {
  Command,
  DeployedInboundElement,
  InboundSnapshot,
  Job,
  JobHandler,
  JobResult,
  Outcome,
  ProcessRuntime,
  WorkerOptions,
} from '@bpmn-connectors/sdk';
import { jobOf } from './job.ts';

/** A process runtime in memory that remembers what it was asked, and does what a test says. */
export interface MemoryProcessRuntime extends ProcessRuntime {
  readonly commands: readonly Command[];
  /** Takes the place of its own answers. */
  answer: ((command: Command) => Promise<Outcome> | Outcome) | undefined;
  deployElements(elements: readonly DeployedInboundElement[]): Promise<void>;
  /** Hands out a job and resolves with what the worker made of it. */
  runJob(parts: Partial<Job>): Promise<JobResult | undefined>;
  readonly log: readonly string[];
  send(command: Command): Promise<Outcome>;
}

/** @param deduplicates whether it heeds ids, as the embedded engine does. */
export function createMemoryProcessRuntime(deduplicates = true): MemoryProcessRuntime {
  const commands: Command[] = [];
  const log: string[] = [];
  const seen = new Map<string, Outcome>();
  const workers = new Map<string, { options: WorkerOptions; handler: JobHandler }>();
  let snapshot: InboundSnapshot = { revision: 0, elements: [] };
  let onSnapshot: ((snapshot: InboundSnapshot) => Promise<void>) | undefined;

  const take = (command: Command): Outcome => {
    const id = idOf(command);
    const first = id === undefined ? undefined : seen.get(id);
    if (deduplicates && first !== undefined) return { status: 'duplicate' };
    const processInstanceKey = String(commands.length);
    const outcome: Outcome =
      command.kind === 'start'
        ? { status: 'started', processInstanceKey }
        : { status: 'correlated', processInstanceKey };
    if (id !== undefined) seen.set(id, outcome);
    return outcome;
  };

  const runtime: MemoryProcessRuntime = {
    name: 'memory',
    commands,
    log,
    answer: undefined,
    deduplicates: { start: deduplicates, publish: deduplicates },
    send: async (command) => {
      commands.push(command);
      return runtime.answer === undefined ? take(command) : runtime.answer(command);
    },
    work: (options, handler) => {
      workers.set(options.type, { options, handler });
      return {
        drain: async () => {
          workers.delete(options.type);
          log.push(`drained ${options.type}`);
        },
      };
    },
    runJob: async (parts) => {
      const job = jobOf(parts);
      return workers.get(job.type)?.handler(job, new AbortController().signal);
    },
    watchInbound: async (callback, signal) => {
      onSnapshot = callback;
      await callback(snapshot);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve());
      });
      log.push('unwatched');
    },
    deployElements: async (elements) => {
      snapshot = { revision: snapshot.revision + 1, elements };
      await onSnapshot?.(snapshot);
    },
    health: async () => ({ status: 'up' }),
    close: async () => {},
  };
  return runtime;
}

function idOf(command: Command): string | undefined {
  if (command.kind === 'start') return command.idempotencyKey;
  if (command.kind === 'correlate' || command.messageId === undefined) return undefined;
  return JSON.stringify([command.messageName, command.correlationKey, command.messageId]);
}
