package io.smilodon.engine.store;

import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.manifest.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads logs as recovery does, and nothing else. Pure functions of the files. */
public final class Replays {

    private Replays() {}

    /** A hash of each batch, in the order of the log. */
    public static List<Integer> batches(StorageDirectory directory, Manifest.Contents contents)
            throws IOException {
        List<Integer> hashes = new ArrayList<>();
        new LogReplay(directory, contents, (writes, last) -> hashes.add(hash(writes))).run();
        return hashes;
    }

    private static int hash(SortedWrites writes) {
        int hash = 1;
        for (Write write : writes) {
            hash = 31 * hash + Arrays.hashCode(write.key());
            hash = 31 * hash + write.value().map(Arrays::hashCode).orElse(0);
        }
        return hash;
    }
}
