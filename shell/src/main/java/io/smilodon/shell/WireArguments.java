package io.smilodon.shell;

import io.smilodon.wire.WireOptions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that say how MongoDB's drivers and tools reach a server. */
final class WireArguments {

    /** A name, an IPv4 address or an IPv6 address in brackets, and a port. */
    private static final Pattern ADDRESS =
            Pattern.compile("([^:\\s\\[\\]]+|\\[[0-9a-fA-F:.]+\\]):[0-9]{1,5}");

    @Option(
            names = "--wire-port",
            paramLabel = "PORT",
            description =
                    "Port for MongoDB's drivers and tools; 0 takes a free one (default: 27017, if"
                            + " nobody listens there)")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--no-wire", description = "Do not listen to MongoDB's drivers and tools")
    private boolean isOff;

    @Option(
            names = "--replica-set",
            paramLabel = "NAME",
            defaultValue = "smilodon",
            description =
                    "Name of the replica set that drivers find, whose only member is this server;"
                            + " an empty name for none, and so no transactions and change streams"
                            + " by drivers (default: ${DEFAULT-VALUE})")
    private String replicaSet;

    @Option(
            names = "--advertise",
            paramLabel = "HOST:PORT",
            description =
                    "Where drivers find this server, if not at the address by which they came")
    private Optional<String> advertised = Optional.empty();

    /** Whether the user names the port: then it must be free. */
    boolean isPortGiven() {
        return port.isPresent();
    }

    /**
     * What they ask for; empty if nothing is to listen.
     *
     * @param addresses to listen on
     */
    Optional<WireOptions> options(List<String> addresses) {
        if (isOff) {
            return Optional.empty();
        }
        int chosen = port.orElse(WireOptions.DEFAULT_PORT);
        if (chosen < 0 || chosen > 65_535) {
            throw new ShellException("--wire-port takes 0 to 65535, not " + chosen);
        }
        advertised.ifPresent(WireArguments::checkAddress);
        Optional<String> set = Optional.of(replicaSet).filter(name -> !name.isEmpty());
        return Optional.of(
                new WireOptions(
                        chosen, addresses, set, advertised, WireOptions.DEFAULTS.connectionsMax()));
    }

    /** Drivers that are sent to no address never come back. */
    private static void checkAddress(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new ShellException("--advertise takes HOST:PORT, not " + address);
        }
    }
}
