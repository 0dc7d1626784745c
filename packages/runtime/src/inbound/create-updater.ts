import type { DeployedInboundElement } from '@bpmn-connectors/sdk';
import type { Registry } from '../endpoints/create-registry.ts';
import type { EndpointState } from '../endpoints/endpoint-view.ts';
import type { Phases } from './create-phases.ts';
import type { Tasks } from './create-tasks.ts';
import type { UpdateReport } from './inbound.ts';
import type { InboundSettings } from './inbound-options.ts';

/** Brings what is served in step with what is deployed. */
export interface Updater {
  update(elements: readonly DeployedInboundElement[]): Promise<UpdateReport>;
  /** Tries nothing again any more. */
  stop(): void;
}

const nothing: UpdateReport = { active: 0, queued: 0, failed: 0, problems: [] };

/** Works updates one after the other; what failed for a passing reason is tried again after a while. */
export function createUpdater(
  registry: Registry,
  phases: Phases,
  tasks: Tasks,
  { clock, logger, retryActivationMs }: InboundSettings,
): Updater {
  let latest: readonly DeployedInboundElement[] = [];
  let cancelRetry = (): void => {};

  const apply = async (): Promise<UpdateReport> => {
    cancelRetry();
    if (phases.current() === 'draining') return nothing;
    const { problems, retryable } = await registry.apply(latest);
    // It may have been stopped meanwhile.
    const goesOn = phases.current() !== 'draining';
    if (retryable && goesOn) cancelRetry = clock.schedule(retryActivationMs, tryAgain);
    phases.settle(!retryable);
    const states = registry.statuses().map(({ state }) => state);
    const count = (state: EndpointState): number => states.filter((one) => one === state).length;
    return { active: count('active'), queued: count('queued'), failed: count('failed'), problems };
  };
  const tryAgain = (): void => {
    tasks.inTurn(apply).catch((error: unknown) => {
      logger.error({ reason: String(error) }, 'Endpoints could not be tried again');
    });
  };

  return {
    update: (elements) =>
      tasks.inTurn(() => {
        latest = elements;
        return apply();
      }),
    stop: () => cancelRetry(),
  };
}
