/** Something with an id and perhaps a name. */
interface Named {
  readonly id: string;
  readonly name?: string;
}

/** What a problem is about, from the outside in. */
export interface Location {
  /** File name. */
  readonly file?: string;
  readonly process?: Named;
  readonly element?: Named;
  readonly property?: string;
  /** 1-based; where no element is known. */
  readonly line?: number;
}

const label = ({ id, name }: Named): string =>
  name === undefined || name.trim() === '' ? id : `${id} (${name.replaceAll(/\s+/g, ' ').trim()})`;

/** Writes a location as a `Problem` has it: `order.bpmn / process order / element Task_1 (Ship) / property retries`. */
export function problemLocation({ file, process, element, property, line }: Location): string {
  const parts = [
    file,
    process === undefined ? undefined : `process ${process.id}`,
    element === undefined ? undefined : `element ${label(element)}`,
    property === undefined ? undefined : `property ${property}`,
    line === undefined ? undefined : `line ${line}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'model' : parts.join(' / ');
}
