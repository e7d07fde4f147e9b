package io.smilodon.engine.torture;

import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.SeededStores;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.testing.DiskImage;
import io.smilodon.engine.testing.DiskState;
import io.smilodon.engine.testing.FaultyDirectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Opens what a power loss left, once for equal images, and says which state of the script it is in.
 * Not thread-safe.
 */
final class CrashVerdicts {

    /** Of so many images one is written to afterwards, and opened again. */
    private static final int GOES_ON_EVERY = 8;

    private final Script script;
    private final NumberedCommits commits;
    private final Map<Long, Integer> ranks = new HashMap<>();

    CrashVerdicts(ScriptRun run) {
        this.script = run.script();
        this.commits = run.commits();
    }

    /** How many commits have taken effect in an image. */
    int rank(DiskImage image) {
        long fingerprint = image.fingerprint();
        Integer known = ranks.get(fingerprint);
        if (known != null) {
            return known;
        }
        int rank = open(image.toDirectory());
        ranks.put(fingerprint, rank);
        return rank;
    }

    /** How many different images have been opened. */
    int images() {
        return ranks.size();
    }

    private int open(FaultyDirectory left) {
        int rank;
        boolean goesOn = ranks.size() % GOES_ON_EVERY == 0;
        try (EmbeddedStore store = reopen(left)) {
            rank = commits.rankOf(store);
            if (goesOn) {
                store.write(new WriteBatch().put(NumberedCommits.bytes("after"), new byte[1]));
                store.write(new WriteBatch().delete(NumberedCommits.bytes("after")));
            }
        }
        if (goesOn) {
            try (EmbeddedStore store = reopen(left)) {
                if (commits.rankOf(store) != rank) {
                    throw new AssertionError("another state after " + rank + " and reopening");
                }
            }
        }
        return rank;
    }

    /**
     * An opening that nothing went wrong with.
     *
     * @param moments of the disk, until the store was closed again
     * @param served the first of them at which the store was open
     */
    record Recovery(List<DiskState> moments, int served) {}

    /** Opens a directory and closes it again. */
    Recovery recovery(FaultyDirectory directory) {
        List<DiskState> states = Collections.synchronizedList(new ArrayList<>());
        directory.observe(states::add);
        EmbeddedStore store = reopen(directory);
        int served = states.size();
        store.close();
        return new Recovery(List.copyOf(states), served);
    }

    private EmbeddedStore reopen(FaultyDirectory directory) {
        return SeededStores.open(directory, script.options(), script.tuning());
    }
}
