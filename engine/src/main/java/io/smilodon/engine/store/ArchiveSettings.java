package io.smilodon.engine.store;

import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.file.StorageDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where copies of finished log files go, so that a backup can be brought forward to any commit. A
 * log file is not deleted before its copy is safe.
 *
 * @param place another directory, best on another disk; several databases may share one
 * @param seconds after how long a file with commits is finished though it is not full; 1 to 86,400
 */
public record ArchiveSettings(Optional<Place> place, long seconds) {

    public static final ArchiveSettings NONE = new ArchiveSettings(Optional.empty(), 60);

    public ArchiveSettings {
        Setting.require(seconds >= 1 && seconds <= 86_400, "seconds", seconds);
    }

    /** Opens the directory; the store does so once it needs it, and closes it. */
    @FunctionalInterface
    public interface Place {

        StorageDirectory open() throws IOException;
    }

    /** In this directory, which is created if it is not there. */
    public ArchiveSettings withPath(Path directory) {
        return withPlace(() -> FileDirectory.open(directory));
    }

    public ArchiveSettings withPlace(Place directory) {
        return new ArchiveSettings(Optional.of(directory), seconds);
    }

    public ArchiveSettings withSeconds(long period) {
        return new ArchiveSettings(place, period);
    }
}
