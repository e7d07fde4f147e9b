package io.smilodon.database;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * How many connections a server has, in all and from each address. Programs of this machine share
 * one address, and are held to the number in all only. Thread-safe.
 */
public final class ConnectionCounts {

    /** Connections in all, unless a server is told otherwise. */
    public static final int COUNT_MAX = 2_000;

    /** Connections from one address of another machine, unless a server is told otherwise. */
    public static final int OF_ADDRESS_MAX = 200;

    private final int countMax;
    private final int ofAddressMax;

    /** Those from other machines. Guarded by this. */
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();

    /** Guarded by this. */
    private int count;

    /** Those of a server to which nobody has come yet. */
    public ConnectionCounts(int countMax, int ofAddressMax) {
        this.countMax = countMax;
        this.ofAddressMax = ofAddressMax;
    }

    /**
     * Counts a connection, unless there are too many.
     *
     * @return whether it is counted: then {@link #closed} is to be told when it ends
     */
    public synchronized boolean opened(InetAddress from) {
        int others = byAddress.getOrDefault(from, 0);
        if (count >= countMax || others >= ofAddressMax) {
            return false;
        }
        if (!from.isLoopbackAddress()) {
            byAddress.put(from, others + 1);
        }
        count++;
        return true;
    }

    /** A connection that was counted has ended. */
    public synchronized void closed(InetAddress from) {
        byAddress.computeIfPresent(from, (same, others) -> others == 1 ? null : others - 1);
        count--;
    }
}
