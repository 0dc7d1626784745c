import { ConnectorError, type Resource } from '@bpmn-connectors/sdk';

const unreadable = (message: string, cause?: unknown): ConnectorError =>
  new ConnectorError('BODY_INVALID', message, { cause });

const decode = (name: string, bytes: Uint8Array | ArrayBuffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(`${name} is not UTF-8`, cause);
  }
};

async function readForm(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  } catch (cause) {
    throw unreadable('the body is no multipart/form-data', cause);
  }
}

/**
 * Takes the models out of a body: the body itself, or every file of a form.
 * @param name what a body that is one model is called in messages.
 * @throws {ConnectorError} `BODY_INVALID`.
 */
export async function readResources(
  bytes: Uint8Array,
  contentType: string,
  name: string,
): Promise<readonly Resource[]> {
  if (!/^multipart\//i.test(contentType)) return [{ name, content: decode(name, bytes) }];
  const form = await readForm(new Uint8Array(bytes), contentType);
  const resources: Resource[] = [];
  for (const [field, file] of form) {
    if (typeof file === 'string') throw unreadable(`the form's field ${field} is not a file`);
    resources.push({ name: file.name, content: decode(file.name, await file.arrayBuffer()) });
  }
  if (resources.length === 0) throw unreadable('the form holds no file');
  return resources;
}
