import type { ElementTemplate, TemplateProperty } from '../../template/element-template.ts';
import { conditionsOf, type SingleCondition, wantedValues } from '../conditions-of.ts';
import type { TemplateProblem } from '../template-problem.ts';

/** A template with more combinations of choices than this is not looked at to the end. */
const mostStates = 4000;

/**
 * The properties panel knows fields by group and position, and a FEEL field that writes to a message is built
 * otherwise than one that writes elsewhere. Where a choice puts the one in the other's place the panel breaks
 * down, so no two of them may ever have the same position.
 */
export function checkPanelIndexes(template: ElementTemplate): readonly TemplateProblem[] {
  const kinds = new Map<string, Set<boolean>>();
  for (const state of statesOf(template.properties)) {
    const next = new Map<string, number>();
    for (const { group = '', feel, type, binding } of shownIn(template.properties, state)) {
      const index = next.get(group) ?? 0;
      next.set(group, index + 1);
      if (feel === undefined) continue;
      const place = `group ${group}, position ${index + 1}, ${type} with FEEL ${feel}`;
      const isMessage = binding.type.startsWith('bpmn:Message');
      kinds.set(place, (kinds.get(place) ?? new Set()).add(isMessage));
    }
  }
  return [...kinds]
    .filter(([, found]) => found.size > 1)
    .map(([where]) => ({
      rule: 'panel-index-swap',
      where,
      reason:
        'by the choices made a field of a message or another one stands here, and the panel breaks',
      fix: 'Put the fields of the message into a group of their own',
    }));
}

type State = ReadonlyMap<string, string | boolean>;

/** Every combination of what conditions ask for, and of nothing of it. */
function* statesOf(properties: readonly TemplateProperty[]): Generator<State> {
  const controllers = new Map<string, Set<string | boolean>>();
  for (const condition of properties.flatMap(conditionsOf)) {
    const values = controllers.get(condition.property) ?? new Set(['']);
    for (const value of wantedValues(condition)) values.add(value);
    controllers.set(condition.property, values);
  }
  let states: State[] = [new Map()];
  for (const [property, values] of controllers) {
    states = states
      .flatMap((state) => [...values].map((value) => new Map(state).set(property, value)))
      .slice(0, mostStates);
  }
  yield* states;
}

const shownIn = (properties: readonly TemplateProperty[], state: State): TemplateProperty[] =>
  properties.filter(
    (property) =>
      property.type !== 'Hidden' &&
      conditionsOf(property).every((condition) => holds(condition, state, properties)),
  );

function holds(
  condition: SingleCondition,
  state: State,
  properties: readonly TemplateProperty[],
): boolean {
  if (!('isActive' in condition)) {
    return wantedValues(condition).some((value) => value === state.get(condition.property));
  }
  const target = properties.find(({ id }) => id === condition.property);
  const isThere =
    target !== undefined && conditionsOf(target).every((own) => holds(own, state, properties));
  return isThere === condition.isActive;
}
