// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm;

import io.mtor.gateway.tls.MachineNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where HTTPS is to be had, for who started the realm: on this machine, and from others if it listens for them. */
final class SecureAddresses {

    private SecureAddresses() {}

    /** @param host the address that the gateway listens on */
    static List<String> of(String host, int port) {
        List<String> hosts = new ArrayList<>();
        switch (host) {
            case "0.0.0.0" -> {
                hosts.add("localhost");
                hosts.addAll(lan().filter(address -> !address.contains(":")).toList());
            }
            case "::" -> {
                hosts.add("localhost");
                hosts.addAll(lan().toList());
            }
            case "127.0.0.1", "::1" -> hosts.add("localhost");
            default -> hosts.add(host);
        }
        return hosts.stream()
                .map(each -> "https://" + (each.contains(":") ? "[" + each + "]" : each) + ":" + port)
                .toList();
    }

    private static Stream<String> lan() {
        return MachineNames.lanAddresses().stream();
    }
}
