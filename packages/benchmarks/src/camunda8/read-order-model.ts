import { readFile } from 'node:fs/promises';

const model = new URL('../../models/message-start.bpmn', import.meta.url);

/** The process of the webhook's rows: started by a message, or plainly. */
export async function readOrderModel(start: string): Promise<string> {
  const content = await readFile(model, 'utf8');
  if (start !== 'plain') return content;
  return content
    .replace('<bpmn:messageEventDefinition id="Event_1" messageRef="Message_1" />', '')
    .replace('<bpmn:process id="order"', '<bpmn:process id="plain-order"');
}
