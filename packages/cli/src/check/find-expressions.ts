import {
  type EventDefinition,
  type FlowElement,
  type LoopCharacteristics,
  type MessageDefinition,
  type ProcessDefinition,
  problemLocation,
} from '@bpmn-connectors/bpmn';
import type { LoadedModel } from './read-models.ts';

/** An expression of a model and where it stands. */
export interface FoundExpression {
  /** As a problem has it. */
  readonly where: string;
  readonly source: string;
}

type Named = readonly [property: string, text: string | undefined];

/** Expressions whether they begin with `=` or not. */
const alwaysExpressions: readonly string[] = [
  'activationCondition',
  'correlationKeyExpression',
  'messageIdExpression',
  'resultExpression',
  'errorExpression',
  'inbound.responseExpression',
  'inbound.verificationExpression',
];

const record = (entries: Readonly<Record<string, string>>): readonly Named[] =>
  Object.entries(entries);

const message = (definition: MessageDefinition | undefined): readonly Named[] => [
  ['message name', definition?.name],
  ['subscription correlationKey', definition?.correlationKey],
];

const loop = (characteristics: LoopCharacteristics | undefined): readonly Named[] =>
  characteristics?.kind === 'multiInstance'
    ? [
        ['inputCollection', characteristics.inputCollection],
        ['outputElement', characteristics.outputElement],
        ['completionCondition', characteristics.completionCondition],
      ]
    : [];

const event = (definition: EventDefinition): readonly Named[] => {
  switch (definition.kind) {
    case 'message':
      return message(definition.message);
    case 'timer':
      return [['timer', definition.timer?.expression]];
    case 'error':
    case 'escalation':
      return [['code', definition.code]];
    case 'conditional':
      return [['condition', definition.condition]];
    default:
      return [];
  }
};

const ofElement = (element: FlowElement): readonly Named[] => [
  ...element.inputs.map(({ target, source }): Named => [`input ${target}`, source]),
  ...element.outputs.map(({ target, source }): Named => [`output ${target}`, source]),
  ['taskDefinition type', element.task?.type],
  ['taskDefinition retries', element.task?.retries],
  ['script', element.engineTask?.kind === 'script' ? element.engineTask.source : undefined],
  ['calledElement processId', element.calledElement?.processId],
  ...record(element.headers),
  ...record(element.properties),
  ...message(element.message),
  ...element.eventDefinitions.flatMap(event),
  ...loop(element.loop),
];

const ofProcess = (file: string, process: ProcessDefinition): readonly FoundExpression[] => {
  const find = (element: FlowElement | undefined, named: readonly Named[]) =>
    named.flatMap(([property, source]) =>
      source !== undefined && (source.startsWith('=') || alwaysExpressions.includes(property))
        ? [
            {
              where: problemLocation({
                file,
                process,
                ...(element === undefined ? {} : { element }),
                property,
              }),
              source,
            },
          ]
        : [],
    );
  return [
    ...process.elements.flatMap((element) => find(element, ofElement(element))),
    ...process.flows.flatMap(({ id, condition }) =>
      find(undefined, [[`condition of ${id}`, condition]]),
    ),
  ];
};

/** All FEEL expressions of a model. */
export const findExpressions = ({ file, model }: LoadedModel): readonly FoundExpression[] =>
  model.processes.flatMap((process) => ofProcess(file, process));
