import type { Kernel } from '../kernel.ts';
import type { ElementInstance } from '../state/process-instance.ts';
import type { IncidentCode } from './step-error.ts';

/** Stops an element until a person resolves the incident. Its state stays, so its step is known. */
export function raiseIncident(
  kernel: Kernel,
  element: ElementInstance,
  code: IncidentCode,
  message: string,
): void {
  const incident = { key: kernel.keys.next(), code, message, createdAt: kernel.clock.now() };
  element.incident = incident;
  element.instance.incidents += 1;
  kernel.incidents.set(incident.key, element);
  kernel.committer.touch(element.instance);
  const fields = {
    instanceKey: element.instance.key,
    processId: element.instance.definition.processId,
    elementId: element.node.id,
    code,
  };
  kernel.logger.warn(fields, 'Incident raised');
}

/** Takes an incident away: it was resolved, or its element is gone. */
export function dropIncident(kernel: Kernel, element: ElementInstance): void {
  if (element.incident === undefined) return;
  kernel.incidents.delete(element.incident.key);
  element.incident = undefined;
  element.instance.incidents -= 1;
}
