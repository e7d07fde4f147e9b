package io.smilodon.bench.peer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every peer by name. */
public final class PeerTable {

    /** The one that the others are compared with. */
    public static final String OURS = "smilodon";

    /** What a user would pick instead; the rest are limits, written by hand on raw engines. */
    public static final List<String> DATABASES = List.of("sqlite", "postgresql", "arcadedb");

    /** Opens a peer. */
    @FunctionalInterface
    public interface Opener {
        Peer open(PeerSettings settings) throws Exception;
    }

    private static final Map<String, Opener> PEERS = new LinkedHashMap<>();

    static {
        PEERS.put(OURS, SmilodonPeer::new);
        PEERS.put("sqlite", SqlitePeer::new);
        PEERS.put("postgresql", PostgresPeer::new);
        PEERS.put("arcadedb", ArcadePeer::new);
        PEERS.put("rocksdb", RocksPeer::new);
        PEERS.put("lmdb", LmdbPeer::new);
        PEERS.put("mvstore", MvStorePeer::new);
    }

    private PeerTable() {}

    public static List<String> names() {
        return List.copyOf(PEERS.keySet());
    }

    public static Opener opener(String name) {
        Opener opener = PEERS.get(name);
        if (opener == null) {
            throw new IllegalArgumentException("no peer " + name + ", only " + PEERS.keySet());
        }
        return opener;
    }
}
