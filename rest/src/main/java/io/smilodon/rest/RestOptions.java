package io.smilodon.rest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the server listens.
 *
 * @param port the port on every address; 0 takes a free one
 * @param addresses the addresses to listen on; one that this machine lacks (IPv6 without support)
 *     is passed over as long as another works
 * @param hosts further names, beside the loopback ones and the addresses, that a request's Host
 *     header may carry
 * @param backupRoot beneath which backups may be written; without one there are none over HTTP
 */
public record RestOptions(
        int port, List<String> addresses, List<String> hosts, Optional<Path> backupRoot) {

    public static final int DEFAULT_PORT = 7400;

    /** Loopback only, IPv4 and IPv6. */
    public static final RestOptions DEFAULTS =
            new RestOptions(DEFAULT_PORT, List.of("127.0.0.1", "::1"), List.of(), Optional.empty());

    public RestOptions {
        addresses = List.copyOf(addresses);
        hosts = List.copyOf(hosts);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port);
        }
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: none");
        }
    }

    public RestOptions withPort(int other) {
        return new RestOptions(other, addresses, hosts, backupRoot);
    }

    public RestOptions withAddresses(List<String> others) {
        return new RestOptions(port, others, hosts, backupRoot);
    }

    public RestOptions withBackupRoot(Path root) {
        return new RestOptions(port, addresses, hosts, Optional.of(root));
    }
}
