import type { ElementTemplate } from '../../template/element-template.ts';
import type { TemplateProblem } from '../template-problem.ts';

const range = /^[\^~]?\d+(\.\d+){0,2}$/;
const finding = (rule: string, where: string, reason: string, fix: string): TemplateProblem => ({
  rule,
  where,
  reason,
  fix,
});

/** What the schema lets through: version 0, an icon from elsewhere, engines that are no range. */
export function checkHead({
  version,
  icon,
  engines,
  appliesTo,
}: ElementTemplate): readonly TemplateProblem[] {
  return [
    ...(Number.isInteger(version) && version > 0
      ? []
      : [finding('version', 'version', `${version} is no whole number from 1 on`, 'Begin with 1')]),
    ...(icon.contents.startsWith('data:image/') || icon.contents.startsWith('https://')
      ? []
      : [finding('icon', 'icon', 'it is neither a data: nor an https: URI', 'Embed an SVG')]),
    ...(range.test(engines.camunda)
      ? []
      : [finding('engines', 'engines', `${engines.camunda} is no range`, 'Write ^8.3')]),
    ...(appliesTo.length > 0
      ? []
      : [finding('applies-to', 'appliesTo', 'it names no element', 'Name one: bpmn:Task')]),
  ];
}
