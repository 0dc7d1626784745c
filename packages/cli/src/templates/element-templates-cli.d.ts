declare module 'element-templates-cli' {
  /** @returns the model with the template on the element. */
  export function applyTemplate(
    xml: string,
    templateJson: string,
    elementId: string,
  ): Promise<string>;
}
