package io.smilodon.engine.store;

import io.smilodon.engine.value.Direction;
import java.util.ArrayList;
import java.util.List;

/** What one serializable transaction reads, while it reads. Not thread-safe. Close it. */
final class ReadRecord implements AutoCloseable {

    private final CommitWindow window;
    private final CommitWindow.Link start;
    private final ReadSet reads = new ReadSet();
    private final List<RecordingCursor> open = new ArrayList<>();

    /** Begins to watch commits; to be made before the snapshot is taken. */
    ReadRecord(CommitWindow window) {
        this.window = window;
        this.start = window.watch();
    }

    void read(byte[] key) {
        reads.add(key);
    }

    /** A cursor whose way is recorded, when it is closed or when the transaction commits. */
    KeyCursor recording(KeyCursor base, KeyRange range, Direction direction) {
        RecordingCursor cursor = new RecordingCursor(base, range, direction, this::closed);
        open.add(cursor);
        return cursor;
    }

    private void closed(RecordingCursor cursor) {
        cursor.recordTo(reads);
        open.remove(cursor);
    }

    /** Everything that was read, to be held against the commits after a snapshot. */
    ReadCheck check(long snapshotSequence) {
        open.forEach(cursor -> cursor.recordTo(reads));
        return new ReadCheck(reads, start, snapshotSequence);
    }

    @Override
    public void close() {
        window.unwatch();
    }
}
