// SPDX-License-Identifier: GPL-3.0-only
// Talks to a running gateway with OpenAI's own client. `npm install` here once, then: node check.mjs http://127.0.0.1:8080
// The words are those of FakeRealm in the gateway's tests; OpenAiNodeIT runs this where Node and the package are there.
import assert from "node:assert/strict";
import OpenAI from "openai";

const base = process.argv[2] ?? "http://127.0.0.1:8080";
const client = new OpenAI({ baseURL: `${base}/v1`, apiKey: "none", maxRetries: 0 });
const ask = (content, more = {}) =>
  client.chat.completions.create({ model: "auto", messages: [{ role: "user", content }], ...more });

const models = await client.models.list();
assert.ok(models.data.some((model) => model.id === "auto"));

const plain = await ask("say Hello there");
assert.equal(plain.choices[0].message.content, "Hello there");
assert.equal(plain.usage.total_tokens, 7);

let text = "";
let usage;
for await (const chunk of await ask("say Hello there", { stream: true, stream_options: { include_usage: true } })) {
  text += chunk.choices[0]?.delta.content ?? "";
  usage = chunk.usage ?? usage;
}
assert.equal(text, "Hello there");
assert.equal(usage.completion_tokens, 4);

const runner = client.chat.completions.stream({ model: "auto", messages: [{ role: "user", content: "say Hello there" }] });
assert.equal(await runner.finalContent(), "Hello there");

await assert.rejects(ask("refuse"), (e) => e.status === 422 && e.code === "impossible");
await assert.rejects(ask("say Hi", { n: 2 }), (e) => e.status === 400 && e.code === "bad-request");

await assert.rejects(async () => {
  for await (const _ of await ask("half", { stream: true }));
}, "an answer that broke off must not be taken for a whole one");

const aborted = new AbortController();
const stream = await client.chat.completions.create(
  { model: "auto", messages: [{ role: "user", content: "begin" }], stream: true },
  { signal: aborted.signal },
);
for await (const _ of stream) {
  aborted.abort();
}

console.log("openai: all is well");
