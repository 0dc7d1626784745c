export {
  type GenerateOptions,
  generateTemplates,
  type TemplateFile,
} from './generate/generate-templates.ts';
export { lintTemplates } from './lint/lint-templates.ts';
export { readTemplates } from './lint/read-templates.ts';
export type { TemplateProblem } from './lint/template-problem.ts';
export type {
  ElementTemplate,
  TemplateBinding,
  TemplateCondition,
  TemplatePanelGroup,
  TemplateProperty,
} from './template/element-template.ts';
export { writeTemplate } from './template/write-template.ts';
export {
  createTemplateIndex,
  type IndexedTemplate,
  type TemplateIndex,
  type TemplateIndexEntry,
} from './versions/create-index.ts';
export { findChanges, type TemplateChange } from './versions/find-changes.ts';
