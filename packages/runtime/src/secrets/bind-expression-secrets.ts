import { replaceSecretReferences, secretReferences } from '@bpmn-connectors/sdk';
import type { EndpointPlan } from '../endpoints/endpoint-plan.ts';
import { compileExpression } from '../expressions/compile-expression.ts';
import type { CompiledElement } from '../inbound/compiled-element.ts';

/** A connector's own expressions of an element (a webhook's response expression), as written. */
export const elementSources = (
  { activated }: CompiledElement,
  { connector }: EndpointPlan,
): readonly { readonly property: string; readonly source: string }[] =>
  connector.definition.elementExpressions.flatMap((property) => {
    const source = activated.expression(property)?.source;
    return source === undefined ? [] : [{ property, source }];
  });

/**
 * Puts secrets into the connector's own expressions of a plan's elements, as Camunda does. They are put into
 * the text before it is compiled, never into what it gives: a sender's reference stays text. A value becomes the
 * content of a text literal, so that it cannot end the literal and become code.
 * @throws {FeelSyntaxError} a reference stands outside a text literal.
 */
export function bindExpressionSecrets(
  plan: EndpointPlan,
  values: ReadonlyMap<string, string>,
): EndpointPlan {
  const literals = new Map(
    [...values].map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)]),
  );
  const elements = plan.elements.map((compiled): CompiledElement => {
    const bound = new Map(
      elementSources(compiled, plan)
        .filter(({ source }) => secretReferences(source).length > 0)
        .map(({ property, source }) => [
          property,
          compileExpression(replaceSecretReferences(source, literals)),
        ]),
    );
    if (bound.size === 0) return compiled;
    const { activated } = compiled;
    const expression = (property: string) => bound.get(property) ?? activated.expression(property);
    return { ...compiled, activated: { ...activated, expression } };
  });
  return { ...plan, elements };
}
