/** A service task, as its model says it. */
interface Task {
  readonly type: string;
  /** Target → source. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const quoted = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** A process of one service task: `ID_task`, between its start and its end. */
export function taskModel(id: string, { type, inputs = {}, headers = {} }: Task): string {
  const mappings = Object.entries(inputs)
    .map(([target, source]) => `<zeebe:input source="${quoted(source)}" target="${target}" />`)
    .join('');
  const entries = Object.entries(headers)
    .map(([key, value]) => `<zeebe:header key="${key}" value="${quoted(value)}" />`)
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="${id}_model" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="${id}" isExecutable="true">
    <bpmn:startEvent id="${id}_start"><bpmn:outgoing>${id}_begin</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="${id}_begin" sourceRef="${id}_start" targetRef="${id}_task" />
    <bpmn:serviceTask id="${id}_task">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="${type}" retries="3" />
        <zeebe:ioMapping>${mappings}</zeebe:ioMapping>
        <zeebe:taskHeaders>${entries}</zeebe:taskHeaders>
      </bpmn:extensionElements>
      <bpmn:incoming>${id}_begin</bpmn:incoming><bpmn:outgoing>${id}_finish</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="${id}_finish" sourceRef="${id}_task" targetRef="${id}_end" />
    <bpmn:endEvent id="${id}_end"><bpmn:incoming>${id}_finish</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;
}
