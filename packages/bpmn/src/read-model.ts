import { findInboundElements } from './find-inbound-elements.ts';
import { findJobElements } from './find-job-elements.ts';
import { booleanOf, elementsOf, type ModdleElement, textOf } from './moddle/moddle-element.ts';
import { parseDefinitions } from './moddle/parse-definitions.ts';
import type { Model } from './model.ts';
import { ModelError } from './model-error.ts';
import type { ProcessDefinition } from './process-definition.ts';
import { createReadContext, type ReadContext } from './read-context.ts';
import { readMessage } from './read-event-definition.ts';
import { readProcess } from './read-process.ts';
import { reportWarnings } from './report-warnings.ts';

/** Characters of XML; the largest model that is read. */
const longestXml = 10 * 1024 * 1024;

/** How a model is read. */
export interface ReadModelOptions {
  /** What the text is called (a file name), for messages. */
  readonly name?: string;
}

/**
 * Reads a BPMN 2.0 model with Zeebe's extensions into plain data. Only executable processes are read, as
 * Zeebe does. What is wrong inside the model is told in `problems`, all of it at once: elements and
 * attributes unknown to BPMN or Zeebe, references to nothing, elements without what they need.
 * @param xml at most 10 MB.
 * @throws {ModelError} `BPMN_UNREADABLE` the text is no XML, no BPMN, or too large.
 * @example
 * const { inboundElements, problems } = await readModel(xml, { name: 'order.bpmn' });
 */
export async function readModel(xml: string, options: ReadModelOptions = {}): Promise<Model> {
  if (xml.length > longestXml) throw new ModelError(options.name, 'it is larger than 10 MB');
  const { root, warnings } = await parseDefinitions(xml, options.name);
  const context = createReadContext(options.name);
  reportWarnings(warnings, context);
  const rootElements = elementsOf(root, 'rootElements');
  const processes = readProcesses(rootElements, context);
  const messages = rootElements
    .filter(({ $type }) => $type === 'bpmn:Message')
    .map((message) => readMessage(message, context))
    .filter((message) => message !== undefined);
  return {
    processes,
    inboundElements: processes.flatMap(findInboundElements),
    jobElements: processes.flatMap(findJobElements),
    messages,
    problems: context.problems(),
  };
}

function readProcesses(
  rootElements: readonly ModdleElement[],
  context: ReadContext,
): readonly ProcessDefinition[] {
  const found = rootElements.filter(({ $type }) => $type === 'bpmn:Process');
  const executable = found.filter((process) => booleanOf(process, 'isExecutable', false));
  if (executable.length === 0) {
    const fix = 'Set isExecutable="true" on the process that shall run';
    context.reportAt({}, 'there is no executable process', fix);
  }
  return executable.flatMap((process) => {
    const id = textOf(process, 'id') ?? '';
    if (id !== '') return [readProcess(process, id, context)];
    context.report(process, 'id', 'the process has no id', 'Give it an id');
    return [];
  });
}
