import { ConnectorError, type JournalOp } from '@bpmn-connectors/sdk';

const namespacePattern = /^[A-Za-z0-9.-]{1,100}$/;

/** @throws {ConnectorError} `JOURNAL_INVALID_NAMESPACE`. */
export function checkOp({ namespace }: JournalOp): void {
  if (namespacePattern.test(namespace)) return;
  throw new ConnectorError(
    'JOURNAL_INVALID_NAMESPACE',
    'A journal namespace has 1 to 100 letters, digits, dots and hyphens',
  );
}
