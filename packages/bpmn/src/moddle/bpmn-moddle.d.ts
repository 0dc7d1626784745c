declare module 'bpmn-moddle' {
  /** The part of bpmn-moddle that this package calls; what it reads is checked as it is taken. */
  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>);
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: readonly unknown[] }>;
  }
}
