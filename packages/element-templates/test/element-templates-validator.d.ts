declare module '@bpmn-io/element-templates-validator/dist/index.js' {
  interface Finding {
    readonly message: string;
    readonly instancePath: string;
  }
  export function validateZeebe(template: unknown): {
    readonly valid: boolean;
    readonly errors?: readonly Finding[] | null;
    readonly warnings?: readonly Finding[] | null;
  };
}
