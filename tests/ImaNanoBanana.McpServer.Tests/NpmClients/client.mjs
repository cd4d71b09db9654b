// An MCP client of the official SDK, for the tests. Reads one command a line and writes one answer a line:
// node client.mjs SDK COMMAND [ARGUMENT...]
import { createInterface } from 'node:readline';
import { Ajv } from 'ajv';

const [sdk, command, ...args] = process.argv.slice(2);
const { Client } = await import(`${sdk}/client/index.js`);
const { StdioClientTransport } = await import(`${sdk}/client/stdio.js`);

const say = (message) => process.stdout.write(JSON.stringify(message) + '\n');
const calls = new Map();
const schemas = new Map();
let transport;
let client;
const size = { bytes: 0, bytesWithoutImages: 0 };

const actions = {
  /** Starts a server and a session with it. */
  async start() {
    transport = new StdioClientTransport({ command, args, env: process.env, stderr: 'ignore' });
    client = new Client({ name: 'test', version: '1' }, { capabilities: {} });
    let asked;
    const connected = client.connect(transport);
    transport._process?.stdout.on('data', (chunk) => { size.bytes += chunk.length; });
    const receive = transport.onmessage;
    transport.onmessage = (message, ...more) => {
      asked ??= message.result?.protocolVersion;
      size.bytesWithoutImages += Buffer.byteLength(JSON.stringify(message, (key, value) => (key === 'data' ? '' : value)));
      receive(message, ...more);
    };
    await connected;
    return { protocol: asked };
  },

  /** Lists the tools. Ajv in its strict mode compiles the schemas. */
  async tools() {
    Object.assign(size, { bytes: 0, bytesWithoutImages: 0 });
    const result = await client.listTools();
    for (const tool of result.tools) {
      schemas.set(tool.name, new Ajv({ strict: true, allErrors: true }).compile(tool.inputSchema));
    }

    return { result, ...size };
  },

  /** Calls a tool. */
  async call({ id, name, arguments: given }) {
    const abort = new AbortController();
    calls.set(id, abort);
    Object.assign(size, { bytes: 0, bytesWithoutImages: 0 });
    const options = { signal: abort.signal, timeout: 600_000, onprogress: (progress) => say({ progress, of: id }) };
    const result = await client.callTool({ name, arguments: given }, undefined, options);
    return { result, ...size };
  },

  /** Checks arguments against the schema of their tool. */
  check: ({ name, arguments: given }) => ({ valid: schemas.get(name)(given) }),

  cancel({ of }) {
    calls.get(of).abort('The test cancels.');
    return {};
  },

  /** Ends the server without a chance to clean up. */
  async kill() {
    const closed = new Promise((resolve) => { client.onclose = resolve; });
    process.kill(transport.pid ?? transport._process.pid, 'SIGKILL');
    await closed;
    return {};
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  Promise.resolve()
    .then(() => actions[request.do](request))
    .then((answer) => say({ id: request.id, ...answer }), (error) => say({ id: request.id, error: String(error?.message ?? error) }));
}

// The server ends with its input.
process.exit();
