import type { TemplateMetadata } from '@bpmn-connectors/sdk';

/** `io.example.FileDrop.v1` → `file-drop`, unless the metadata names the file. */
export function fileName({ file, id }: TemplateMetadata): string {
  if (file !== undefined) return file;
  const name =
    id
      .replace(/\.v\d+$/, '')
      .split('.')
      .at(-1) ?? id;
  return name
    .replaceAll(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3-$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
}
