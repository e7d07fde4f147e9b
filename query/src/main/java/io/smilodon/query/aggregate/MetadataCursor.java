package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.metadata.AnnotatedDocument;

/**
 * Hands on what is known of documents with what a stage makes of them, one by one. Not thread-safe.
 */
final class MetadataCursor implements Cursor {

    private final Cursor input;
    private final Cursor output;

    /**
     * @param input what the stage reads; it stands at the document that the output was made of
     * @param output what the stage makes
     */
    MetadataCursor(Cursor input, Cursor output) {
        this.input = input;
        this.output = output;
    }

    @Override
    public boolean advance() {
        return output.advance();
    }

    @Override
    public Document current() {
        return AnnotatedDocument.of(output.current(), AnnotatedDocument.metadata(input.current()));
    }

    @Override
    public void close() {
        output.close();
    }
}
