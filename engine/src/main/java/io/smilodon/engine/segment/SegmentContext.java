package io.smilodon.engine.segment;

import io.smilodon.engine.file.FileHeader;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a segment is opened with.
 *
 * @param header the header that its file must have
 * @param cache where its blocks are kept
 * @param whenUnused called once nobody holds a reference any more; it closes the segment
 * @param asked of a segment that has just been written, for {@link Segment#askedKeys}
 */
public record SegmentContext(
        FileHeader header,
        BlockCache cache,
        Consumer<Segment> whenUnused,
        Optional<AskedKeys> asked) {

    /** Of a segment of which nothing is known but what is in its file. */
    public SegmentContext(FileHeader header, BlockCache cache, Consumer<Segment> whenUnused) {
        this(header, cache, whenUnused, Optional.empty());
    }
}
