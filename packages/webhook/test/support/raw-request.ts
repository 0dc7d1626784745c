import { connect, type Socket } from 'node:net';

/** What came back on a connection. */
export interface RawAnswer {
  readonly text: string;
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: string;
  /** The connection broke instead of being closed. */
  readonly reset: boolean;
}

/** Opens a connection, lets `send` write what it likes, and waits until the server closes. */
export function rawRequest(port: number, send: (socket: Socket) => void): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    let reset = false;
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {
      reset = true;
    });
    socket.on('close', () => resolve(readAnswer(Buffer.concat(chunks).toString('latin1'), reset)));
    socket.on('connect', () => send(socket));
  });
}

function readAnswer(text: string, reset: boolean): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const lines = head.split('\r\n');
  return {
    text,
    status: Number(lines[0]?.split(' ')[1] ?? 0),
    header: (name) =>
      lines
        .find((line) => line.toLowerCase().startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim(),
    body: rest.join('\r\n\r\n'),
    reset,
  };
}
