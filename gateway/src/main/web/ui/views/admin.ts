// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { readHosts, type Host } from "../../core/hosts.ts";
import { kindName, t } from "../../core/i18n.ts";
import { MAX_NOTICE_CHARS, onlyBy, type Figures } from "../../core/operate.ts";
import type { Worker } from "../../core/protocol.ts";
import type { State } from "../../core/state.ts";
import { v } from "../../core/view-words.ts";
import { chart } from "../chart.ts";
import { Light } from "../light.ts";
import { dispatchers, gateways, hosts, queues, workers } from "./tables.ts";

/** What an operator sees and does. */
export class MtorAdmin extends Light {
  static override properties = { state: { attribute: false }, language: {}, notice: { state: true }, asking: { state: true }, revoked: { state: true } };
  declare state: State;
  declare language: string;
  declare notice: string;
  /** The worker that is to be drained although nobody else does its work. */
  declare asking: Worker | undefined;
  /** The host that is to be revoked, if that is really meant. */
  declare revoked: Host | undefined;

  constructor() {
    super();
    this.notice = "";
  }

  override render(): TemplateResult {
    const { operating } = this.state;
    return html`<section class="operate" aria-labelledby="view-title">
      <h2 id="view-title">${t("nav.admin")}</h2>
      ${operating.admin ? this.#signedIn() : html`<p class="dim">${v("operate.signedOut")}</p>`}
    </section>`;
  }

  #signedIn(): TemplateResult {
    const { operating, realm, link } = this.state;
    const { latest, trouble } = operating;
    const stale = link.phase !== "up";
    const known = readHosts(latest ?? {});
    return html`
      <p class="dim stale" role="status">${stale ? v("operate.stale") : nothing}</p>
      <p class="wrong" role="alert">${trouble ?? nothing}</p>
      <h3>${v("operate.now")}</h3>
      <div class="charts">
        ${this.#chart(v("operate.waiting"), ({ waiting }) => waiting)} ${this.#chart(v("operate.placed"), ({ placed }) => placed)}
        ${this.#chart(v("operate.open"), ({ open }) => open)} ${this.#chart(v("operate.sessions"), ({ sessions }) => sessions)}
      </div>
      <h3>${t("workers.title")}</h3>
      ${workers(realm, known, stale, (worker) => this.#act(worker))}
      <h3>${v("hosts.title")}</h3>
      ${hosts(known, stale, {
        approve: (host) => this.#rule("approve", host),
        revoke: (host) => this.#askToRevoke(host),
        drain: (host) => this.#rule("drain", host),
      })}
      <h3>${v("operate.queues")}</h3>
      ${queues(latest?.lines ?? [])}
      <h3>${v("operate.dispatchers")}</h3>
      ${dispatchers(latest?.dispatchers ?? [])}
      <h3>${v("operate.gateways")}</h3>
      ${gateways(latest?.gateways ?? [])} ${this.#form(stale)} ${this.#dialog()} ${this.#revoking()}
    `;
  }

  #chart(title: string, pick: (figures: Figures) => number | undefined): TemplateResult {
    return chart(title, this.state.operating.history, pick);
  }

  #form(stale: boolean): TemplateResult {
    const words = this.notice.trim();
    const send = (event: Event): void => {
      event.preventDefault();
      if (words !== "") {
        this.emit("mtor-operate", { kind: "tell", words });
        this.notice = "";
      }
    };
    return html`<h3 id="tell-title">${v("operate.tell")}</h3>
      <form class="tell" aria-labelledby="tell-title" @submit=${send}>
        <label for="tell-words">${v("operate.tell.words")}</label>
        <textarea
          id="tell-words"
          rows="2"
          maxlength=${MAX_NOTICE_CHARS}
          .value=${this.notice}
          @input=${(event: Event) => (this.notice = (event.target as HTMLTextAreaElement).value)}
        ></textarea>
        ${words === "" ? nothing : html`<div class="banner notice preview"><p><strong>${t("banner.notice")}:</strong> ${words}</p></div>`}
        <button class="capsule" ?disabled=${stale || words === ""}>${v("operate.tell.send")}</button>
      </form>`;
  }

  /** Taking work away from a kind that nobody else does is asked about first. */
  #act(worker: Worker): void {
    if (worker.health === "draining") {
      this.emit("mtor-operate", { kind: "take-back", workerId: worker.worker_id });
    } else if (this.state.realm !== undefined && onlyBy(this.state.realm, worker).length > 0) {
      this.asking = worker;
      void this.updateComplete.then(() => this.querySelector<HTMLDialogElement>("#drain")?.showModal());
    } else {
      this.#drain(worker);
    }
  }

  #drain({ worker_id }: Worker): void {
    this.emit("mtor-operate", { kind: "drain", workerId: worker_id });
    this.querySelector<HTMLDialogElement>("#drain")?.close();
  }

  #rule(action: "approve" | "drain" | "revoke", { mark }: Host): void {
    this.emit("mtor-operate", { kind: "rule", action, host: mark });
    this.querySelector<HTMLDialogElement>("#revoke")?.close();
  }

  #askToRevoke(host: Host): void {
    this.revoked = host;
    void this.updateComplete.then(() => this.querySelector<HTMLDialogElement>("#revoke")?.showModal());
  }

  #revoking(): TemplateResult {
    const { revoked } = this;
    return html`<dialog id="revoke" aria-labelledby="revoke-ask" @close=${() => (this.revoked = undefined)}>
      <h2 id="revoke-ask">${v("hosts.revoke.ask", { host: revoked?.name ?? revoked?.mark ?? "" })}</h2>
      <p>${v("hosts.revoke.what")}</p>
      <form method="dialog">
        <button class="capsule" autofocus>${v("operate.drain.no")}</button>
        <button type="button" class="capsule danger" @click=${() => revoked && this.#rule("revoke", revoked)}>${v("hosts.revoke")}</button>
      </form>
    </dialog>`;
  }

  #dialog(): TemplateResult {
    const { asking } = this;
    const kinds = asking === undefined || this.state.realm === undefined ? [] : onlyBy(this.state.realm, asking).map(kindName);
    return html`<dialog id="drain" aria-labelledby="drain-ask" @close=${() => (this.asking = undefined)}>
      <h2 id="drain-ask">${v("operate.drain.ask", { worker: asking?.name ?? "" })}</h2>
      <p>${v("operate.drain.only", { kinds: kinds.join(", ") })}</p>
      <form method="dialog">
        <button class="capsule" autofocus>${v("operate.drain.no")}</button>
        <button type="button" class="capsule danger" @click=${() => asking && this.#drain(asking)}>${v("operate.drain.yes")}</button>
      </form>
    </dialog>`;
  }
}
