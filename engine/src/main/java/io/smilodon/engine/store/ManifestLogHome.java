package io.smilodon.engine.store;

import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogHome;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the log's files in the manifest. Used by the log thread. */
record ManifestLogHome(Manifest manifest) implements LogHome {

    @Override
    public FileHeader newFile() {
        return manifest.newFile(FileKind.LOG);
    }

    @Override
    public void rotated(Optional<LogFile> ended, LogFile begun, long millis) throws IOException {
        List<ManifestChange> changes = new ArrayList<>();
        ended.ifPresent(
                log ->
                        log.seal()
                                .ifPresent(
                                        seal -> {
                                            changes.add(
                                                    new ManifestChange.LogSealed(
                                                            log.number(), seal));
                                            changes.add(
                                                    new ManifestChange.DurableUpTo(
                                                            seal.lastLsn(), millis));
                                        }));
        changes.add(new ManifestChange.LogBegun(begun));
        manifest.append(changes);
    }

    @Override
    public void recordDurable(long lsn, long millis) throws IOException {
        manifest.append(List.of(new ManifestChange.DurableUpTo(lsn, millis)));
    }
}
