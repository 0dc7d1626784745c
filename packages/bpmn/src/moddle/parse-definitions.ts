import { ModelError } from '../model-error.ts';
import { isModdleElement, type ModdleElement } from './moddle-element.ts';

/** The `bpmn:definitions` of a file, and what bpmn-moddle could not make sense of. */
export interface Definitions {
  readonly root: ModdleElement;
  readonly warnings: readonly unknown[];
}

/**
 * Parses BPMN XML. The parser is loaded on first use: who only imports this package pays nothing.
 * @throws {ModelError} `BPMN_UNREADABLE`
 */
export async function parseDefinitions(
  xml: string,
  name: string | undefined,
): Promise<Definitions> {
  const [{ BpmnModdle }, { default: zeebe }] = await Promise.all([
    import('bpmn-moddle'),
    import('zeebe-bpmn-moddle/resources/zeebe.json', { with: { type: 'json' } }),
  ]);
  const { rootElement, warnings } = await new BpmnModdle({ zeebe })
    .fromXML(xml)
    .catch((error: unknown) => {
      throw new ModelError(name, reasonOf(error), { cause: error });
    });
  if (!isModdleElement(rootElement)) throw new ModelError(name, 'it has no bpmn:definitions');
  return { root: rootElement, warnings };
}

/** The parser's message, on one line and without the document's own text beyond the first 200 characters. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\s+/g, ' ').slice(0, 200);
}
