import type { ElementTemplate } from '../template/element-template.ts';
import type { TemplateProblem } from './template-problem.ts';

/** Looks at one template; `where` is within it. */
export type Rule = (template: ElementTemplate) => readonly TemplateProblem[];
