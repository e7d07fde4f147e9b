package io.smilodon.query.aggregate;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.file.ScratchFile;
import io.smilodon.engine.value.Document;
import io.smilodon.query.Steps;
import io.smilodon.query.exec.Cursor;

/** The documents of a temporary file, which whoever made it closes. */
final class ScratchCursor implements Cursor {

    private final ScratchFile file;
    private Document current = Document.EMPTY;

    ScratchCursor(ScratchFile file) {
        this.file = file;
    }

    @Override
    public boolean advance() {
        Steps.take();
        boolean isThere = file.left() > 0;
        if (isThere) {
            current = DocumentCodec.decode(file.next().orElseThrow());
        }
        return isThere;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        // The file may be read once more.
    }
}
