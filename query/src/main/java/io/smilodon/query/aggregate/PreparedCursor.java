package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import java.util.List;

/**
 * What the last of many stages makes. Before its first document each of them reads what it has to,
 * from the first one on, so that a long pipeline needs no deep stack. Not thread-safe.
 */
final class PreparedCursor implements Cursor {

    private final List<Cursor> stages;
    private final Cursor output;
    private boolean isPrepared;

    /**
     * @param stages what the stages make, each reading what the one before it makes
     */
    PreparedCursor(List<Cursor> stages) {
        this.stages = stages;
        this.output = stages.getLast();
    }

    @Override
    public void prepare() {
        if (!isPrepared) {
            isPrepared = true;
            stages.forEach(Cursor::prepare);
        }
    }

    @Override
    public boolean advance() {
        prepare();
        return output.advance();
    }

    @Override
    public Document current() {
        return output.current();
    }

    @Override
    public Document passing() {
        return output.passing();
    }

    @Override
    public void close() {
        output.close();
    }
}
