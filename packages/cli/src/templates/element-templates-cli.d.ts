declare module 'element-templates-cli' {
  /** @returns the model with the template on the element. */
  export function applyTemplate(xml: string, template: object, elementId: string): Promise<string>;
}
