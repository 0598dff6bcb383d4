// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What others on the local network may call this machine. */
public final class MachineNames {

    private static final Pattern HOST_NAME = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private MachineNames() {}

    /** Its names and addresses, {@code localhost} first. */
    static List<String> all() {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        String own = hostName();
        if (HOST_NAME.matcher(own).matches() && !isAddress(own)) {
            names.add(own);
            if (!own.contains(".")) {
                names.add(own + ".local");
            }
        }
        names.addAll(lanAddresses());
        return List.copyOf(names);
    }

    /** Addresses by which others can reach it, IPv4 first. */
    public static List<String> lanAddresses() {
        List<String> four = new ArrayList<>();
        List<String> six = new ArrayList<>();
        try {
            NetworkInterface.networkInterfaces()
                    .filter(MachineNames::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .forEach(address -> (address instanceof Inet4Address ? four : six).add(written(address)));
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        four.addAll(six);
        return four;
    }

    /** Without the interface that Java appends to an address of IPv6. */
    private static String written(InetAddress address) {
        String written = address.getHostAddress();
        int zone = written.indexOf('%');
        return zone < 0 ? written : written.substring(0, zone);
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    static boolean isAddress(String name) {
        return name.contains(":") || name.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }
}
