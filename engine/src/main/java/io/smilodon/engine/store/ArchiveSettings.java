package io.smilodon.engine.store;

import io.smilodon.engine.file.StorageDirectory;
import java.util.Optional;

/**
 * Where copies of finished log files go, so that a backup can be brought forward to any commit. A
 * log file is not deleted before its copy is safe.
 *
 * @param directory another directory, best on another disk; the store closes it when it is closed
 * @param seconds after how long a file with commits is finished though it is not full; 1 to 86,400
 */
public record ArchiveSettings(Optional<StorageDirectory> directory, long seconds) {

    public static final ArchiveSettings NONE = new ArchiveSettings(Optional.empty(), 60);

    public ArchiveSettings {
        StorageOptions.require(seconds >= 1 && seconds <= 86_400, "seconds", seconds);
    }

    public ArchiveSettings withDirectory(StorageDirectory place) {
        return new ArchiveSettings(Optional.of(place), seconds);
    }

    public ArchiveSettings withSeconds(long period) {
        return new ArchiveSettings(directory, period);
    }
}
