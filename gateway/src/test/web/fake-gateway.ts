// SPDX-License-Identifier: GPL-3.0-only
// A gateway that makes everything up, to look at the page without a realm:
//   target/web/node_modules/linux-x64-glibc/deno run -A src/test/web/fake-gateway.ts [port] [none]
// What it does depends on the words: "imagine", "say", "table", "queue", "restart", "drop", "fail <code>", "hang";
// "echo ..." gives the words back.
// Whoever shows the token "operate" is an operator; draining does nothing but show.
// With "none" as second argument no worker is there, with "many" two hundred are.

const port = Number(Deno.args[0] ?? 8099);
const noWorkers = Deno.args[1] === "none";
const manyWorkers = Deno.args[1] === "many";
const root = new URL("../../../target/classes/web/", import.meta.url);

const CSP =
  "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' blob: data:; media-src 'self' blob:; " +
  "require-trusted-types-for 'script'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  webmanifest: "application/manifest+json",
};

type Json = Record<string, unknown>;
type Item = Json | Uint8Array<ArrayBuffer>;

interface Answer {
  items: Item[];
  started: boolean;
  ended: boolean;
  socket: WebSocket | undefined;
  work: Json;
}

const answers = new Map<string, Answer>();
const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

const WORKERS = [
  worker("atlas-1", "healthy", [["chat", ["llama-3.3-70b", "qwen3-32b"]]], 4, 1),
  worker("forge-2", "healthy", [["imagine", ["sdxl"]], ["vision", ["qwen2.5-vl"]]], 1, 0),
  { ...worker("echo-3", "degraded", [["speak", ["kokoro"]], ["transcribe", ["whisper-large"]]], 2, 2), reason: "one pong missed" },
  { ...worker("old-4", "down", [["chat", ["phi-4"]]], 1, 0), reason: "connection <b>closed</b>" },
  { ...worker("demo-5", "draining", [["chat", []], ["embed", []]], 8, 3), synthetic: true },
];

/** Four on each of fifty hosts. */
const MANY = Array.from({ length: 200 }, (_, i) => {
  const health = i % 17 === 3 ? "degraded" : i % 29 === 5 ? "down" : i % 31 === 7 ? "draining" : "healthy";
  const serves: [string, string[]][] = i % 4 === 0 ? [["chat", ["llama-3.3-70b"]], ["vision", ["qwen2.5-vl"]]] : i % 4 === 1 ? [["imagine", ["sdxl"]]] : [["speak", []], ["transcribe", []]];
  return { ...worker(`host-${Math.floor(i / 4) + 1}`, health, serves, 4, i % 5), worker_id: `w-${i}.server-${i % 4}` };
});

function worker(name: string, health: string, serves: [string, string[]][], slots: number, in_flight: number): Json {
  const query_types = serves.map(([query_type, models]) => ({ query_type, models }));
  return { worker_id: `w-${name}`, name, health, query_types, slots, in_flight, synthetic: false };
}

Deno.serve({ port, hostname: "127.0.0.1" }, async (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === "/ws") {
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol: "mtor.v1" });
    socket.binaryType = "arraybuffer";
    serve(socket);
    return response;
  }
  const name = pathname === "/" ? "index.html" : pathname.slice(1);
  try {
    const body = await Deno.readFile(new URL(name, root));
    const type = TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    return new Response(body, { headers: { "content-type": type, "content-security-policy": CSP, "cache-control": "no-cache" } });
  } catch {
    return new Response("not here", { status: 404 });
  }
});

function serve(socket: WebSocket): void {
  const send = (message: Json): void => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message)) as undefined;
  let have: Record<string, { seq: number }> = {};
  let revision = 0;
  let watching = 0;
  let operating = 0;
  socket.onclose = () => (clearInterval(watching), clearInterval(operating));
  socket.onmessage = ({ data }) => {
    if (typeof data !== "string") {
      return;
    }
    const message = JSON.parse(data) as Json;
    console.log(data.slice(0, 300));
    const guid = message["guid"] as string;
    if (message["type"] === "hello") {
      have = message["have"] as typeof have;
      const limits = { max_text_chars: 32_000, max_message_bytes: 1_048_576, max_media_bytes: 20_000_000 };
      const query_types = noWorkers ? [] : ["chat", "vision", "imagine", "speak", "transcribe"];
      const token = message["token"];
      if (token !== undefined && token !== "operate") {
        send({ type: "error", code: "unauthorized", message: "the token is wrong", retryable: false });
      }
      const role = token === "operate" ? { role: "admin" } : {};
      send({ type: "welcome", session: "s-1", user_id: message["user_id"], limits, query_types, ...role });
    } else if (message["type"] === "watch" && message["topic"] === "admin") {
      operating = setInterval(() => send(operations()), 1_000);
    } else if (message["type"] === "admin") {
      operate(socket, message);
    } else if (message["type"] === "watch") {
      const tell = (): void => send({ type: "realm", revision: ++revision, workers: noWorkers ? [] : manyWorkers ? MANY : WORKERS, gateways: 1, dispatchers: 1, monitors: 2, waiting: 2 });
      tell();
      watching = setInterval(tell, 1_000);
    } else if (message["type"] === "ping") {
      send({ type: "pong", guid });
    } else if (message["type"] === "cancel") {
      const answer = answers.get(guid);
      if (answer && !answer.ended) {
        answer.ended = true;
        give(answer, { type: "error", guid, code: "cancelled", message: "cancelled by the user", retryable: false });
      }
    } else if (message["type"] === "work") {
      work(socket, guid, message, have[guid]?.seq ?? -1);
    }
  };
}

const HOSTS = new Map([["uaq4y7uyx26o", "in"], ["aaaabbbbcccc", "waiting"], ["m2m3m4m5m6m7", "revoked"]]);

function operate(socket: WebSocket, { action, worker_id, host, message }: Json): void {
  if (action === "approve" || action === "revoke") {
    HOSTS.set(host as string, action === "approve" ? "in" : "revoked");
  }
  const known = WORKERS.find((each) => each["worker_id"] === worker_id);
  if (action === "notice") {
    socket.send(JSON.stringify({ type: "notice", message }));
  } else if (known?.["health"] === "down") {
    const why = `${worker_id}: it does not answer`;
    socket.send(JSON.stringify({ type: "error", code: "unavailable", message: why, retryable: true }));
  } else if (known !== undefined) {
    known["health"] = action === "drain" ? "draining" : "healthy";
  }
}

function operations(): Json {
  const wave = 1 + Math.sin(performance.now() / 20_000);
  const memory = { heap_bytes: 9e7 + 4e7 * wave, max_heap_bytes: 1e9 };
  const up_ms = Math.round(performance.now()) + 5e6;
  const waiting = Math.round(20 * wave);
  return {
    type: "operations",
    lines: [
      { query_type: "chat", waiting, oldest_ms: 400 * waiting, placed_per_s: 12.5 * wave },
      { query_type: "imagine", waiting: 0, placed_per_s: 0.5 },
    ],
    dispatchers: ["3f2a91c4", "b07d55e1"].map((id, i) => ({
      dispatcher_id: `dispatcher-${id}-1111-4222-8333-444455556666`,
      up_ms,
      open: i === 0 ? waiting : 0,
      placed_per_s: i === 0 ? 12.5 * wave + 0.5 : 0,
      ...memory,
    })),
    gateways: [{ gateway_id: "gateway-90ab12cd-1111-4222-8333-444455556666", up_ms, sessions: 1_204, open: waiting + 8, intents_per_s: 13 * wave, ...memory }],
    hosts: [...HOSTS.entries()].map(([mark, state], i) => ({ mark, name: ["attic", "cellar", "shed"][i], state, ...(state === "revoked" ? {} : { trust: "trusted" }), workers: state === "in" ? 2 : 0 })),
  };
}

function work(socket: WebSocket, guid: string, message: Json, seq: number): void {
  const known = answers.get(guid);
  if (known) {
    known.socket = socket;
    for (const item of known.items) {
      const at = item instanceof Uint8Array ? seq + 1 : ((item["seq"] as number | undefined) ?? seq + 1);
      if (at > seq) {
        socket.send(item instanceof Uint8Array ? item : JSON.stringify(item));
      }
    }
    return;
  }
  const answer: Answer = { items: [], started: true, ended: false, socket, work: message };
  answers.set(guid, answer);
  void play(answer, guid);
}

/** Remembers it for a client that comes back, and sends it if one is there. */
function give(answer: Answer, item: Item): void {
  answer.items.push(item);
  if (answer.socket?.readyState === WebSocket.OPEN) {
    answer.socket.send(item instanceof Uint8Array ? item : JSON.stringify(item));
  }
}

async function play(answer: Answer, guid: string): Promise<void> {
  const text = (answer.work["query_text"] as string).toLowerCase();
  const asked = answer.work["query_type"] as string;
  const kind = asked !== "auto" ? asked : /imagine|male/.test(text) ? "imagine" : /\bsa[yg]\b/.test(text) ? "speak" : "chat";
  const tell = (item: Json): void => give(answer, { ...item, guid });
  let seq = 0;
  await pause(20);
  tell({ type: "ack", query_type: kind, ...(asked === "auto" ? { confidence: 0.82 } : {}) });
  const failure = /fail ([a-z-]+)/.exec(text)?.[1];
  if (failure) {
    tell({ type: "error", code: failure, message: `made up: <img src=x onerror=alert(1)> ${failure}`, retryable: true, retry_after_ms: 12_000 });
    return;
  }
  if (text.includes("queue")) {
    for (const position of [3, 2, 1]) {
      tell({ type: "queued", position, eta_ms: position * 4_000 });
      await pause(1_500);
    }
  }
  const name = kind === "imagine" ? "forge-2" : kind === "speak" ? "echo-3" : "atlas-1";
  const model = kind === "imagine" ? "sdxl" : kind === "speak" ? "kokoro" : "llama-3.3-70b";
  tell({ type: "accepted", worker_id: `w-${name}`, model, attempt: 1, synthetic: true });
  if (text.includes("hang")) {
    return;
  }
  if (text.includes("restart")) {
    tell({ type: "chunk", seq: 0, text: "This will be void" });
    await pause(1_000);
    tell({ type: "restart", attempt: 2, reason: "worker-lost" });
    await pause(2_000);
    tell({ type: "accepted", worker_id: "w-demo-5", model, attempt: 2, synthetic: true });
  }
  if (kind === "imagine") {
    for (let done = 1; done <= 8; done++) {
      const preview = { media_type: "image/png", data: base64(await mountain(24, 16)) };
      tell({ type: "progress", seq: seq++, done, of: 8, ...(done > 2 ? { preview } : {}) });
      await pause(400);
    }
    tell({ type: "chunk", seq: seq++, stream: 7, media_type: "image/png" });
    give(answer, framed(7, await mountain(768, 512)));
    give(answer, Uint8Array.of(7));
  } else if (kind === "speak") {
    tell({ type: "chunk", seq: seq++, stream: 9, media_type: "audio/wav" });
    give(answer, framed(9, tone()));
    give(answer, Uint8Array.of(9));
  } else {
    for (const word of (text.startsWith("echo ") ? (answer.work["query_text"] as string).slice(5) : text.includes("table") ? RICH : PLAIN).split(/(?<= )/)) {
      if (answer.ended) {
        return;
      }
      tell({ type: "chunk", seq: seq++, text: word });
      if (text.includes("drop") && seq === 20) {
        answer.socket?.close(4000);
      }
      await pause(30);
    }
  }
  if (!answer.ended) {
    answer.ended = true;
    const timing = { dispatch_us: 412, queue_ms: text.includes("queue") ? 4_500 : 0.3, first_ms: 310, work_ms: 2_450 };
    tell({ type: "result", result_text: "", worker_id: `w-${name}`, model, timing, synthetic: true });
  }
}

function framed(stream: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(bytes.length + 1);
  frame[0] = stream;
  frame.set(bytes, 1);
  return frame;
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** A neon mountain as a PNG. */
async function mountain(width: number, height: number): Promise<Uint8Array> {
  const rows = new Uint8Array((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = x / width;
      const v = y / height;
      const ridge = 0.35 + 0.9 * Math.abs(u - 0.5) + 0.04 * Math.sin(u * 40);
      const edge = Math.exp(-Math.abs(v - ridge) * 40);
      const below = v > ridge ? 1 : 0;
      const at = y * (width * 3 + 1) + 1 + x * 3;
      rows[at] = 30 + 90 * (1 - v) * (1 - below) + 120 * edge;
      rows[at + 1] = 20 + 40 * v + 225 * edge * (0.5 + below / 2);
      rows[at + 2] = 70 + 110 * (1 - v) + 130 * edge - 60 * below;
    }
  }
  const packed = new Response(new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate")));
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint32(8, 0x08020000);
  const parts = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), part("IHDR", new Uint8Array(header.buffer))];
  parts.push(part("IDAT", new Uint8Array(await packed.arrayBuffer())), part("IEND", new Uint8Array(0)));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function part(name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(content.length + 12);
  const view = new DataView(whole.buffer);
  view.setUint32(0, content.length);
  whole.set(new TextEncoder().encode(name), 4);
  whole.set(content, 8);
  let crc = ~0;
  for (const byte of whole.subarray(4, content.length + 8)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }
  view.setUint32(content.length + 8, ~crc >>> 0);
  return whole;
}

/** One second of a falling tone as a WAV file. */
function tone(): Uint8Array {
  const rate = 16_000;
  const view = new DataView(new ArrayBuffer(44 + rate * 2));
  const words: [number, string][] = [[0, "RIFF"], [8, "WAVEfmt "], [36, "data"]];
  words.forEach(([at, word]) => [...word].forEach((char, i) => view.setUint8(at + i, char.charCodeAt(0))));
  view.setUint32(4, 36 + rate * 2, true);
  view.setUint32(16, 16, true);
  view.setUint32(20, 0x00010001, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint32(32, 0x00100002, true);
  view.setUint32(40, rate * 2, true);
  for (let i = 0; i < rate; i++) {
    view.setInt16(44 + i * 2, 9_000 * Math.sin((i / rate) * 2 * Math.PI * (660 - (i / rate) * 220)) * (1 - i / rate), true);
  }
  return new Uint8Array(view.buffer);
}

const PLAIN =
  "A rainbow forms when sunlight enters **drops of rain**, bends, and splits into its colours. Each drop reflects the light " +
  "once inside and bends it again on the way out, at about *42 degrees*. You see the arc because only the drops at that angle " +
  "send their colour to your eye.";

const RICH = `## What was measured

The realm took three ways, and the second was the shortest:

| way | median | slowest |
|:----|-------:|--------:|
| direct | 0.4 ms | 2.1 ms |
| by the queue | **0.3 ms** | 1.7 ms |

1. Ask the gateway
2. Wait for \`accepted\`
   - then for the *first* chunk
   - then for the rest
3. Read the [protocol](https://example.org/protocol)

> Execution is at least once, the visible result exactly once.

\`\`\`java
record Intent(String guid, String queryType, String queryText) {}

var intent = new Intent(guid, "chat", "a line that is long enough to need its own sideways scroll bar on a small telephone");
\`\`\`

<script>alert("never")</script> and <img src=x onerror=alert(1)> stay words.
`;
