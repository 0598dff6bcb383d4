// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.tidy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dependency rule: services meet only as messages, and decisions are made without a bus, a clock or chance. */
class ArchitectureTest {

    private static final JavaClasses MTOR =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.mtor");

    private static final String[] PURE = {
        "io.mtor.common.protocol..",
        "io.mtor.common.rendezvous..",
        "io.mtor.common.understand..",
        "io.mtor.gateway.audit..",
        "io.mtor.gateway.core..",
        "io.mtor.gateway.session..",
        "io.mtor.gateway.admission..",
        "io.mtor.gateway.operate..",
        "io.mtor.gateway.realm..",
        "io.mtor.dispatcher.match..",
        "io.mtor.dispatcher.select..",
        "io.mtor.dispatcher.queue..",
        "io.mtor.health.detect..",
        "io.mtor.worker.slots..",
        "io.mtor.worker.owner..",
        "io.mtor.realm.client.core.."
    };

    private static final List<String> SERVICES = List.of("gateway", "dispatcher", "health", "worker");

    @Test
    void shouldDecideWithoutVertx() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "com.hazelcast..")
                .because("a decision must be testable by calling a method")
                .check(MTOR);
    }

    @Test
    void shouldDecideWithoutLogging() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.util.logging..")
                .because("what a decision has to say, it returns")
                .check(MTOR);
    }

    @Test
    void shouldTakeTimeAndChanceAsArguments() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .because("a decision must be repeatable")
                .check(MTOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "dispatcher", "health", "worker"})
    void shouldKnowNoOtherService(String service) {
        String[] others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> "io.mtor." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.mtor." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("services meet only as messages")
                .check(MTOR);
    }

    @Test
    void shouldKeepCommonBelowEverybody() {
        noClasses()
                .that()
                .resideInAPackage("io.mtor.common..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.mtor.gateway..",
                        "io.mtor.dispatcher..",
                        "io.mtor.health..",
                        "io.mtor.worker..",
                        "io.mtor.realm..")
                .check(MTOR);
    }
}
