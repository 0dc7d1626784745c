/** An element template of Camunda 8's modelers, as far as ours go (schema `zeebe-element-templates`). */
export interface ElementTemplate {
  readonly $schema: string;
  readonly name: string;
  readonly id: string;
  readonly version: number;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly documentationRef?: string;
  readonly deprecated?: { readonly message: string };
  readonly category: { readonly id: string; readonly name: string };
  readonly appliesTo: readonly string[];
  readonly elementType: { readonly value: string; readonly eventDefinition?: string };
  readonly engines: { readonly camunda: string };
  readonly groups: readonly TemplatePanelGroup[];
  readonly properties: readonly TemplateProperty[];
  readonly icon: { readonly contents: string };
}

/** A group of the panel. */
export interface TemplatePanelGroup {
  readonly id: string;
  readonly label: string;
  readonly tooltip?: string;
  readonly openByDefault?: boolean;
}

/** What a property writes into the model. */
export type TemplateBinding =
  | { readonly type: 'zeebe:taskDefinition'; readonly property: 'type' | 'retries' }
  | { readonly type: 'zeebe:input' | 'zeebe:property'; readonly name: string }
  | { readonly type: 'zeebe:taskHeader'; readonly key: string }
  | { readonly type: 'bpmn:Message#property'; readonly name: string }
  | { readonly type: 'bpmn:Message#zeebe:subscription#property'; readonly name: string };

/** When a property is there. */
export type TemplateCondition =
  | { readonly type: 'simple'; readonly property: string; readonly equals: string | boolean }
  | { readonly type: 'simple'; readonly property: string; readonly oneOf: readonly string[] }
  | { readonly type: 'simple'; readonly property: string; readonly isActive: boolean }
  | { readonly allMatch: readonly Exclude<TemplateCondition, { readonly allMatch: unknown }>[] };

/** A field of the panel, or what is written without being shown. */
export interface TemplateProperty {
  readonly id?: string;
  readonly label?: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly placeholder?: string;
  readonly type: 'String' | 'Text' | 'Number' | 'Boolean' | 'Dropdown' | 'Hidden';
  readonly value?: string | boolean | number;
  readonly generatedValue?: { readonly type: 'uuid' };
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
  readonly feel?: 'optional' | 'required' | 'static';
  readonly optional?: boolean;
  readonly constraints?: {
    readonly notEmpty?: boolean;
    readonly maxLength?: number;
    readonly pattern?: { readonly value: string; readonly message: string };
  };
  readonly condition?: TemplateCondition;
  readonly group?: string;
  readonly binding: TemplateBinding;
}
