import type {
  Administration,
  Deployer,
  Deployment,
  Health,
  InboundSource,
  InboundTarget,
  JobSource,
  ProcessRuntime,
  Resource,
} from '@bpmn-connectors/sdk';
import { ConnectorError, tellSnapshots } from '@bpmn-connectors/sdk';
import { createAdministration } from './administration/create-administration.ts';
import { createTarget } from './commands/create-target.ts';
import { createStartKeys, type StartKeys } from './commands/start-keys.ts';
import { createKernel } from './create-kernel.ts';
import { deploy } from './deployments/deploy.ts';
import { type EngineOptions, type ResolvedOptions, resolveOptions } from './engine-options.ts';
import { createStepRunner, type StepRunner } from './interpreter/run-steps.ts';
import type { Kernel } from './kernel.ts';
import { loadKernel } from './state/load-kernel.ts';

/** A process runtime that can do all that a process runtime may. */
export type Engine = ProcessRuntime &
  InboundTarget &
  JobSource &
  Deployer &
  InboundSource &
  Administration & { readonly deduplicates: { readonly start: true; readonly publish: true } };

interface Parts {
  readonly kernel: Kernel;
  readonly runner: StepRunner;
  readonly startKeys: StartKeys;
  /** Resolves when the journal is read; rejects when it cannot be. */
  readonly loaded: Promise<void>;
  readonly isLoading: () => boolean;
  /** Why nothing can be done. */
  readonly refusal: () => string | undefined;
  readonly closing: AbortController;
}

/**
 * Makes the embedded engine: BPMN with Zeebe's semantics, inside this process. State lives in memory and
 * in the journal; whatever is told (outcomes, jobs) is durable. It reads the journal at once, and all
 * methods wait for that.
 * @example
 * const engine = createEngine({ journal: await openJournal('./data') });
 * await engine.deploy([{ name: 'order.bpmn', content: xml }]);
 * engine.work({ type: 'ship', maxActive: 10, timeoutMs: 30_000 }, async (job) => ({ action: 'complete' }));
 * await engine.send({ kind: 'publish', messageName: 'order-created', correlationKey: '', variables: {} });
 */
export function createEngine(options: EngineOptions): Engine {
  const parts = createParts(resolveOptions(options));
  const { kernel, runner, startKeys, loaded, isLoading, refusal, closing } = parts;
  const send = createTarget({ kernel, runner, startKeys, refusal, closing: closing.signal });
  let lastDeployment: Promise<unknown> = loaded;
  return {
    name: 'embedded',
    deduplicates: { start: true, publish: true },
    // Once loaded, a command takes effect in the very turn in which it is sent.
    send: (command, signal) =>
      isLoading()
        ? loaded.then(
            () => send(command, signal),
            () => send(command, signal),
          )
        : send(command, signal),
    work: (workerOptions, handler) => kernel.jobs.work(workerOptions, handler),
    deploy: (resources) => {
      const deployment = lastDeployment.then(() => deployWhenUp(parts, resources));
      lastDeployment = deployment.catch(() => undefined);
      return deployment;
    },
    watchInbound: async (onSnapshot, signal) => {
      await loaded;
      const either = AbortSignal.any([signal, closing.signal]);
      await tellSnapshots(kernel.definitions, onSnapshot, either, kernel.logger);
    },
    ...guard(createAdministration(kernel, runner), parts),
    health: () => health(parts),
    close: () => close(parts),
  };
}

function createParts(options: ResolvedOptions): Parts {
  const { journal, clock, limits } = options;
  const closing = new AbortController();
  let state: 'loading' | 'up' | 'unreadable' = 'loading';
  const refusal = (): string | undefined => {
    if (closing.signal.aborted) return 'it is closed';
    return state === 'unreadable' ? 'its journal cannot be read' : kernel.committer.failure();
  };
  const isUp = (): boolean => state === 'up' && refusal() === undefined;
  const kernel = createKernel(options, { isUp, run: () => runner.run() });
  const runner = createStepRunner(kernel);
  const { idempotencyMs } = limits;
  const { committer, due } = kernel;
  const startKeys = createStartKeys({ journal, committer, clock, due, idempotencyMs });
  const loaded = loadKernel(kernel, journal).then(
    () => {
      state = 'up';
      startKeys.sweep();
      runner.run();
      kernel.jobs.resume();
    },
    (error: unknown) => {
      state = 'unreadable';
      const reason = error instanceof Error ? error.message : 'unknown';
      options.logger.error({ reason }, 'Engine stopped: its journal cannot be read');
      throw new ConnectorError('ENGINE_UNREADABLE', `The journal cannot be read: ${reason}`, {
        cause: error,
      });
    },
  );
  loaded.catch(() => undefined);
  const isLoading = (): boolean => state === 'loading';
  return { kernel, runner, startKeys, loaded, isLoading, refusal, closing };
}

async function deployWhenUp(
  parts: Parts,
  resources: readonly Resource[],
): Promise<readonly Deployment[]> {
  refuseWhenDown(parts, 'Nothing can be deployed');
  return deploy(parts.kernel, resources);
}

function refuseWhenDown({ refusal }: Parts, what: string): void {
  const reason = refusal();
  if (reason === undefined) return;
  throw new ConnectorError('ENGINE_DOWN', `${what}: ${reason}`, { retryable: true });
}

/** Administration waits for the journal to be read. */
function guard(administration: Administration, parts: Parts): Administration {
  const { loaded } = parts;
  return {
    instances: (query) => loaded.then(() => administration.instances(query)),
    instance: (key) => loaded.then(() => administration.instance(key)),
    incidents: (query) => loaded.then(() => administration.incidents(query)),
    resolveIncident: async (key) => {
      await loaded;
      refuseWhenDown(parts, 'No incident can be resolved');
      return administration.resolveIncident(key);
    },
  };
}

async function health({ loaded, refusal }: Parts): Promise<Health> {
  await loaded.catch(() => undefined);
  const reason = refusal();
  return reason === undefined ? { status: 'up' } : { status: 'down', reason };
}

/** What is in memory is durable or will be told to nobody; steps under way go on at the next start. */
async function close({ kernel, runner, loaded, closing }: Parts): Promise<void> {
  if (closing.signal.aborted) return;
  closing.abort();
  kernel.jobs.close();
  await loaded.catch(() => undefined);
  runner.close();
  await kernel.committer.durable().catch(() => undefined);
  kernel.due.close();
}
