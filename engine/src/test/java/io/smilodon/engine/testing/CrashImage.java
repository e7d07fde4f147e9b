package io.smilodon.engine.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Decides what survives a crash. Not thread-safe. */
final class CrashImage {

    private final CrashPolicy policy;
    private final Random random;
    private final long last;
    private final long prefix;

    CrashImage(CrashPolicy policy, long seed, long operations) {
        this.policy = policy;
        this.random = new Random(seed);
        this.last = operations;
        this.prefix = operations - random.nextInt((int) Math.min(operations + 1, 12));
    }

    Map<String, FaultyFile> entries(
            Map<String, FaultyFile> durable, List<FaultyDirectory.EntryChange> pending) {
        Map<String, FaultyFile> entries = new TreeMap<>(durable);
        for (FaultyDirectory.EntryChange change : pending) {
            if (survives(change.order(), false)) {
                if (entries.get(change.removed()) == change.file()) {
                    entries.remove(change.removed());
                }
                if (!change.added().isEmpty()) {
                    entries.put(change.added(), change.file());
                }
            }
        }
        return entries;
    }

    byte[] content(FaultyFile file) {
        byte[] content = file.durable().clone();
        for (FaultyFile.Change change : file.pending()) {
            if (survives(change.order(), !change.isCut())) {
                content = FaultyFile.applied(content, change);
            } else if (policy == CrashPolicy.POSIX_RANDOM && !change.isCut() && heads()) {
                content = grown(content, change); // the length survived, the bytes did not
            }
        }
        return content;
    }

    private static byte[] grown(byte[] content, FaultyFile.Change change) {
        int end = (int) change.position() + change.bytes().length;
        return end > content.length ? Arrays.copyOf(content, end) : content;
    }

    private boolean survives(long order, boolean isData) {
        return switch (policy) {
            case DROP_ALL -> false;
            case KEEP_ALL -> true;
            case POSIX_RANDOM -> heads();
            case TORN_LAST -> order < last || !isData || heads();
            case PREFIX -> order <= prefix;
        };
    }

    private boolean heads() {
        return random.nextBoolean();
    }
}
