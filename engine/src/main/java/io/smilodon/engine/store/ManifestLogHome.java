package io.smilodon.engine.store;

import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogHome;
import io.smilodon.engine.log.LogSeal;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the log's files in the manifest. Used by the log thread.
 *
 * @param opening what is remembered together with the first file
 * @param onFinished is called when a file has been finished
 */
record ManifestLogHome(
        Manifest manifest, StorageDirectory directory, Opening opening, Runnable onFinished)
        implements LogHome {

    /**
     * How a run begins.
     *
     * @param run how its commits are forced to disk; the manifest learns it before the first of
     *     them, for until then it has to tell what the run before may have lost
     * @param tail the last file of the run before, with its seal, if that run was not closed: the
     *     manifest knows it without its seal, so that it does not look closed before this one has
     *     begun
     */
    record Opening(ManifestChange.RunBegun run, Optional<LogFile> tail) {}

    @Override
    public void begin(Beginning file) throws IOException {
        synchronized (manifest) {
            file.run();
        }
    }

    @Override
    public FileHeader newFile() {
        return manifest.newFile(FileKind.LOG);
    }

    @Override
    public boolean isRunKnown() {
        return manifest.state().run().equals(opening.run());
    }

    @Override
    public void beforeCommits() throws IOException {
        manifest.append(List.of(opening.run()));
    }

    @Override
    public void rotated(Optional<LogFile> ended, LogFile begun, long millis) throws IOException {
        List<ManifestChange> changes = new ArrayList<>();
        Optional<LogFile> last = ended.or(opening::tail);
        last.ifPresent(log -> changes.addAll(ending(log, millis)));
        changes.add(new ManifestChange.LogBegun(begun));
        manifest.append(changes);
        last.filter(LogFile::isEmpty).ifPresent(this::forget);
        onFinished.run();
    }

    /** An empty file is not kept: an idle store would pile them up. */
    private static List<ManifestChange> ending(LogFile log, long millis) {
        LogSeal seal = log.seal().orElseThrow();
        return List.of(
                log.isEmpty()
                        ? new ManifestChange.LogRemoved(log.number())
                        : new ManifestChange.LogSealed(log.number(), seal),
                new ManifestChange.DurableUpTo(seal.lastLsn(), millis));
    }

    private void forget(LogFile log) {
        try {
            directory.delete(log.name());
        } catch (IOException left) {
            return; // an orphan: the next opening deletes it
        }
    }

    @Override
    public void ended(LogFile last, long millis) throws IOException {
        manifest.append(ending(last, millis));
        if (last.isEmpty()) {
            forget(last);
        }
        onFinished.run();
    }

    @Override
    public void recordDurable(long lsn, long millis) throws IOException {
        manifest.append(List.of(new ManifestChange.DurableUpTo(lsn, millis)));
    }
}
