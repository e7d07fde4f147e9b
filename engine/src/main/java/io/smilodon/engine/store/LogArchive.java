package io.smilodon.engine.store;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileCopy;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogScan;
import io.smilodon.engine.log.LogSeal;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory with copies of finished log files of one or more databases. A file has its name, of
 * database, first and last number and salt, only once it is whole, checked and durable:
 *
 * <pre>
 * name := databaseId hex16 - firstLsn dec16 - lastLsn dec16 - salt hex16 .log
 * </pre>
 *
 * {@link #holds} is thread-safe; the rest belongs to one thread.
 */
final class LogArchive implements AutoCloseable {

    private static final String TEMPORARY_SUFFIX = ".tmp";
    private static final Pattern NAME =
            Pattern.compile("([0-9a-f]{16})-(\\d{16,19})-(\\d{16,19})-[0-9a-f]{16}\\.log");

    private final StorageDirectory source;
    private final StorageDirectory archive;
    private final long databaseId;
    private final Set<String> names = new ConcurrentSkipListSet<>();

    /** Looks what is there, and removes what an earlier attempt of this database left half done. */
    LogArchive(StorageDirectory source, StorageDirectory archive, long databaseId)
            throws IOException {
        this.source = source;
        this.archive = archive;
        this.databaseId = databaseId;
        String own = String.format(Locale.ROOT, "%016x-", databaseId);
        for (String name : archive.list()) {
            if (name.startsWith(own) && name.endsWith(LogFile.SUFFIX + TEMPORARY_SUFFIX)) {
                Failpoint.hit("archive.beforeRemnantDeleted");
                archive.delete(name);
            } else if (name.startsWith(own) && NAME.matcher(name).matches()) {
                names.add(name);
            }
        }
        archive.sync(); // a rename before a stop may not be on disk yet
        Failpoint.hit("archive.opened");
    }

    private String name(LogFile log) {
        return String.format(
                        Locale.ROOT,
                        "%016x-%016d-%016d-%016x",
                        databaseId,
                        log.firstLsn(),
                        log.seal().map(LogSeal::lastLsn).orElseThrow(),
                        log.salt())
                + LogFile.SUFFIX;
    }

    /** Whether a finished file is in the archive. */
    boolean holds(LogFile log) {
        return names.contains(name(log));
    }

    /**
     * Copies a finished file.
     *
     * @throws SmilodonException {@link ErrorCode#ILLEGAL_OPERATION} if the archive has other files
     *     with the same numbers; {@link ErrorCode#DATA_CORRUPTION_DETECTED} if the file, or its
     *     copy, is not as its seal says
     */
    void copy(LogFile log) throws IOException {
        String name = name(log);
        String temporary = name + TEMPORARY_SUFFIX;
        requireSameHistory(log);
        if (archive.list().contains(temporary)) {
            archive.delete(temporary);
        }
        Failpoint.hit("archive.beforeCopy");
        try (StorageFile original = source.open(log.name());
                StorageFile copy = archive.create(temporary)) {
            FileCopy.copy(original, copy, log.seal().orElseThrow().bytes(), bytes -> {});
        }
        Failpoint.hit("archive.copied");
        requireWhole(archive, temporary, log);
        Failpoint.hit("archive.verified");
        archive.rename(temporary, name);
        Failpoint.hit("archive.renamed");
        archive.sync();
        Failpoint.hit("archive.synced");
        names.add(name);
    }

    private void requireWhole(StorageDirectory place, String name, LogFile log) throws IOException {
        try (StorageFile file = place.open(name)) {
            FileHeader.read(file, name, FileKind.LOG)
                    .require(
                            name,
                            new FileHeader(FileKind.LOG, databaseId, log.number(), log.salt()));
            LogScan.requireAsSealed(file, name, log);
        }
    }

    /** Whether a finished file of the store is as its seal says: then it is not to blame. */
    boolean isReadable(LogFile log) {
        try {
            requireWhole(source, log.name(), log);
            return true;
        } catch (SmilodonException | IOException unreadable) {
            return false;
        }
    }

    private void requireSameHistory(LogFile log) {
        long first = log.firstLsn();
        long last = log.seal().map(LogSeal::lastLsn).orElseThrow();
        for (String name : names) {
            Matcher parts = NAME.matcher(name);
            if (parts.matches()
                    && Long.parseLong(parts.group(2)) <= last
                    && Long.parseLong(parts.group(3)) >= first) {
                throw new SmilodonException(
                                ErrorCode.ILLEGAL_OPERATION,
                                "The archive holds other commits with the same numbers",
                                Map.of(
                                        "directory",
                                        archive.description(),
                                        "found",
                                        name,
                                        "archived",
                                        name(log)))
                        .withHint("A restored database needs an archive of its own.");
            }
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
