package io.smilodon.engine.compaction;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.segment.SegmentWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Cuts a stream of entries into segments; all versions of a key stay together. What it needs in
 * memory is bounded by one segment. Not thread-safe.
 */
final class SegmentOutputs {

    private final SegmentStore store;
    private final Supplier<FileHeader> headers;
    private final OutputRules rules;
    private final List<Segment> made = new ArrayList<>();
    private Optional<Open> open = Optional.empty();
    private byte[] lastKey = {};

    /** A segment that is being written. */
    private record Open(FileHeader header, StorageFile file, SegmentWriter writer) {}

    SegmentOutputs(SegmentStore store, Supplier<FileHeader> headers, OutputRules rules) {
        this.store = store;
        this.headers = headers;
        this.rules = rules;
    }

    void add(EntryCursor entry) throws IOException {
        byte[] key = entry.key();
        if (open.isPresent()
                && open.get().writer().bytes() >= rules.bytesMax()
                && !Arrays.equals(key, lastKey)) {
            finish();
        }
        lastKey = key;
        writer().add(entry);
    }

    private SegmentWriter writer() throws IOException {
        if (open.isEmpty()) {
            FileHeader header = headers.get();
            StorageFile file = new MeteredFile(store.create(header), rules.onWrite());
            SegmentWriter writer = new SegmentWriter(file, header, rules.packing());
            open = Optional.of(new Open(header, file, writer));
        }
        return open.get().writer();
    }

    /** Ends the segment that is being written, if there is one. */
    void finish() throws IOException {
        if (open.isPresent()) {
            Open current = open.get();
            SegmentFile written = current.writer().finish().withLevel(rules.level());
            open = Optional.empty();
            made.add(store.finished(written, current.header(), current.file()));
        }
    }

    /** The finished segments, ascending. */
    List<Segment> made() {
        return made;
    }

    /** Deletes everything that was made. */
    void takeBack(Exception failure) {
        open.ifPresent(current -> store.abandon(current.header(), current.file(), failure));
        store.takeBack(made, failure);
    }
}
