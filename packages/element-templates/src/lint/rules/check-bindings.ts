import type { ElementTemplate, TemplateProperty } from '../../template/element-template.ts';
import { nameOfProperty } from '../name-of-property.ts';
import type { TemplateProblem } from '../template-problem.ts';

const jobElements: ReadonlySet<string> = new Set([
  'bpmn:ServiceTask',
  'bpmn:SendTask',
  'bpmn:ScriptTask',
  'bpmn:BusinessRuleTask',
  'bpmn:IntermediateThrowEvent',
  'bpmn:EndEvent',
]);

/** Job bindings are on elements with a job, message bindings on elements with a message; headers tell the truth. */
export function checkBindings(template: ElementTemplate): readonly TemplateProblem[] {
  const { elementType, properties } = template;
  const hasJob = jobElements.has(elementType.value);
  const hasMessage =
    elementType.eventDefinition !== undefined || elementType.value === 'bpmn:ReceiveTask';
  return [
    ...properties.flatMap((property) => misplaced(property, elementType.value, hasJob, hasMessage)),
    ...properties.flatMap((property) => untrueHeader(property, template)),
    ...(hasJob ? missingJobType(properties) : []),
  ];
}

function misplaced(
  property: TemplateProperty,
  element: string,
  hasJob: boolean,
  hasMessage: boolean,
): readonly TemplateProblem[] {
  const { type } = property.binding;
  const needsJob = type === 'zeebe:taskDefinition' || type === 'zeebe:taskHeader';
  const isWrong = (needsJob && !hasJob) || (type.startsWith('bpmn:Message') && !hasMessage);
  if (!isWrong) return [];
  return [
    {
      rule: 'binding-fits-element',
      where: `property ${nameOfProperty(property)}`,
      reason: `${element} has no place for ${type}`,
      fix: 'Use a zeebe:property, or another element',
    },
  ];
}

function untrueHeader(
  property: TemplateProperty,
  { id, version }: ElementTemplate,
): readonly TemplateProblem[] {
  const { binding, value } = property;
  if (binding.type !== 'zeebe:taskHeader') return [];
  const truth = new Map([
    ['elementTemplateId', id],
    ['elementTemplateVersion', String(version)],
  ]).get(binding.key);
  if (truth === undefined || truth === value) return [];
  return [
    {
      rule: 'element-template-headers',
      where: `property ${nameOfProperty(property)}`,
      reason: `it says ${value}, but the template has ${truth}`,
      fix: `Write ${truth}`,
    },
  ];
}

/** The form without `property` is deprecated, and only the modeler's own templates may leave the type open. */
function missingJobType(properties: readonly TemplateProperty[]): readonly TemplateProblem[] {
  const hasType = properties.some(
    ({ binding }) => binding.type === 'zeebe:taskDefinition' && binding.property === 'type',
  );
  if (hasType) return [];
  return [
    {
      rule: 'task-definition-binding-form',
      where: 'properties',
      reason: 'no property is bound to the job type',
      fix: 'Bind one to {"type": "zeebe:taskDefinition", "property": "type"}',
    },
  ];
}
