import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../../element-templates/', import.meta.url);

/** As much of an element template as the tests look at. */
export interface Template {
  readonly id: string;
  readonly version: number;
  readonly groups: readonly { readonly id: string }[];
  readonly properties: readonly TemplateProperty[];
  readonly icon: { readonly contents: string };
}

export interface TemplateProperty {
  readonly id?: string;
  readonly type: string;
  readonly value?: string | boolean;
  readonly generatedValue?: unknown;
  readonly choices?: readonly { readonly value: string }[];
  readonly feel?: 'optional' | 'required';
  readonly optional?: boolean;
  readonly constraints?: { readonly notEmpty?: boolean };
  readonly group?: string;
  readonly condition?: { readonly property: string; readonly equals: string };
  readonly binding: {
    readonly type: string;
    readonly name?: string;
    readonly key?: string;
    readonly property?: string;
  };
}

export const templateFiles: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort();

export function readTemplate(name: string): Template {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}

/** `zeebe:input input.detail`: what a property writes. */
export function bindingOf({ binding }: TemplateProperty): string {
  return `${binding.type} ${binding.name ?? binding.key ?? binding.property}`;
}
