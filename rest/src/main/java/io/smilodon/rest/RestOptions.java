package io.smilodon.rest;

import io.smilodon.database.ConnectionCounts;
import io.smilodon.rest.login.LoginOptions;
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
 * @param login how users log in; empty where everybody may do everything
 * @param fileBytesMax how large a file of a bucket may be that is uploaded
 */
public record RestOptions(
        int port,
        List<String> addresses,
        List<String> hosts,
        Optional<Path> backupRoot,
        int connectionsMax,
        int connectionsOfAddressMax,
        Optional<LoginOptions> login,
        long fileBytesMax) {

    /** 16 GiB. */
    public static final long FILE_BYTES_MAX = 16L << 30;

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
                    Optional.empty(),
                    FILE_BYTES_MAX);

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
        if (fileBytesMax < 0) {
            throw new IllegalArgumentException("fileBytesMax: " + fileBytesMax);
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
                login,
                fileBytesMax);
    }

    public RestOptions withAddresses(List<String> others) {
        return new RestOptions(
                port,
                others,
                hosts,
                backupRoot,
                connectionsMax,
                connectionsOfAddressMax,
                login,
                fileBytesMax);
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
                login,
                fileBytesMax);
    }

    public RestOptions withBackupRoot(Path root) {
        return new RestOptions(
                port,
                addresses,
                hosts,
                Optional.of(root),
                connectionsMax,
                connectionsOfAddressMax,
                login,
                fileBytesMax);
    }

    /** At most so many connections, and so many of one other machine. */
    public RestOptions withConnections(int most, int mostOfAddress) {
        return new RestOptions(
                port, addresses, hosts, backupRoot, most, mostOfAddress, login, fileBytesMax);
    }

    /** For those only who log in. */
    public RestOptions withLogin(LoginOptions options) {
        return new RestOptions(
                port,
                addresses,
                hosts,
                backupRoot,
                connectionsMax,
                connectionsOfAddressMax,
                Optional.of(options),
                fileBytesMax);
    }

    /** With files of at most so many bytes. */
    public RestOptions withFileBytesMax(long most) {
        return new RestOptions(
                port,
                addresses,
                hosts,
                backupRoot,
                connectionsMax,
                connectionsOfAddressMax,
                login,
                most);
    }
}
