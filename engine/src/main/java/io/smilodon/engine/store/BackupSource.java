package io.smilodon.engine.store;

import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.BackupCut;
import io.smilodon.engine.backup.BackupList;
import io.smilodon.engine.backup.BackupWriter;
import io.smilodon.engine.file.PinnableDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.CommitTimes;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestState;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Backs up an open store while it is written: holds the files of one state, and takes the log up to
 * a commit that is durable: a power loss gives the numbers of those that are not to others, and the
 * archive would go on from there. Thread-safe.
 */
final class BackupSource {

    private final PinnableDirectory directory;
    private final Manifest manifest;
    private final long durable;
    private final CommitTimes times;

    /**
     * @param durable a visible commit that is durable, as are all before it
     */
    BackupSource(PinnableDirectory directory, Manifest manifest, long durable, CommitTimes times) {
        this.times = times;
        this.directory = directory;
        this.manifest = manifest;
        this.durable = durable;
    }

    BackupList write(StorageDirectory target, Progress progress) throws IOException {
        Taken taken = new Taken();
        PinnableDirectory.Pin held = directory.pin(taken::names);
        try (held) {
            Manifest.Contents contents = new Manifest.Contents(manifest.databaseId(), taken.state);
            BackupCut cut =
                    new BackupCut(
                            contents, taken.sequence, Instant.ofEpochMilli(times.lastMillis()));
            return BackupWriter.write(cut, directory, target, progress);
        }
    }

    /** A state and a commit that belong together. */
    private final class Taken {

        private long sequence;
        private ManifestState state = ManifestState.EMPTY;

        /**
         * The names of the state's files. The commit was read first, so that the state knows the
         * log file that it is in. A flush in between may take the state beyond it; so does one
         * after an idle log was marked, for marks have numbers too. Up to there everything is
         * visible and durable by now, so that the cut may be there.
         */
        Set<String> names() {
            state = manifest.state();
            sequence = Math.max(durable, state.checkpointLsn());
            Set<String> names = new HashSet<>();
            state.segments().values().forEach(segment -> names.add(segment.name()));
            state.logs().values().forEach(log -> names.add(log.name()));
            return names;
        }
    }
}
