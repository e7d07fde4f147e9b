package io.smilodon.wire;

import io.smilodon.database.ConnectionCounts;
import java.util.List;
import java.util.Optional;

/**
 * Where the server listens to MongoDB's clients, and as what.
 *
 * @param port the port on every address; 0 takes a free one
 * @param addresses the addresses to listen on
 * @param replicaSet the set that the server is the only member of: clients offer transactions,
 *     change streams and writes sent again only to sets. Empty for a server that stands alone
 * @param advertised the {@code host:port} at which clients are to connect again; empty for the
 *     address that each of them has come by
 * @param connectionsMax connections at a time; further ones are closed at once
 * @param limits what clients may cost
 * @param isLoginRequired whether who has not logged in may do nothing, instead of everything
 */
public record WireOptions(
        int port,
        List<String> addresses,
        Optional<String> replicaSet,
        Optional<String> advertised,
        int connectionsMax,
        WireLimits limits,
        boolean isLoginRequired) {

    /** MongoDB's. */
    public static final int DEFAULT_PORT = 27017;

    /** Loopback only, as the set {@code smilodon}. */
    public static final WireOptions DEFAULTS =
            new WireOptions(
                    DEFAULT_PORT,
                    List.of("127.0.0.1", "::1"),
                    Optional.of("smilodon"),
                    Optional.empty(),
                    ConnectionCounts.COUNT_MAX);

    public WireOptions {
        addresses = List.copyOf(addresses);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port);
        }
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: none");
        }
        if (connectionsMax < 1) {
            throw new IllegalArgumentException("connectionsMax: " + connectionsMax);
        }
    }

    /** With the usual limits, and without logins. */
    public WireOptions(
            int port,
            List<String> addresses,
            Optional<String> replicaSet,
            Optional<String> advertised,
            int connectionsMax) {
        this(port, addresses, replicaSet, advertised, connectionsMax, WireLimits.DEFAULTS, false);
    }

    public WireOptions withPort(int other) {
        return new WireOptions(
                other, addresses, replicaSet, advertised, connectionsMax, limits, isLoginRequired);
    }

    public WireOptions withAddresses(List<String> others) {
        return new WireOptions(
                port, others, replicaSet, advertised, connectionsMax, limits, isLoginRequired);
    }

    /** As the only member of another set. */
    public WireOptions withReplicaSet(String name) {
        return new WireOptions(
                port,
                addresses,
                Optional.of(name),
                advertised,
                connectionsMax,
                limits,
                isLoginRequired);
    }

    /** Without a set. */
    public WireOptions standalone() {
        return new WireOptions(
                port,
                addresses,
                Optional.empty(),
                advertised,
                connectionsMax,
                limits,
                isLoginRequired);
    }

    public WireOptions withAdvertised(String hostAndPort) {
        return new WireOptions(
                port,
                addresses,
                replicaSet,
                Optional.of(hostAndPort),
                connectionsMax,
                limits,
                isLoginRequired);
    }

    public WireOptions withConnectionsMax(int most) {
        return new WireOptions(
                port, addresses, replicaSet, advertised, most, limits, isLoginRequired);
    }

    public WireOptions withLimits(WireLimits others) {
        return new WireOptions(
                port, addresses, replicaSet, advertised, connectionsMax, others, isLoginRequired);
    }

    /** For those only who log in. */
    public WireOptions withLoginRequired() {
        return new WireOptions(
                port, addresses, replicaSet, advertised, connectionsMax, limits, true);
    }
}
