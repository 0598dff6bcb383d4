// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.k8s;

import static io.mtor.e2e.k8s.Manifests.container;
import static io.mtor.e2e.k8s.Manifests.each;
import static io.mtor.e2e.k8s.Manifests.name;
import static io.mtor.e2e.k8s.Manifests.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What must be true of the manifests, beyond their form: {@code docs/operating/kubernetes.md} says why. */
final class ManifestRules {

    private final Manifests manifests;
    private final List<String> broken = new ArrayList<>();

    private ManifestRules(Manifests manifests) {
        this.manifests = manifests;
    }

    /** Every rule that is broken, with the object that breaks it. */
    static List<String> broken(Manifests manifests) {
        var rules = new ManifestRules(manifests);
        rules.names();
        manifests.ofKind("Deployment").forEach(rules::deployment);
        manifests.ofKind("Service").forEach(rules::service);
        manifests.ofKind("PodDisruptionBudget").forEach(rules::disruption);
        rules.network();
        return rules.broken;
    }

    private void names() {
        List<String> names = manifests.objects().stream()
                .map(object -> object.path("kind").asText() + " " + name(object))
                .toList();
        require(names.stream().distinct().count() == names.size(), "all", "each object has its own name");
    }

    private void deployment(JsonNode it) {
        String at = name(it);
        JsonNode spec = it.get("spec");
        require(selects(spec.at("/selector/matchLabels"), it), at, "the selector matches the template's labels");
        require(spec.path("minReadySeconds").asInt() >= 10, at, "a pod must hold for a while before the next one");
        require(
                spec.at("/strategy/rollingUpdate/maxUnavailable").asInt(-1) == 0,
                at,
                "no pod goes before another comes");
        require(pod(it).path("containers").size() == 1, at, "one container");
        String image = container(it).path("image").asText();
        require(image.matches(".+:\\d+\\.\\d+\\.\\d+"), at, "the image has a version, never latest: " + image);
        ports(it, at);
        probes(it, at);
        security(it, at);
        resources(it, at);
        volumes(it, at);
        stopping(it, at);
        require(
                manifests.ofKind("PodDisruptionBudget").anyMatch(pdb -> name(pdb)
                        .equals(at)),
                at,
                "there is a disruption budget");
    }

    private void ports(JsonNode it, String at) {
        List<String> names = each(container(it).path("ports"))
                .map(port -> port.path("name").asText())
                .toList();
        require(names.containsAll(List.of("hazelcast", "bus")), at, "the cluster's ports are named");
        require(names.stream().distinct().count() == names.size(), at, "each port has its own name");
    }

    private void probes(JsonNode it, String at) {
        Set<String> ports = portNames(it);
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode http = container(it).path(probe).path("httpGet");
            String path = probe.equals("readinessProbe") ? "/readyz" : "/livez";
            require(http.path("path").asText().equals(path), at, probe + " asks " + path);
            require(ports.contains(http.path("port").asText()), at, probe + " asks a port of the container");
            require(container(it).path(probe).size() > 1, at, probe + " has its own patience");
        }
    }

    /** The restricted profile of the pod security standards, and no token. */
    private void security(JsonNode it, String at) {
        JsonNode ofPod = pod(it).path("securityContext");
        JsonNode ofContainer = container(it).path("securityContext");
        require(ofPod.path("runAsNonRoot").asBoolean(), at, "it does not run as root");
        require(ofPod.path("runAsUser").asInt() > 0, at, "its user has a number");
        require(ofPod.at("/seccompProfile/type").asText().equals("RuntimeDefault"), at, "system calls are filtered");
        require(!ofContainer.path("allowPrivilegeEscalation").asBoolean(true), at, "no privilege is gained");
        require(!ofContainer.path("privileged").asBoolean(), at, "it is not privileged");
        require(ofContainer.path("readOnlyRootFilesystem").asBoolean(), at, "its files are read-only");
        require(ofContainer.at("/capabilities/drop/0").asText().equals("ALL"), at, "all capabilities are dropped");
        require(ofContainer.at("/capabilities/add").isMissingNode(), at, "no capability is added");
        require(!pod(it).path("automountServiceAccountToken").asBoolean(true), at, "it has no token of the cluster");
        require(!pod(it).path("enableServiceLinks").asBoolean(true), at, "no service puts variables beside ours");
        for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
            require(!pod(it).path(shared).asBoolean(), at, "it shares nothing with its node: " + shared);
        }
    }

    private void resources(JsonNode it, String at) {
        JsonNode resources = container(it).path("resources");
        require(resources.at("/limits/memory").isTextual(), at, "memory has a limit");
        require(
                resources.at("/requests/memory").equals(resources.at("/limits/memory")),
                at,
                "it gets the memory it needs");
        require(resources.at("/requests/cpu").isTextual(), at, "it asks for CPU");
        require(resources.at("/limits/cpu").isMissingNode(), at, "CPU has no limit: throttling looks like dying");
    }

    private void volumes(JsonNode it, String at) {
        Set<String> volumes = each(pod(it).path("volumes"))
                .map(volume -> volume.path("name").asText())
                .collect(Collectors.toSet());
        each(container(it).path("volumeMounts"))
                .forEach(mount -> require(volumes.contains(mount.path("name").asText()), at, "mounted volumes exist"));
        each(pod(it).path("volumes"))
                .map(volume -> volume.at("/configMap/name"))
                .filter(JsonNode::isTextual)
                .forEach(map -> require(
                        manifests.ofKind("ConfigMap").anyMatch(object -> name(object)
                                .equals(map.asText())),
                        at,
                        "config maps exist: " + map.asText()));
    }

    private void stopping(JsonNode it, String at) {
        int wanted =
                switch (at) {
                    case "mtor-gateway" -> 60;
                    case "mtor-worker-agent" -> 330;
                    default -> 30;
                };
        require(
                pod(it).path("terminationGracePeriodSeconds").asInt() == wanted,
                at,
                "it may take " + wanted + " s to stop");
    }

    private void service(JsonNode it) {
        String at = "Service " + name(it);
        List<JsonNode> selected = manifests
                .ofKind("Deployment")
                .filter(deployment -> selects(it.at("/spec/selector"), deployment))
                .toList();
        require(!selected.isEmpty(), at, "it selects somebody");
        each(it.at("/spec/ports")).forEach(port -> {
            String target = port.path("targetPort").asText();
            require(
                    selected.stream()
                            .allMatch(deployment -> portNames(deployment).contains(target)),
                    at,
                    "its target is a named port of every pod it selects: " + target);
        });
        if (name(it).equals("mtor-cluster")) {
            require(it.at("/spec/clusterIP").asText().equals("None"), at, "it is headless");
            require(it.at("/spec/publishNotReadyAddresses").asBoolean(), at, "it names pods that are not ready");
            require(selected.size() == 4, at, "it names every member");
        }
    }

    private void disruption(JsonNode it) {
        String at = "PodDisruptionBudget " + name(it);
        require(it.at("/spec/maxUnavailable").asInt() == 1, at, "one at a time");
        require(it.at("/spec/minAvailable").isMissingNode(), at, "one bound");
        require(
                manifests
                        .ofKind("Deployment")
                        .anyMatch(deployment -> name(deployment).equals(name(it))
                                && selects(it.at("/spec/selector/matchLabels"), deployment)),
                at,
                "it selects its deployment");
    }

    private void network() {
        JsonNode deny = manifests.named("NetworkPolicy", "mtor-default-deny").get("spec");
        require(deny.path("policyTypes").size() == 2, "network", "both ways are denied");
        require(
                deny.path("ingress").isEmpty() && deny.path("egress").isEmpty(),
                "network",
                "the denial has no exception");
        manifests
                .ofKind("Deployment")
                .forEach(deployment -> require(
                        selects(deny.at("/podSelector/matchLabels"), deployment),
                        name(deployment),
                        "it is denied first"));
        manifests.ofKind("NetworkPolicy").forEach(policy -> {
            for (JsonNode rule : policy.at("/spec/ingress")) {
                each(rule.path("ports"))
                        .forEach(port ->
                                ingress(name(policy), rule, port.path("port").asText()));
            }
        });
    }

    private void ingress(String policy, JsonNode rule, String port) {
        boolean known = manifests.ofKind("Deployment").anyMatch(deployment -> portNames(deployment)
                .contains(port));
        require(known, policy, "the port it opens exists: " + port);
        if (Set.of("hazelcast", "bus").contains(port)) {
            JsonNode from = rule.path("from");
            boolean onlyOurs = from.size() == 1
                    && from.at("/0/podSelector/matchLabels/mtor.dev~1cluster")
                            .asText()
                            .equals("true")
                    && from.at("/0/namespaceSelector").isMissingNode();
            require(onlyOurs, policy, "only members reach the cluster's ports");
        }
    }

    private static boolean selects(JsonNode selector, JsonNode deployment) {
        JsonNode labels = deployment.at("/spec/template/metadata/labels");
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
    }

    private static Set<String> portNames(JsonNode deployment) {
        return each(container(deployment).path("ports"))
                .map(port -> port.path("name").asText())
                .collect(Collectors.toSet());
    }

    private void require(boolean kept, String at, String rule) {
        if (!kept) {
            broken.add(at + ": " + rule);
        }
    }
}
