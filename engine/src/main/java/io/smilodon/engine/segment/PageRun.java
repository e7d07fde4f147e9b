package io.smilodon.engine.segment;

import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyPage;
import io.smilodon.engine.entry.KeyPageReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pages of a range of a segment: those that are kept, or else they are made, and kept once the
 * last one has been. Not thread-safe.
 */
final class PageRun {

    private final Segment segment;
    private final EntryScan scan;
    private final KeyPageReader<?> reader;
    private final Optional<KeptPages> kept;

    /** Those that have been made, while they may be kept. */
    private final List<KeyPage> made = new ArrayList<>();

    private long bytesMade;
    private boolean mayBeKept;
    private int next;

    /**
     * @param isWhole whether it begins with the first key of the range
     */
    PageRun(Segment segment, EntryScan scan, KeyPageReader<?> reader, boolean isWhole) {
        this.segment = segment;
        this.scan = scan;
        this.reader = reader;
        this.mayBeKept = isWhole && scan.sequence() >= segment.file().maxSequence();
        this.kept = mayBeKept ? segment.tables().pages(scan, reader) : Optional.empty();
        kept.ifPresent(found -> segment.cache().hit());
    }

    /** The next one, empty behind the last. */
    <P extends KeyPage> Optional<P> next(Class<P> type, Supplier<Optional<P>> maker) {
        if (kept.isEmpty()) {
            Optional<P> page = maker.get();
            page.ifPresentOrElse(this::remember, this::keep);
            return page;
        }
        List<KeyPage> pages = kept.get().pages();
        return next < pages.size() ? Optional.of(type.cast(pages.get(next++))) : Optional.empty();
    }

    private void remember(KeyPage page) {
        bytesMade += KeptPages.bytes(page);
        mayBeKept &= bytesMade <= segment.cache().pagesBytesMax();
        if (mayBeKept) {
            made.add(page);
        } else {
            made.clear();
        }
    }

    private void keep() {
        if (mayBeKept) {
            KeptPages added = new KeptPages(scan, reader, made);
            segment.tables().keep(scan, added, segment.cache());
            mayBeKept = false;
        }
    }
}
