package io.smilodon.engine.store;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyPage;
import io.smilodon.engine.entry.KeyPageReader;
import java.util.Optional;

/** The entries of a view without the removals. Not thread-safe. */
final class LiveKeyCursor implements KeyCursor {

    private final TableView view;
    private final EntryCursor entries;
    private boolean isClosed;

    /**
     * @param view holds a reference, which the cursor takes over
     */
    LiveKeyCursor(TableView view, EntryScan scan) {
        this.view = view;
        this.entries = view.cursor(scan);
    }

    @Override
    public boolean advance() {
        StoreSnapshot.requireFresh(view);
        try {
            while (entries.advance()) {
                if (!entries.isRemoval()) {
                    return true;
                }
            }
            return false;
        } catch (RuntimeException failure) {
            StoreSnapshot.requireFresh(view); // its files may have been closed under the reader
            throw failure;
        }
    }

    @Override
    public <P extends KeyPage> Optional<P> page(KeyPageReader<P> reader) {
        StoreSnapshot.requireFresh(view);
        try {
            return entries.page(reader, false);
        } catch (RuntimeException failure) {
            StoreSnapshot.requireFresh(view);
            throw failure;
        }
    }

    @Override
    public byte[] key() {
        return entries.key();
    }

    @Override
    public void key(ByteSpan span) {
        entries.key(span);
    }

    @Override
    public byte[] value() {
        return entries.value();
    }

    @Override
    public void value(ByteSpan span) {
        entries.value(span);
    }

    @Override
    public long version() {
        return entries.sequence();
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            entries.close();
            view.release();
        }
    }
}
