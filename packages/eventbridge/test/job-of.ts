import type { Job, JsonObject } from '@bpmn-connectors/sdk';

/** A job of the EventBridge connector as a process runtime hands it out. */
export const jobOf = (
  variables: JsonObject,
  customHeaders: Readonly<Record<string, string>> = {},
): Job => ({
  key: '1',
  type: 'io.camunda:aws-eventbridge:1',
  processId: 'order',
  processInstanceKey: '2',
  elementId: 'Task_Notify',
  elementInstanceKey: '3',
  retries: 3,
  deadline: 0,
  variables,
  customHeaders,
});
