// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import io.mtor.common.config.Aliases;
import io.mtor.common.config.Key;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;

/** A service for tests: listens on a port, and says what happens to it, a line each, on its standard output. */
final class EchoService implements Service<EchoService.EchoConfig> {

    record EchoConfig(Echo echo, ClusterConfig cluster) {}

    record Echo(
            @Key(doc = "Port to listen on", byDefault = "0") int port,

            @Key(doc = "Whether to hang when told to stop", byDefault = "false")
            boolean hang,

            @Key(doc = "Time to stop", byDefault = "10s") Duration drain) {}

    public static void main(String[] args) {
        ServiceMain.run(new EchoService(), args);
    }

    @Override
    public String name() {
        return "mtor-echo";
    }

    @Override
    public Class<EchoConfig> type() {
        return EchoConfig.class;
    }

    @Override
    public Aliases aliases() {
        return Aliases.none().flag("--cluster", "cluster.enabled");
    }

    @Override
    public ClusterConfig cluster(EchoConfig config) {
        return config.cluster();
    }

    @Override
    public Duration drainLimit(EchoConfig config) {
        return config.echo().drain();
    }

    @Override
    public Future<?> start(EchoConfig config, Node node) {
        return node.vertx().deployVerticle(new Listener(config.echo(), node.membership()));
    }

    private static final class Listener extends VerticleBase {

        private final Echo echo;
        private final Membership membership;

        Listener(Echo echo, Membership membership) {
            this.echo = echo;
            this.membership = membership;
        }

        @Override
        public Future<?> start() {
            membership.onNodeLeft(context, node -> System.out.println("gone " + node));
            var consumer = vertx.eventBus().<String>consumer("echo", message -> message.reply(membership.nodeId()));
            var server = vertx.createHttpServer()
                    .requestHandler(request -> request.response().end("echo"));
            return consumer.completion()
                    .compose(known ->
                            StartException.naming("127.0.0.1", echo.port(), server.listen(echo.port(), "127.0.0.1")))
                    .onSuccess(listening -> System.out.println("node " + membership.nodeId()));
        }

        @Override
        public Future<?> stop() {
            System.out.println("stopping");
            return echo.hang() ? Promise.promise().future() : Future.succeededFuture();
        }
    }
}
