package io.smilodon.engine.salvage;

import io.smilodon.engine.check.UnknownFiles;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogScan;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestHistory;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.manifest.SegmentFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The logs and segments that a manifest does not name, but those that it has named before: what was
 * in them is in others, as it knows. If it has lost edits, these files may be live. Pure functions
 * of the directory.
 */
final class UnnamedFiles {

    private final StorageDirectory directory;
    private final ManifestHistory history;
    private final List<String> segments = new ArrayList<>();
    private final List<String> logs = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    UnnamedFiles(StorageDirectory directory, ManifestHistory history) throws IOException {
        this.directory = directory;
        this.history = history;
        List<String> present = directory.list();
        for (String name : present) {
            if (!history.names().contains(name) && SegmentFile.isNewer(name, 0)) {
                segments.add(name);
            } else if (!history.names().contains(name) && LogFile.isNewer(name, 0)) {
                logs.add(name);
            }
        }
        missing.addAll(state().names());
        missing.removeAll(present);
    }

    private ManifestState state() {
        return history.contents().state();
    }

    List<String> segments() {
        return segments;
    }

    List<String> logs() {
        return logs;
    }

    /**
     * Whether a file may have been given up before the oldest edit that is known. What had been
     * removed from the store by then may still be in it.
     */
    boolean isOfEarlierRun(String name) {
        boolean isSince =
                SegmentFile.isNewer(name, history.firstNumber())
                        || LogFile.isNewer(name, history.firstNumber());
        return !isSince;
    }

    /** What speaks for lost edits: the rules of an opening. Empty if nothing does. */
    Optional<String> traceOfLostEdits() throws IOException {
        if (history.damage().isPresent()) {
            return history.damage().map(StoreSalvage::found);
        }
        Manifest.Contents contents = history.contents();
        long accounted = -1;
        for (String name : directory.list()) {
            long sequence = newestSequence(name, contents);
            if (sequence > 0 && accounted < 0) {
                accounted = lastAccounted();
            }
            if (isWrittenLog(name, contents) || sequence > 0 && sequence > accounted) {
                return Optional.of("lost edits, for it does not know " + name);
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("perhaps lost edits, for there is no " + missing.get(0));
    }

    private boolean isWrittenLog(String name, Manifest.Contents contents) {
        try {
            return UnknownFiles.isWrittenLog(directory, name, contents);
        } catch (SmilodonException | IOException unreadable) {
            return true;
        }
    }

    private long newestSequence(String name, Manifest.Contents contents) {
        try {
            return UnknownFiles.newestSequence(directory, name, contents);
        } catch (SmilodonException | IOException unreadable) {
            return Long.MAX_VALUE;
        }
    }

    private long lastAccounted() {
        long last = state().checkpointLsn();
        for (SegmentFile segment : state().segments().values()) {
            last = Math.max(last, segment.maxSequence());
        }
        for (LogFile log : state().logs().values()) {
            try (StorageFile file = directory.open(log.name())) {
                last = Math.max(last, LogScan.end(file, log, state().durableLsn()).nextLsn() - 1);
            } catch (IOException unreadable) {
                continue; // then nothing of it accounts for anything
            }
        }
        return last;
    }
}
