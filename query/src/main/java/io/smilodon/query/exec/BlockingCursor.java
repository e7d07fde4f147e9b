package io.smilodon.query.exec;

/** A cursor that has to read its whole input before its first document. Not thread-safe. */
public abstract class BlockingCursor implements Cursor {

    private boolean isRead;

    @Override
    public final void prepare() {
        if (!isRead) {
            isRead = true;
            read();
        }
    }

    @Override
    public final boolean advance() {
        prepare();
        return advanceRead();
    }

    /** Reads the input to its end; called once. */
    protected abstract void read();

    /** Moves to the next document of what has been read; false at the end. */
    protected abstract boolean advanceRead();
}
