package io.smilodon.index.ordered;

import io.smilodon.index.IndexCursor;
import io.smilodon.index.key.IndexKey;

/** The cursor over bounds that nothing is inside of. */
enum EmptyIndexCursor implements IndexCursor {
    INSTANCE;

    @Override
    public boolean advance() {
        return false;
    }

    @Override
    public void skipAlike(int parts) {
        throw new IllegalStateException("no entry");
    }

    @Override
    public byte[] idKey() {
        throw noEntry();
    }

    @Override
    public IndexKey key() {
        throw noEntry();
    }

    @Override
    public double floor(int part) {
        throw noEntry();
    }

    @Override
    public boolean isCut() {
        throw noEntry();
    }

    private static IllegalStateException noEntry() {
        return new IllegalStateException("the cursor is at no entry");
    }

    @Override
    public long keysExamined() {
        return 0;
    }

    @Override
    public void close() {}
}
