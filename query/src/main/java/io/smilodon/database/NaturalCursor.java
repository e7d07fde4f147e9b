package io.smilodon.database;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;

/** The documents of a capped collection in the order of their insertion. Not thread-safe. */
final class NaturalCursor implements Cursor {

    private final int collectionId;
    private final ReadView view;
    private final KeyCursor turns;
    private byte[] stored = {};

    NaturalCursor(int collectionId, ReadView view, Direction direction) {
        this.collectionId = collectionId;
        this.view = view;
        this.turns = InsertionOrder.turns(collectionId, view, direction);
    }

    @Override
    public boolean advance() {
        if (!turns.advance()) {
            return false;
        }
        byte[] idKey = turns.value();
        stored = InsertionOrder.document(collectionId, idKey, view).value();
        return true;
    }

    @Override
    public Document current() {
        return DocumentCodec.decode(stored);
    }

    @Override
    public void close() {
        turns.close();
    }
}
