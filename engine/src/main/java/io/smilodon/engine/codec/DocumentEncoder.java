package io.smilodon.engine.codec;

import io.smilodon.engine.value.Document;
import java.util.Optional;

/**
 * Writes documents one after the other, in memory that it uses again. The format is in {@link
 * DocumentCodec}. Not thread-safe.
 */
public final class DocumentEncoder {

    /** What a large document has taken is not kept for those after it. */
    private static final int KEPT_BYTES_MAX = 64 << 10;

    private Optional<SmileWriter> writer = Optional.empty();

    /**
     * The document's bytes, in an array of their own.
     *
     * @throws io.smilodon.engine.error.SmilodonException as {@link DocumentCodec#encode} does
     */
    public byte[] encode(Document document) {
        if (document instanceof StoredDocument stored && stored.depth() == 1) {
            return stored.extent().outermostBytes();
        }
        SmileWriter used = writer.orElseGet(SmileWriter::ofDocument);
        byte[] bytes = used.write(document);
        writer = used.capacity() <= KEPT_BYTES_MAX ? Optional.of(used) : Optional.empty();
        return bytes;
    }
}
