// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.worker.discovery.Kind;
import io.mtor.worker.discovery.Names;
import io.mtor.worker.discovery.Prober;
import io.mtor.worker.discovery.WyomingProber;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.comfy.ComfyServer;
import io.mtor.worker.model.comfy.Workflows;
import io.mtor.worker.model.http.Endpoint;
import io.mtor.worker.model.http.HttpModelServer;
import io.mtor.worker.model.webui.WebUiServer;
import io.mtor.worker.model.wyoming.WyomingServer;
import io.mtor.worker.unload.Unloader;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Makes what looks for model servers, and what asks those that are found. */
record ModelServers(Vertx vertx, HttpClient client, Dialects dialects, Workflows workflows) {

    /** Those that this configuration wants. */
    static ModelServers of(Vertx vertx, HttpClient client, WorkerAgentConfig config) {
        var dialects = new Dialects(config.answer().maxMedia().toInt());
        return new ModelServers(
                vertx, client, dialects, Workflows.of(config.imagine().workflows()));
    }

    /** What looks for them. */
    Prober prober(WorkerAgentConfig.Discovery how) {
        long patience = how.patience().toMillis();
        var wyoming = new WyomingProber(vertx.createNetClient(), patience);
        return new Prober(client, wyoming, patience, how.remoteModels(), workflows.models());
    }

    /** For one server; its names are asked for anew with each intent. */
    ModelServer of(Kind kind, Endpoint endpoint, Supplier<Names> names) {
        UnaryOperator<String> serverName = model -> names.get().model(model);
        return switch (kind.api()) {
            case COMFYUI -> {
                var models = new ComfyServer.Models(workflows, serverName);
                yield new ComfyServer(vertx, client, endpoint, models, dialects.maxMediaBytes());
            }
            case WEBUI -> new WebUiServer(vertx, client, endpoint, serverName, dialects.maxMediaBytes());
            case WYOMING -> new WyomingServer(vertx, endpoint, dialects.maxMediaBytes());
            default -> new HttpModelServer(vertx, client, endpoint, dialects.of(kind, names));
        };
    }

    /** What has one server give memory of the GPU back. */
    Unloader unloader(Kind kind, Endpoint endpoint) {
        return new Unloader(client, endpoint, kind.id());
    }
}
