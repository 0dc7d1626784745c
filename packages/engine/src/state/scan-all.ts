import type { Journal } from '@bpmn-connectors/sdk';

/** All text records of a namespace, in the order of their keys. */
export async function* scanAll(
  journal: Journal,
  namespace: string,
): AsyncGenerator<readonly [key: string, text: string]> {
  let after: string | undefined;
  for (;;) {
    const entries = await journal.scan(namespace, after === undefined ? {} : { after });
    for (const { key, value } of entries) if (typeof value === 'string') yield [key, value];
    after = entries.at(-1)?.key;
    if (after === undefined) return;
  }
}
