import type { Kernel } from '../kernel.ts';
import { startFromKept } from '../messages/start-from-kept.ts';
import type { ProcessInstance } from '../state/process-instance.ts';
import { localVariables } from '../state/variables.ts';

/** Ends an instance: it leaves memory, and what it ended with is kept for inspection. */
export function endInstance(kernel: Kernel, instance: ProcessInstance): void {
  const { key, definition, startKey } = instance;
  instance.ended = true;
  instance.root.gone = true;
  kernel.instances.delete(key);
  kernel.committer.forget(instance);
  kernel.ended.add(key, {
    processId: definition.processId,
    version: definition.version,
    state: 'completed',
    startedAt: instance.startedAt,
    endedAt: kernel.clock.now(),
    variables: localVariables(instance.root),
  });
  kernel.committer.after(() => {
    for (const tell of instance.onEnd ?? []) tell();
  });
  kernel.definitions.left(definition);
  if (startKey === undefined) return;
  kernel.startLocks.release(definition.processId, startKey);
  startFromKept(kernel, definition.processId, startKey);
}
