package io.smilodon.engine.manifest;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.manifest.ManifestChange.LogBegun;
import io.smilodon.engine.manifest.ManifestChange.NumbersTaken;
import io.smilodon.engine.manifest.ManifestChange.SegmentAdded;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the file of a manifest tells besides what is live: for salvage, which has to do with one
 * that has lost its last edits.
 *
 * @param contents what is live after the last good edit
 * @param names of all files that have ever been live since the first edit
 * @param firstNumber the numbers below it had been given out before the first edit
 * @param damage what is wrong with the edit after the last good one; empty if nothing shows that
 *     there is another one
 */
public record ManifestHistory(
        Manifest.Contents contents,
        Set<String> names,
        long firstNumber,
        Optional<SmilodonException> damage) {

    /**
     * Reads the manifest, if there is one, up to its first bad edit.
     *
     * @throws SmilodonException if not even the first is good
     */
    public static Optional<ManifestHistory> read(StorageDirectory directory) throws IOException {
        Reader reader = new Reader();
        return Manifest.readPrefix(directory, reader::edit)
                .map(
                        prefix ->
                                new ManifestHistory(
                                        prefix.contents(),
                                        Set.copyOf(reader.names),
                                        reader.firstNumber,
                                        prefix.damage()));
    }

    /** Collects what the edits say. Not thread-safe. */
    private static final class Reader {

        private final Set<String> names = new HashSet<>();
        private long firstNumber;
        private boolean isAfterFirst;

        void edit(List<ManifestChange> changes) {
            for (ManifestChange change : changes) {
                if (change instanceof SegmentAdded added) {
                    names.add(added.segment().name());
                } else if (change instanceof LogBegun begun) {
                    names.add(begun.log().name());
                } else if (change instanceof NumbersTaken taken && !isAfterFirst) {
                    firstNumber = taken.next();
                }
            }
            isAfterFirst = true;
        }
    }
}
