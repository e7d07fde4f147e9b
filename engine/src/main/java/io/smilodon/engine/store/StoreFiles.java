package io.smilodon.engine.store;

import io.smilodon.engine.check.UnknownFiles;
import io.smilodon.engine.compaction.SegmentStore;
import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.manifest.SegmentFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Compares the files of a directory with what the manifest says. Files with names that are not the
 * store's are left alone. Pure functions of the directory.
 */
final class StoreFiles {

    private static final Pattern NUMBERED =
            Pattern.compile(
                    "\\d{12}(\\" + LogFile.SUFFIX + "|\\" + SegmentFile.SUFFIX + "(\\.tmp)?)");

    private StoreFiles() {}

    /** Without a manifest there must be nothing that it would have named. */
    static void requireNone(StorageDirectory directory) throws IOException {
        Optional<String> other = UnknownFiles.any(directory);
        if (other.isPresent()) {
            throw Corruption.at(Manifest.NAME, 0, "no manifest, yet there is " + other.get());
        }
    }

    /** Everything that the manifest names must be there. */
    static void requireAll(StorageDirectory directory, ManifestState state) throws IOException {
        List<String> present = directory.list();
        for (String name : state.names()) {
            if (!present.contains(name)) {
                throw Corruption.at(name, 0, "no such file, yet the manifest names it");
            }
        }
    }

    /**
     * What the manifest does not name must not be of another database. A log that it does not know
     * yet must not have been written to: its first frame follows the manifest's edit. If there is
     * one, that edit is lost.
     */
    static void requireNoUnknownLog(StorageDirectory directory, Manifest.Contents contents)
            throws IOException {
        Set<String> live = contents.state().names();
        for (String name : directory.list()) {
            if (!live.contains(name) && UnknownFiles.isForeign(directory, name, contents)) {
                throw Corruption.at(name, 0, "a file of another database");
            }
            if (UnknownFiles.isWrittenLog(directory, name, contents)) {
                throw Corruption.at(Manifest.NAME, 0, "a lost edit, for it does not know " + name);
            }
        }
    }

    /**
     * Deletes what was never given its name. No manifest can name it, so it can go at any time;
     * where the disk is full it must go before anything is written.
     */
    static void deleteTemporaries(StorageDirectory directory) throws IOException {
        delete(
                directory,
                name ->
                        isNumbered(name) && name.endsWith(SegmentStore.TEMPORARY_SUFFIX)
                                || name.equals(Manifest.TEMPORARY_NAME)
                                || name.equals(SpaceReserve.TEMPORARY_NAME));
    }

    /**
     * Deletes what a stop in the middle of some work left behind.
     *
     * @param state must be durable: what an earlier one names may be the only copy until then
     */
    static void deleteOrphans(StorageDirectory directory, ManifestState state) throws IOException {
        Set<String> live = state.names();
        delete(directory, name -> isNumbered(name) && !live.contains(name));
    }

    private static void delete(StorageDirectory directory, Predicate<String> isOrphan)
            throws IOException {
        for (String name : directory.list()) {
            if (isOrphan.test(name)) {
                Failpoint.hit("recovery.beforeOrphanDeleted");
                directory.delete(name);
                Failpoint.hit("recovery.orphanDeleted");
            }
        }
    }

    private static boolean isNumbered(String name) {
        return NUMBERED.matcher(name).matches();
    }
}
