// SPDX-License-Identifier: GPL-3.0-only
// Who turns speech into text.
import * as assert from "../assert.ts";
import { BROKEN_MILLIS, mayWake, pick, readBroken, type Engines } from "../../../main/web/core/speech/engines.ts";

const all: Engines = { realm: true, device: true, vendor: true, consent: true, broken: {} };

Deno.test("should prefer the realm, then the device, then the vendor", () => {
  assert.equal(pick(all, 0), "realm");
  assert.equal(pick({ ...all, realm: false }, 0), "device");
  assert.equal(pick({ ...all, realm: false, device: false }, 0), "vendor");
  assert.equal(pick({ ...all, realm: false, device: false, vendor: false }, 0), "none");
});

Deno.test("should never give a voice to the vendor without consent, nor what was said before the page was meant", () => {
  assert.equal(pick({ ...all, realm: false, device: false, consent: false }, 0), "none");
  assert.deepEqual((["realm", "device", "vendor", "none"] as const).map(mayWake), [true, true, false, false]);
});

Deno.test("should leave an engine alone for a day after it has failed", () => {
  const broken = { device: 5 + BROKEN_MILLIS };
  assert.equal(pick({ ...all, realm: false, broken }, 5), "vendor");
  assert.equal(pick({ ...all, realm: false, broken }, 5 + BROKEN_MILLIS), "device");
  assert.equal(pick({ ...all, broken: { realm: Infinity } }, 5), "realm");
});

Deno.test("should read back what was kept, and nothing else", () => {
  assert.deepEqual(readBroken('{"device":12,"vendor":"x","realm":9}'), { device: 12 });
  assert.deepEqual(readBroken("null"), {});
  assert.deepEqual(readBroken("{"), {});
  assert.deepEqual(readBroken(null), {});
});
