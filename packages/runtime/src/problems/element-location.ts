/** What is needed to find an element in a model. */
export interface LocatedElement {
  readonly processId: string;
  readonly elementId: string;
  readonly elementName?: string;
}

/** Where a problem is, as all messages about models say it: `process order / element Task_1 (Ship)`. */
export function elementLocation({ processId, elementId, elementName }: LocatedElement): string {
  const name = elementName === undefined || elementName === '' ? '' : ` (${elementName})`;
  return `process ${processId} / element ${elementId}${name}`;
}
