package io.smilodon.rest;

import io.smilodon.database.ConnectionCounts;
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
 * @param connectionsMax connections at a time; further ones are closed at once
 * @param connectionsOfAddressMax the same of one other machine
 * @param isLoginRequired whether who has not logged in may do nothing
 */
public record RestOptions(
        int port,
        List<String> addresses,
        List<String> hosts,
        Optional<Path> backupRoot,
        int connectionsMax,
        int connectionsOfAddressMax,
        boolean isLoginRequired) {

    public static final int DEFAULT_PORT = 7400;

    /** Loopback only, IPv4 and IPv6. */
    public static final RestOptions DEFAULTS =
            new RestOptions(
                    DEFAULT_PORT,
                    List.of("127.0.0.1", "::1"),
                    List.of(),
                    Optional.empty(),
                    ConnectionCounts.COUNT_MAX,
                    ConnectionCounts.OF_ADDRESS_MAX,
                    false);

    public RestOptions {
        addresses = List.copyOf(addresses);
        hosts = List.copyOf(hosts);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port);
        }
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: none");
        }
        if (connectionsMax < 1 || connectionsOfAddressMax < 1) {
            throw new IllegalArgumentException(
                    "connections: " + connectionsMax + ", " + connectionsOfAddressMax);
        }
    }

    public RestOptions withPort(int other) {
        return new RestOptions(
                other,
                addresses,
                hosts,
                backupRoot,
                connectionsMax,
                connectionsOfAddressMax,
                isLoginRequired);
    }

    public RestOptions withAddresses(List<String> others) {
        return new RestOptions(
                port,
                others,
                hosts,
                backupRoot,
                connectionsMax,
                connectionsOfAddressMax,
                isLoginRequired);
    }

    /** Further names that requests may call the server by. */
    public RestOptions withHosts(List<String> others) {
        return new RestOptions(
                port,
                addresses,
                others,
                backupRoot,
                connectionsMax,
                connectionsOfAddressMax,
                isLoginRequired);
    }

    public RestOptions withBackupRoot(Path root) {
        return new RestOptions(
                port,
                addresses,
                hosts,
                Optional.of(root),
                connectionsMax,
                connectionsOfAddressMax,
                isLoginRequired);
    }

    /** At most so many connections, and so many of one other machine. */
    public RestOptions withConnections(int most, int mostOfAddress) {
        return new RestOptions(
                port, addresses, hosts, backupRoot, most, mostOfAddress, isLoginRequired);
    }

    /** For those only who log in. */
    public RestOptions withLoginRequired() {
        return new RestOptions(
                port, addresses, hosts, backupRoot, connectionsMax, connectionsOfAddressMax, true);
    }
}
