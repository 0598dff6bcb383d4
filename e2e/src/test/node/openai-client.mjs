// SPDX-License-Identifier: GPL-3.0-only
// The official Node client against a realm. Arguments: the folder with node_modules, the base URL, the model, and what to
// try. Prints one line of JSON with what came of it.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, baseURL, model, what] = process.argv.slice(2);
const { default: OpenAI } = await import(pathToFileURL(createRequire(`${folder}/x.js`).resolve("openai")).href);
const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
const messages = [{ role: "user", content: "What is a realm?" }];

async function streamed(stream) {
  let text = "";
  let pieces = 0;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? "";
    pieces += 1;
  }
  return { text, pieces };
}

/** Without a format the client asks for packed vectors, and unpacks them. */
async function embedded(format) {
  const { data } = await client.embeddings.create({ model, input: ["one", "two"], ...format });
  return data.map(({ embedding }) => embedding);
}

const tries = {
  plain: async () => {
    const { choices, usage } = await client.chat.completions.create({ model, messages });
    return { text: choices[0].message.content, finish: choices[0].finish_reason, usage: usage !== undefined };
  },
  streamed: async () => streamed(await client.chat.completions.create({ model, messages, stream: true })),
  helper: async () => ({ text: await client.chat.completions.stream({ model, messages }).finalContent() }),
  models: async () => ({ models: (await client.models.list()).data.map(({ id }) => id) }),
  embedded: async () => ({ vectors: await embedded({}) }),
  embeddedAsNumbers: async () => ({ vectors: await embedded({ encoding_format: "float" }) }),
  aborted: async () => {
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    for await (const _ of stream) {
      stream.controller.abort();
    }
    return { aborted: true };
  },
};

try {
  console.log(JSON.stringify(await tries[what]()));
} catch (error) {
  console.log(JSON.stringify({ error: error.message, status: error.status ?? 0, code: error.code ?? "" }));
}
