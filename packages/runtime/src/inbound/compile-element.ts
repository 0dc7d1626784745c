import type { Problem } from '@bpmn-connectors/bpmn';
import type { CompiledExpression } from '@bpmn-connectors/feel';
import {
  type ActivatedElement,
  type DeployedInboundElement,
  type InboundDefinition,
  parseDuration,
} from '@bpmn-connectors/sdk';
import { blankAsAbsent } from '../expressions/blank-as-absent.ts';
import { compileExpression } from '../expressions/compile-expression.ts';
import { expressionProblem } from '../expressions/expression-problem.ts';
import { elementLocation } from '../problems/element-location.ts';
import type { CompiledElement } from './compiled-element.ts';
import { readDeduplication } from './deduplication.ts';

/** An element that can be served, or why it cannot. */
export type ElementCompilation =
  | { readonly compiled: CompiledElement; readonly problems?: undefined }
  | { readonly compiled?: undefined; readonly problems: readonly Problem[] };

const needsKey: ReadonlySet<string> = new Set([
  'intermediateCatchEvent',
  'boundaryEvent',
  'receiveTask',
  'eventSubProcessStartEvent',
]);

/** Compiles what belongs to the element itself. What makes its endpoint is the connector's to prepare. */
export function compileElement(
  element: DeployedInboundElement,
  definition: InboundDefinition,
): ElementCompilation {
  const problems: Problem[] = [];
  const read = createPropertyReader(element, problems);
  const expressions = new Map(
    definition.elementExpressions.map((name) => [name, read.expression(name)]),
  );
  const condition =
    read.expression('activationCondition') ?? read.expression('inbound.activationCondition');
  const correlationKey = read.expression('correlationKeyExpression');
  const messageId = read.expression('messageIdExpression');
  const variable = read.text('resultVariable')?.trim();
  const result = { variable, expression: read.expression('resultExpression') };
  const timeToLiveMs = read.duration('messageTtl');
  const mode = readDeduplication(element);
  if ('problem' in mode) problems.push(mode.problem);
  const compiled: CompiledElement = {
    element,
    activated: activatedElement(element, expressions),
    condition,
    correlationKey,
    messageId,
    result,
    consume: read.boolean('consumeUnmatchedEvents'),
    timeToLiveMs,
    synchronous: read.boolean('synchronousResponse') ?? false,
    deduplicate: read.boolean('inbound.deduplicateRedeliveries') ?? true,
    deduplication: 'problem' in mode ? { mode: 'element' } : mode.deduplication,
    effect: JSON.stringify([
      element.message?.name,
      variable,
      result.expression?.source,
      correlationKey?.source,
      messageId?.source,
      timeToLiveMs,
    ]),
  };
  problems.push(...messageProblems(element));
  return problems.length === 0 ? { compiled } : { problems };
}

function activatedElement(
  { processId, version, elementId, tenantId }: DeployedInboundElement,
  expressions: ReadonlyMap<string, CompiledExpression | undefined>,
): ActivatedElement {
  return {
    processId,
    elementId,
    ...(version === undefined ? {} : { version }),
    ...(tenantId === undefined ? {} : { tenantId }),
    expression: (property) => expressions.get(property),
  };
}

/** Reads properties as text, leaving a problem for each that cannot work. */
function createPropertyReader(element: DeployedInboundElement, problems: Problem[]) {
  const where = (name: string): string => `${elementLocation(element)} / property ${name}`;
  const text = (name: string): string | undefined => blankAsAbsent(element.properties[name]);
  return {
    text,
    expression: (name: string): CompiledExpression | undefined => {
      const source = text(name);
      const problem = expressionProblem(source, where(name));
      if (problem !== undefined) problems.push(problem);
      return source === undefined || problem !== undefined ? undefined : compileExpression(source);
    },
    boolean: (name: string): boolean | undefined => {
      const value = text(name)?.trim().toLowerCase();
      if (value === undefined || value === 'true' || value === 'false') {
        return value === undefined ? undefined : value === 'true';
      }
      problems.push({
        where: where(name),
        reason: 'it is neither true nor false',
        fix: 'Write true or false',
      });
      return undefined;
    },
    duration: (name: string): number | undefined => {
      const value = text(name);
      const milliseconds = value === undefined ? undefined : parseDuration(value);
      if (value !== undefined && milliseconds === undefined) {
        problems.push({
          where: where(name),
          reason: 'it is no duration of ISO 8601',
          fix: 'Write hours, minutes and seconds as in PT1H or PT90S',
        });
      }
      return milliseconds;
    },
  };
}

function messageProblems(element: DeployedInboundElement): Problem[] {
  const { elementType, message, properties } = element;
  const where = elementLocation(element);
  const problems: Problem[] = [];
  if (elementType !== 'startEvent' && blankAsAbsent(message?.name) === undefined) {
    problems.push({
      where,
      reason: 'it has no message with a name',
      fix: 'Reference a message, and give the message a name',
    });
  }
  const key = blankAsAbsent(properties['correlationKeyExpression']);
  if (needsKey.has(elementType) && key === undefined) {
    problems.push({
      where: `${where} / property correlationKeyExpression`,
      reason: 'it is missing, so that no waiting instance can be found',
      fix: 'Give the expression that finds the correlation key in the event, e.g. =request.body.orderId',
    });
  }
  return problems;
}
