package io.smilodon.database;

import io.smilodon.database.DatabaseCheckReport.CollectionCount;
import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.engine.Progress;
import io.smilodon.engine.bucket.BucketCheck;
import io.smilodon.engine.check.CheckReport;
import io.smilodon.engine.check.Finding;
import io.smilodon.engine.check.Findings;
import io.smilodon.engine.check.StoreChecker;
import io.smilodon.engine.check.StoreCounts;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.DirectoryLock;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.segment.SegmentDamage.KeySpan;
import io.smilodon.engine.store.ReadOnlyStore;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks a data directory that nobody has open: every byte of every file, then every document, then
 * every index against its documents in both directions, and the ids of buckets. Changes nothing,
 * and goes on past what is wrong. Not thread-safe.
 */
public final class DatabaseCheck {

    private static final StoreCounts NO_FILES = new StoreCounts(0, 0, 0, 0, 0, 0, 0, 0);

    private final StorageDirectory directory;
    private final SearchFiles searchFiles;
    private final Progress progress;
    private final Findings findings = new Findings();
    private final List<CollectionCount> counts = new ArrayList<>();

    private DatabaseCheck(StorageDirectory directory, SearchFiles searchFiles, Progress progress) {
        this.directory = directory;
        this.searchFiles = searchFiles;
        this.progress = progress;
    }

    /**
     * Checks a directory.
     *
     * @throws SmilodonException if it is not there, cannot be read, or is held by an open database
     */
    public static DatabaseCheckReport run(Path directory, Progress progress) {
        try (StorageDirectory opened = FileDirectory.openExisting(directory)) {
            return run(opened, progress);
        } catch (IOException failure) {
            throw new SmilodonException(
                    ErrorCode.INTERNAL_ERROR,
                    "The data directory cannot be read",
                    Map.of("directory", directory, "reason", failure.toString()),
                    failure);
        }
    }

    /** Checks a directory of any kind. */
    static DatabaseCheckReport run(StorageDirectory directory, Progress progress)
            throws IOException {
        DirectoryLock lock = directory.lock();
        try (lock) {
            return new DatabaseCheck(directory, new SearchFiles(directory), progress).run();
        }
    }

    /** Checks the documents and indexes of an open database. */
    static DatabaseCheckReport contents(ReadView view, SearchFiles searchFiles, Progress progress) {
        DatabaseCheck check = new DatabaseCheck(new MemoryDirectory(), searchFiles, progress);
        check.checkCollections(view, List.of(), new KeyNames());
        check.checkBuckets(view);
        return new DatabaseCheckReport(
                check.findings.kept(), check.findings.damages(), NO_FILES, check.counts);
    }

    private DatabaseCheckReport run() throws IOException {
        CheckReport files = StoreChecker.check(directory, progress);
        List<KeySpan> unreadable = new ArrayList<>();
        files.findings().forEach(finding -> finding.keys().ifPresent(unreadable::add));
        KeyNames names = new KeyNames();
        boolean hasStore = files.counts().files() > 0;
        if (hasStore) {
            checkContents(unreadable, names);
        }
        List<Finding> all = new ArrayList<>();
        files.findings().forEach(finding -> all.add(names.named(finding)));
        all.addAll(findings.kept());
        return new DatabaseCheckReport(
                all, files.damages() + findings.damages(), files.counts(), counts);
    }

    private void checkContents(List<KeySpan> unreadable, KeyNames names) throws IOException {
        try (ReadOnlyStore store = ReadOnlyStore.open(directory);
                Snapshot snapshot = store.snapshot()) {
            checkCollections(snapshot, unreadable, names);
            checkBuckets(snapshot);
        } catch (SmilodonException damaged) {
            findings.add(
                    Finding.of(damaged, "")
                            .about(
                                    "documents and indexes cannot be checked: the store does not"
                                            + " open"));
        }
    }

    private void checkCollections(ReadView view, List<KeySpan> unreadable, KeyNames names) {
        List<CollectionEntry> collections = new Catalog().collections(view);
        collections.forEach(names::add);
        long done = 0;
        for (CollectionEntry collection : collections) {
            progress.at("documents and indexes", done, collections.size());
            counts.add(new CollectionCheck(collection, view, unreadable, findings).run());
            searchFiles.check(
                    collection,
                    (index, damage) ->
                            findings.add(
                                    Finding.damage("", damage)
                                            .about(collection.namespace() + " " + index)));
            done++;
        }
        progress.at("documents and indexes", done, collections.size());
    }

    private void checkBuckets(ReadView view) {
        try {
            BucketCheck.run(view, line -> findings.add(Finding.damage("", line).about("buckets")));
        } catch (SmilodonException damaged) {
            findings.add(Finding.of(damaged, "").about("buckets: could not be checked whole"));
        }
    }
}
