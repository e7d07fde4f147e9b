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

/** Keeps the log's files in the manifest. Used by the log thread. */
record ManifestLogHome(Manifest manifest, StorageDirectory directory, ManifestChange.RunBegun run)
        implements LogHome {

    @Override
    public FileHeader newFile() {
        return manifest.newFile(FileKind.LOG);
    }

    @Override
    public void rotated(Optional<LogFile> ended, LogFile begun, long millis) throws IOException {
        List<ManifestChange> changes = new ArrayList<>();
        ended.ifPresentOrElse(log -> changes.addAll(sealed(log, millis)), () -> changes.add(run));
        changes.add(new ManifestChange.LogBegun(begun));
        manifest.append(changes);
    }

    private static List<ManifestChange> sealed(LogFile log, long millis) {
        LogSeal seal = log.seal().orElseThrow();
        return List.of(
                new ManifestChange.LogSealed(log.number(), seal),
                new ManifestChange.DurableUpTo(seal.lastLsn(), millis));
    }

    @Override
    public void ended(LogFile last, long millis) throws IOException {
        boolean isEmpty = last.seal().orElseThrow().lastLsn() < last.firstLsn();
        manifest.append(
                isEmpty
                        ? List.of(new ManifestChange.LogRemoved(last.number()))
                        : sealed(last, millis));
        if (isEmpty) {
            directory.delete(last.name());
        }
    }

    @Override
    public void recordDurable(long lsn, long millis) throws IOException {
        manifest.append(List.of(new ManifestChange.DurableUpTo(lsn, millis)));
    }
}
