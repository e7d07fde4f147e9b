package io.smilodon.engine.store;

import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.manifest.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

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

    private static int hash(NavigableMap<byte[], Optional<byte[]>> writes) {
        int hash = 1;
        for (Map.Entry<byte[], Optional<byte[]>> write : writes.entrySet()) {
            hash = 31 * hash + Arrays.hashCode(write.getKey());
            hash = 31 * hash + write.getValue().map(Arrays::hashCode).orElse(0);
        }
        return hash;
    }
}
