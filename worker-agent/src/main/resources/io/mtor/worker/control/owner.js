// SPDX-License-Identifier: GPL-3.0-only
// The owner's page: asks for the status every second and shows it; the word behind the # lets it change something.
"use strict";

const EVERY_MS = 1000;
const GIB = 2 ** 30;
const byId = (id) => document.getElementById(id);

const token = (() => {
  const given = location.hash.slice(1);
  if (/^[0-9a-f]{32}$/.test(given)) {
    sessionStorage.setItem("token", given);
    history.replaceState(null, "", "/");
  }
  return sessionStorage.getItem("token");
})();

function text(id, value) {
  const element = byId(id);
  if (element.textContent !== value) {
    element.textContent = value;
  }
}

/** Fills a list; what stays the same is not touched, so that a screen reader is not disturbed. */
function list(element, lines) {
  if (element.dataset.shown === JSON.stringify(lines)) {
    return;
  }
  element.dataset.shown = JSON.stringify(lines);
  element.replaceChildren(...lines.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  }));
}

function when(until) {
  const at = new Date(until);
  const today = at.toDateString() === new Date().toDateString();
  return at.toLocaleString([], today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" });
}

function gpu(each) {
  const facts = [
    each.memory_total === null ? null
      : `${((each.memory_used ?? 0) / GIB).toFixed(1)} of ${(each.memory_total / GIB).toFixed(1)} GiB in use`,
    each.use_percent === null ? null : `${each.use_percent} % busy`,
    each.celsius === null ? null : `${each.celsius} °C`,
    each.watts === null ? null : `${Math.round(each.watts)} W`,
  ].filter((fact) => fact !== null);
  return `GPU ${each.id}${each.name ? " " + each.name : ""}: ${facts.join(" · ") || "tells nothing"}`;
}

function measured(worker, speed) {
  return `${worker.name} measured: ${[speed.query_type, speed.model ?? ""].join(" ").trim()}, first after ${speed.first_ms} ms, `
    + `whole after ${speed.whole_ms} ms${speed.tokens_per_second === null ? "" : `, ${speed.tokens_per_second.toFixed(1)} tokens/s`}`;
}

function row(line) {
  const cells = [line.query_type, line.running, line.done, line.stopped, line.failed];
  const element = document.createElement("tr");
  cells.forEach((cell, i) => {
    const made = document.createElement(i === 0 ? "th" : "td");
    if (i === 0) {
      made.scope = "row";
    }
    made.textContent = cell;
    element.append(made);
  });
  return element;
}

function show(status) {
  const { availability, today, machine } = status;
  text("host", status.host);
  text("realm", status.realm.where + (status.realm.joined ? "" : " – not connected, tried again by itself"));
  text("state", availability.open ? "Takes work" : "Takes no work");
  byId("state").className = availability.open ? "open" : "paused";
  list(byId("reasons"), availability.reasons.map((reason) =>
    reason.text + (reason.until === null ? "" : `, until ${when(reason.until)}`)));
  byId("none").hidden = today.types.length > 0;
  byId("work").hidden = today.types.length === 0;
  byId("work").tBodies[0].replaceChildren(...today.types.map(row));
  text("energy", today.watt_hours === null ? "" : `The GPUs have drawn ${today.watt_hours.toFixed(1)} Wh today.`);
  byId("failures").hidden = today.failures.length === 0;
  list(byId("failures").querySelector("ul"), today.failures.map((failure) =>
    `${failure.query_type} at ${failure.worker}: ${failure.cause.toLowerCase().replace("_", " ")}, `
      + `${failure.count} times, last ${when(failure.last)}`));
  list(byId("gpus"), [
    ...(machine.gpus.length === 0 ? ["No GPU tells about itself."] : machine.gpus.map(gpu)),
    ...(machine.on_battery ? ["on battery"] : []),
  ]);
  list(byId("offers"), status.workers.length === 0 ? ["Nothing yet."] : status.workers.flatMap((worker) => [
    `${worker.name}: ${worker.serves.map((offer) =>
      [offer.query_type, offer.models.join(", ")].join(" ").trim()).join(" · ") || "nothing"}`
      + `, ${worker.slots} ${worker.slots === 1 ? "slot" : "slots"}`,
    ...worker.speeds.map((speed) => measured(worker, speed)),
  ]));
}

async function ask(path, options) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.error);
  }
  show(body);
}

async function look() {
  try {
    await ask("/status");
    if (byId("trouble").dataset.lost) {
      delete byId("trouble").dataset.lost;
      text("trouble", "");
    }
  } catch (e) {
    byId("trouble").dataset.lost = "yes";
    text("trouble", "The agent does not answer: " + e.message);
  }
  setTimeout(look, EVERY_MS);
}

async function command(button) {
  const { command: name, seconds } = button.dataset;
  try {
    text("trouble", "");
    await ask("/" + name, {
      method: "POST",
      headers: { Authorization: "Bearer " + token },
      body: seconds === undefined ? "" : JSON.stringify({ seconds: Number(seconds) }),
    });
  } catch (e) {
    text("trouble", e.message);
  }
}

byId("buttons").hidden = token === null;
byId("readonly").hidden = token !== null;
byId("buttons").addEventListener("click", (event) => {
  if (event.target instanceof HTMLButtonElement) {
    command(event.target);
  }
});
look();
