package io.smilodon.bench.peer;

import java.util.List;

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

    private static final List<String> NAMES =
            List.of(
                    OURS,
                    "sqlite",
                    "postgresql",
                    "arcadedb",
                    "rocksdb",
                    "lmdb",
                    "mvstore",
                    "lucene");

    private PeerTable() {}

    public static List<String> names() {
        return NAMES;
    }

    /** How to open a peer; the classes of the others are not loaded. */
    public static Opener opener(String name) {
        return switch (name) {
            case OURS -> SmilodonPeer::new;
            case "sqlite" -> SqlitePeer::new;
            case "postgresql" -> PostgresPeer::new;
            case "arcadedb" -> ArcadePeer::new;
            case "rocksdb" -> RocksPeer::new;
            case "lmdb" -> LmdbPeer::new;
            case "mvstore" -> MvStorePeer::new;
            case "lucene" -> LucenePeer::new;
            default -> throw new IllegalArgumentException("no peer " + name + ", only " + NAMES);
        };
    }
}
