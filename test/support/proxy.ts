// A wire between the bot and a real MongoDB that can be cut, slowed down, or made to answer writes as a server does that is
// no longer the primary.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;

export interface Proxy {
  /** The address of the database behind it. */
  uri: string;
  /** Nobody answers any more, and connections break; or the wire is as new. */
  cut(): void;
  mend(): void;
  /** Milliseconds that every answer is late. */
  delay: number;
  /** Writes are answered `NotWritablePrimary`; reads are not touched. */
  readOnly: boolean;
  /** Commands that passed. */
  commands: string[];
  close(): Promise<void>;
}

const OP_MSG = 2013;
const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify']);

export async function openProxy(uri: string): Promise<Proxy> {
  const [, target = '', rest = ''] = /^mongodb:\/\/([^/]+)\/(.*)$/.exec(uri) ?? [];
  const host = decodeURIComponent(target);
  const to = host.endsWith('.sock')
    ? { path: host }
    : { host: host.split(':')[0] ?? '', port: Number(host.split(':')[1] ?? 27_017) };
  const sockets = new Set<Socket>();
  let whole = true;
  const server = createServer((client) => {
    if (!whole) return void client.destroy();
    const back = connect(to as never);
    for (const one of [client, back]) sockets.add(one);
    const end = () => {
      for (const one of [client, back]) {
        one.destroy();
        sockets.delete(one);
      }
    };
    for (const one of [client, back]) one.on('error', end).on('close', end);
    eachMessage(client, (message) => {
      const { name, id } = read(message);
      proxy.commands.push(name);
      if (proxy.readOnly && WRITES.has(name)) client.write(notPrimary(id));
      else back.write(message);
    });
    back.on('data', (data) => {
      if (proxy.delay === 0) client.write(data);
      else setTimeout(() => client.writable && client.write(data), proxy.delay);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy: Proxy = {
    uri: `mongodb://127.0.0.1:${port}/${rest}`,
    delay: 0,
    readOnly: false,
    commands: [],
    cut() {
      whole = false;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      whole = true;
    },
    async close() {
      proxy.cut();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

/** Whole messages of the wire protocol (https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/). */
function eachMessage(socket: Socket, take: (message: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const size = rest.readInt32LE(0);
      take(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
  });
}

/** The name of a command and the id of its message; other kinds of message have no name. */
function read(message: Buffer): { name: string; id: number } {
  const id = message.readInt32LE(4);
  if (message.readInt32LE(12) !== OP_MSG || message[20] !== 0) return { name: '', id };
  const size = message.readInt32LE(21);
  const [name = ''] = Object.keys(BSON.deserialize(message.subarray(21, 21 + size)));
  return { name, id };
}

function notPrimary(to: number): Buffer {
  const body = BSON.serialize({ ok: 0, code: 10_107, codeName: 'NotWritablePrimary', errmsg: 'not primary' });
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + body.length, 0);
  head.writeInt32LE(to, 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}
