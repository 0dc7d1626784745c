/** Ids of the elements that templates are put on. */
export const templateElements = {
  'bpmn:ServiceTask': 'Task',
  'bpmn:StartEvent': 'Start',
  'bpmn:IntermediateCatchEvent': 'Middle',
  'bpmn:BoundaryEvent': 'Boundary',
  'bpmn:ReceiveTask': 'Task',
} as const;

/** What stands in a diagram: id, element, and what it holds. */
type Part = readonly [id: string, name: string, content?: string];

const box = { width: 100, height: 80 };
const circle = { width: 36, height: 36 };

function shape(id: string, name: string, index: number): string {
  const { width, height } = name.endsWith('Event') ? circle : box;
  const [x, y] = [100 + 160 * index, 100 - height / 2];
  return `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" /></bpmndi:BPMNShape>`;
}

function flowOf(source: string, target: string, index: number): readonly [string, string] {
  const id = `${source}_${target}`;
  const x = 100 + 160 * index;
  return [
    `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}" />`,
    `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="${x + 36}" y="100" /><di:waypoint x="${x + 160}" y="100" /></bpmndi:BPMNEdge>`,
  ];
}

/** A process of a chain of elements, others drawn beside it, and what hangs on them. */
function modelOf(chain: readonly Part[], others: readonly Part[] = [], more = ''): string {
  const flows = chain
    .slice(1)
    .map(([target], index) => flowOf(chain[index]?.[0] ?? '', target, index));
  const elements = [...chain, ...others].map(
    ([id, name, content = '']) => `<bpmn:${name} id="${id}">${content}</bpmn:${name}>`,
  );
  const shapes = [...chain, ...others].map(([id, name], index) => shape(id, name, index));
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definitions" targetNamespace="http://bpmn.io/schema/bpmn" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
<bpmn:process id="Process" isExecutable="true">${elements.join('\n')}${flows.map(([flow]) => flow).join('\n')}${more}</bpmn:process>
<bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="Process">${shapes.join('\n')}${flows.map(([, edge]) => edge).join('\n')}${more === '' ? '' : subProcessShapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`;
}

/** A task that nobody works: the instance waits there. */
const waiting: Part = [
  'Waiting',
  'serviceTask',
  '<bpmn:extensionElements><zeebe:taskDefinition type="nobody" /></bpmn:extensionElements>',
];
const start: Part = ['Begin', 'startEvent'];
const end: Part = ['End', 'endEvent'];

const subProcess = `<bpmn:subProcess id="Sub" triggeredByEvent="true"><bpmn:startEvent id="Start" /><bpmn:endEvent id="SubEnd" /><bpmn:sequenceFlow id="Start_SubEnd" sourceRef="Start" targetRef="SubEnd" /></bpmn:subProcess>`;
const subProcessShapes = `<bpmndi:BPMNShape id="Sub_di" bpmnElement="Sub" isExpanded="true"><dc:Bounds x="100" y="300" width="350" height="200" /></bpmndi:BPMNShape><bpmndi:BPMNShape id="Start_di" bpmnElement="Start"><dc:Bounds x="140" y="380" width="36" height="36" /></bpmndi:BPMNShape><bpmndi:BPMNShape id="SubEnd_di" bpmnElement="SubEnd"><dc:Bounds x="300" y="380" width="36" height="36" /></bpmndi:BPMNShape><bpmndi:BPMNEdge id="Start_SubEnd_di" bpmnElement="Start_SubEnd"><di:waypoint x="176" y="398" /><di:waypoint x="300" y="398" /></bpmndi:BPMNEdge>`;

/** The smallest process in which the element of a template makes sense. */
export function baseModel(elementType: string, isInSubProcess: boolean): string {
  if (isInSubProcess) return modelOf([start, waiting, end], [], subProcess);
  switch (elementType) {
    case 'bpmn:StartEvent':
      return modelOf([['Start', 'startEvent'], end]);
    case 'bpmn:IntermediateCatchEvent':
      return modelOf([start, ['Middle', 'intermediateCatchEvent'], end]);
    case 'bpmn:BoundaryEvent':
      return boundaryModel();
    default:
      return modelOf([start, ['Task', 'task'], end]);
  }
}

function boundaryModel(): string {
  const model = modelOf([start, waiting, end]);
  const boundary =
    '<bpmn:boundaryEvent id="Boundary" attachedToRef="Waiting"><bpmn:outgoing>Boundary_Aside</bpmn:outgoing><bpmn:messageEventDefinition id="BoundaryMessage" /></bpmn:boundaryEvent><bpmn:endEvent id="Aside" /><bpmn:sequenceFlow id="Boundary_Aside" sourceRef="Boundary" targetRef="Aside" />';
  const shapes =
    '<bpmndi:BPMNShape id="Boundary_di" bpmnElement="Boundary"><dc:Bounds x="292" y="122" width="36" height="36" /></bpmndi:BPMNShape><bpmndi:BPMNShape id="Aside_di" bpmnElement="Aside"><dc:Bounds x="292" y="222" width="36" height="36" /></bpmndi:BPMNShape><bpmndi:BPMNEdge id="Boundary_Aside_di" bpmnElement="Boundary_Aside"><di:waypoint x="310" y="158" /><di:waypoint x="310" y="222" /></bpmndi:BPMNEdge>';
  return model
    .replace('</bpmn:process>', `${boundary}</bpmn:process>`)
    .replace('</bpmndi:BPMNPlane>', `${shapes}</bpmndi:BPMNPlane>`);
}
