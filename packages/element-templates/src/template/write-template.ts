import type { ElementTemplate } from './element-template.ts';

const indent = 2;

/** The text of a template's file. */
export const writeTemplate = (template: ElementTemplate): string =>
  `${JSON.stringify(template, undefined, indent)}\n`;
