import { problemLocation } from '@bpmn-connectors/bpmn';

/** What is needed to find an element in a model. */
interface Located {
  readonly processId: string;
  readonly elementId: string;
  readonly elementName?: string;
}

/** `process order / element Task_1 (Ship)`. */
export const locationOf = ({ processId, elementId, elementName }: Located): string =>
  problemLocation({
    process: { id: processId },
    element: { id: elementId, ...(elementName === undefined ? {} : { name: elementName }) },
  });
