import type { TemplateBinding, TemplateProperty } from '../template/element-template.ts';

/** `zeebe:input input.detail`: what a binding writes. */
export function nameOfBinding(binding: TemplateBinding): string {
  if ('name' in binding) return `${binding.type} ${binding.name}`;
  return `${binding.type} ${'key' in binding ? binding.key : binding.property}`;
}

/** What a property is called in messages. */
export const nameOfProperty = ({ id, binding }: TemplateProperty): string =>
  id ?? nameOfBinding(binding);
