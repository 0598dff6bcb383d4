// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.cluster.ClusterConfig;
import io.mtor.common.cluster.Service;
import io.mtor.common.config.ConfigLoader;
import io.mtor.dispatcher.DispatcherMain;
import io.mtor.gateway.GatewayMain;
import io.mtor.health.HealthMonitorMain;
import io.mtor.worker.WorkerAgentMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestsTest {

    private static final String POD_IP = "10.1.2.3";

    private final Manifests manifests = Manifests.ofBase();

    ManifestsTest() throws IOException {}

    @Test
    void shouldKeepEveryRule() {
        assertThat(ManifestRules.broken(manifests)).isEmpty();
        assertThat(manifests.ofKind("Deployment")).hasSize(4);
    }

    /** A rule that nothing can break says nothing: each line spoils the manifests in one way. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Deployment mtor-gateway      | /spec/selector/matchLabels/app.kubernetes.io~1name            | "other"
            Deployment mtor-gateway      | /spec/template/spec/containers/0/image                        | "mtor/gateway:latest"
            Deployment mtor-gateway      | /spec/template/spec/containers/0/image                        | "mtor/gateway"
            Deployment mtor-gateway      | /spec/template/spec/containers/0/ports/0/name                 | "web"
            Deployment mtor-gateway      | /spec/template/spec/containers/0/ports/1/name                 | "http"
            Deployment mtor-gateway      | /spec/template/spec/containers/0/resources/limits/cpu         | "1"
            Deployment mtor-gateway      | /spec/template/spec/terminationGracePeriodSeconds             | 30
            Deployment mtor-dispatcher   | /spec/template/spec/containers/0/readinessProbe               | {}
            Deployment mtor-dispatcher   | /spec/template/spec/containers/0/livenessProbe/httpGet/path   | "/readyz"
            Deployment mtor-dispatcher   | /spec/template/spec/containers/0/startupProbe/httpGet/port    | "http"
            Deployment mtor-dispatcher   | /spec/strategy/rollingUpdate/maxUnavailable                   | 1
            Deployment mtor-dispatcher   | /metadata/name                                                | "mtor-gateway"
            Deployment mtor-dispatcher   | /spec/template/spec/automountServiceAccountToken              | true
            Deployment mtor-dispatcher   | /spec/template/spec/enableServiceLinks                        | true
            Deployment mtor-dispatcher   | /spec/template/spec/hostNetwork                               | true
            Deployment mtor-dispatcher   | /spec/template/spec/securityContext/runAsNonRoot              | false
            Deployment mtor-dispatcher   | /spec/template/spec/securityContext/seccompProfile            | {}
            Deployment mtor-worker-agent | /spec/template/spec/containers/0/securityContext              | {}
            Deployment mtor-worker-agent | /spec/template/spec/containers/0/securityContext/privileged   | true
            Deployment mtor-worker-agent | /spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem | false
            Deployment mtor-worker-agent | /spec/template/spec/containers/0/volumeMounts/1/name          | "conf"
            Deployment mtor-worker-agent | /spec/template/spec/volumes/1/configMap/name                  | "gone"
            Deployment mtor-worker-agent | /spec/template/metadata/labels/mtor.dev~1cluster              | "no"
            Deployment mtor-worker-agent | /spec/template/metadata/labels/app.kubernetes.io~1part-of     | "other"
            Service mtor-gateway         | /spec/ports/0/targetPort                                      | "htttp"
            Service mtor-gateway         | /spec/selector/app.kubernetes.io~1name                        | "gateway"
            Service mtor-cluster         | /spec/publishNotReadyAddresses                                | false
            Service mtor-cluster         | /spec/clusterIP                                               | "10.0.0.1"
            PodDisruptionBudget mtor-gateway | /spec/minAvailable                                        | 1
            PodDisruptionBudget mtor-gateway | /spec/selector/matchLabels/app.kubernetes.io~1name        | "gateway"
            NetworkPolicy mtor-default-deny  | /spec/ingress                                             | [{}]
            NetworkPolicy mtor-cluster       | /spec/ingress/0/from                                      | []
            NetworkPolicy mtor-cluster       | /spec/ingress/0/from/0/podSelector                        | {}
            NetworkPolicy mtor-gateway       | /spec/ingress/0/ports/0/port                              | "https"
            """)
    void shouldNoticeWhatIsSpoiled(String object, String pointer, String value) throws IOException {
        // Given
        Manifests spoiled = manifests.copy();
        String[] words = object.split(" ", -1);

        // When
        set(spoiled.named(words[0], words[1]), pointer, new ObjectMapper().readTree(value));

        // Then
        assertThat(ManifestRules.broken(spoiled)).isNotEmpty();
    }

    @Test
    void shouldConfigureEveryServiceWithoutAnError(@TempDir Path folder) throws IOException {
        for (Service<?> service : services()) {
            ClusterConfig cluster = cluster(service, environment(service, folder));
            assertThat(cluster.enabled()).isTrue();
            assertThat(cluster.bindHost()).isEqualTo(POD_IP);
            assertThat(cluster.busPort()).isEqualTo(5702);
            assertThat(cluster.liteMember()).isEqualTo(!(service instanceof DispatcherMain));
        }
    }

    @Test
    void shouldGiveEveryServiceTheTimeItsDrainMayTake(@TempDir Path folder) throws IOException {
        for (Service<?> service : services()) {
            int grace = Manifests.pod(manifests.named("Deployment", service.name()))
                    .path("terminationGracePeriodSeconds")
                    .asInt();
            int asleep = Manifests.container(manifests.named("Deployment", service.name()))
                    .at("/lifecycle/preStop/sleep/seconds")
                    .asInt();
            assertThat(drainSeconds(service, environment(service, folder)) + asleep)
                    .as(service.name())
                    .isLessThan(grace - 5);
        }
    }

    private static List<Service<?>> services() {
        return List.of(new GatewayMain(), new DispatcherMain(), new HealthMonitorMain(), new WorkerAgentMain());
    }

    private static <C extends Record> ClusterConfig cluster(Service<C> service, Map<String, String> environment) {
        return service.cluster(load(service, environment));
    }

    private static <C extends Record> long drainSeconds(Service<C> service, Map<String, String> environment) {
        return service.drainLimit(load(service, environment)).toSeconds();
    }

    private static <C extends Record> C load(Service<C> service, Map<String, String> environment) {
        return ConfigLoader.load(service.type(), service.aliases(), List.of(), environment)
                .config();
    }

    /** What a container of this service finds in its environment; files of config maps are written to the folder. */
    private Map<String, String> environment(Service<?> service, Path folder) throws IOException {
        var environment = new HashMap<String, String>();
        for (JsonNode variable : Manifests.container(manifests.named("Deployment", service.name()))
                .path("env")) {
            environment.put(variable.get("name").asText(), value(variable));
        }
        String file = environment.get("MTOR_CONFIG");
        if (file != null) {
            String name = String.valueOf(Path.of(file).getFileName());
            String content = manifests
                    .named("ConfigMap", service.name())
                    .at("/data/" + name)
                    .asText();
            environment.put(
                    "MTOR_CONFIG",
                    Files.writeString(folder.resolve(name), content).toString());
        }
        return environment;
    }

    private static String value(JsonNode variable) {
        if (variable.has("value")) {
            return variable.get("value").asText();
        }
        return variable.path("valueFrom").has("secretKeyRef") ? "a secret of the cluster" : POD_IP;
    }

    private static void set(JsonNode object, String pointer, JsonNode value) {
        int cut = pointer.lastIndexOf('/');
        String last = pointer.substring(cut + 1).replace("~1", "/");
        switch (object.at(pointer.substring(0, cut))) {
            case ObjectNode parent -> parent.set(last, value);
            case ArrayNode parent -> parent.set(Integer.parseInt(last), value);
            default -> throw new AssertionError("nothing at " + pointer);
        }
    }
}
