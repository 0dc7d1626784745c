import type { JobElement } from './job-element.ts';
import type { ProcessDefinition } from './process-definition.ts';

/** All elements of a process whose work a job worker does, in the order of the model. */
export function findJobElements(process: ProcessDefinition): readonly JobElement[] {
  return process.elements.flatMap(({ id, name, task, inputs, headers }) =>
    task === undefined
      ? []
      : [
          {
            processId: process.id,
            elementId: id,
            ...(name === undefined ? {} : { elementName: name }),
            type: task.type,
            inputs: Object.fromEntries(inputs.map(({ target, source }) => [target, source])),
            headers,
          },
        ],
  );
}
