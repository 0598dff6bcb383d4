// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.ProtocolJson;
import org.jspecify.annotations.Nullable;

/** What is said while a cluster starts and runs: to people as a table, to programs as one JSON object per line. */
sealed interface Console {

    /** It can do its job now. */
    void ready(Member member);

    /** All can; others may join through {@code address}. No url if no gateway began here. */
    void allReady(@Nullable String url, String address);

    /** It ended, and nobody told it to. */
    void ended(Member member);

    /** For people. */
    final class Table implements Console {

        private boolean begun;

        @Override
        public void ready(Member member) {
            if (!begun) {
                begun = true;
                System.out.printf("%-11s %8s %6s  %s%n", "ROLE", "PID", "PORT", "LOG");
            }
            System.out.printf(
                    "%-11s %8d %6d  %s%n",
                    member.role().label(), member.process().pid(), member.port(), member.log());
        }

        @Override
        public void allReady(@Nullable String url, String address) {
            System.out.println("To add a worker-agent: mtor cluster --join " + address + " --workers 1");
            System.out.println((url == null ? "Joined" : "MTOR is ready: " + url)
                    + "   (Ctrl-C drains and stops what began here)");
        }

        @Override
        public void ended(Member member) {
            System.out.println(member.role().label() + " " + member.process().pid() + " ended with code "
                    + member.process().exitValue() + "; its log: " + member.log());
        }
    }

    /** For programs. */
    final class Json implements Console {

        @Override
        public void ready(Member member) {
            say(object(member)
                    .put("port", member.port())
                    .put("member", member.address())
                    .put("log", member.log().toString()));
        }

        @Override
        public void allReady(@Nullable String url, String address) {
            ObjectNode all = ProtocolJson.MAPPER.createObjectNode().put("ready", true);
            if (url != null) {
                all.put("url", url);
            }
            say(all.put("member", address));
        }

        @Override
        public void ended(Member member) {
            say(object(member).put("ended", member.process().exitValue()));
        }

        private static ObjectNode object(Member member) {
            return ProtocolJson.MAPPER
                    .createObjectNode()
                    .put("role", member.role().label())
                    .put("pid", member.process().pid());
        }

        private static void say(ObjectNode object) {
            System.out.println(object);
        }
    }
}
