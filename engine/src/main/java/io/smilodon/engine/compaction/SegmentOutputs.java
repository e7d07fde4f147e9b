package io.smilodon.engine.compaction;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.KeyKind;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.segment.AskedKeys;
import io.smilodon.engine.segment.BloomFilter;
import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.segment.SegmentWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Cuts a stream of entries into segments; all versions of a key stay together. Behind many keys of
 * one kind those of another begin the next segment: what is new of one kind may lie behind all that
 * there is, and goes down without being merged if nothing else is in its segments. What it needs in
 * memory is bounded by one segment. Not thread-safe.
 */
final class SegmentOutputs {

    /** So much of a segment are keys of one kind before others begin the next one. */
    private static final int SMALL_SHARE = 8;

    private final SegmentStore store;
    private final Supplier<FileHeader> headers;
    private final OutputRules rules;
    private final List<Segment> made = new ArrayList<>();
    private final ByteSpan key = new ByteSpan();
    private Optional<Open> open = Optional.empty();
    private long lastKind;

    /** The size at which keys of the last kind began. */
    private long kindStart;

    /** A segment that is being written. */
    private record Open(
            FileHeader header,
            StorageFile file,
            SegmentWriter writer,
            BloomFilter.Builder filter) {}

    SegmentOutputs(SegmentStore store, Supplier<FileHeader> headers, OutputRules rules) {
        this.store = store;
        this.headers = headers;
        this.rules = rules;
    }

    void add(EntryCursor entry, int common) throws IOException {
        entry.key(key);
        long kind = KeyKind.of(key);
        if (open.isPresent() && isEnd(open.get().writer(), common, kind)) {
            finish();
        }
        SegmentWriter writer = writer();
        if (kind != lastKind) {
            lastKind = kind;
            kindStart = writer.bytes();
        }
        writer.add(entry, common);
    }

    private boolean isEnd(SegmentWriter writer, int common, long kind) {
        long bytes = writer.bytes();
        return bytes >= rules.bytesMax() && !writer.isLastKey(key, common)
                || kind != lastKind && bytes - kindStart >= rules.bytesMax() / SMALL_SHARE;
    }

    private SegmentWriter writer() throws IOException {
        if (open.isEmpty()) {
            FileHeader header = headers.get();
            StorageFile file = new MeteredFile(store.create(header), rules.onWrite());
            BloomFilter.Builder filter =
                    new BloomFilter.Builder(rules.bitsPerKey(), store.scannedKinds()::contains);
            SegmentWriter writer = new SegmentWriter(file, header, rules.packing(), filter);
            open = Optional.of(new Open(header, file, writer, filter));
        }
        return open.get().writer();
    }

    /** Ends the segment that is being written, if there is one. */
    void finish() throws IOException {
        if (open.isPresent()) {
            Open current = open.get();
            SegmentFile written = current.writer().finish().withLevel(rules.level());
            open = Optional.empty();
            kindStart = 0;
            Optional<AskedKeys> asked =
                    rules.level() == 0
                            ? Optional.of(current.filter().askedKeys())
                            : Optional.empty();
            made.add(store.finished(written, current.header(), current.file(), asked));
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
