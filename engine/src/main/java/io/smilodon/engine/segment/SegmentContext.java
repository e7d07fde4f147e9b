package io.smilodon.engine.segment;

import io.smilodon.engine.file.FileHeader;
import java.util.function.Consumer;

/**
 * What a segment is opened with.
 *
 * @param header the header that its file must have
 * @param cache where its blocks are kept
 * @param whenUnused called once nobody holds a reference any more; it closes the segment
 */
public record SegmentContext(FileHeader header, BlockCache cache, Consumer<Segment> whenUnused) {}
