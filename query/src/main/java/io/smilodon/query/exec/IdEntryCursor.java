package io.smilodon.query.exec;

import io.smilodon.engine.value.Value;
import io.smilodon.index.key.IndexKey;
import java.util.Iterator;
import java.util.List;

/** Certain ids as entries. */
final class IdEntryCursor implements EntryCursor {

    private final Iterator<Value> ids;
    private final StageCounts counts;
    private Value current;

    IdEntryCursor(List<Value> ids, StageCounts counts) {
        this.ids = ids.iterator();
        this.counts = counts;
    }

    @Override
    public boolean advance() {
        if (!ids.hasNext()) {
            return false;
        }
        current = ids.next();
        counts.countKey();
        counts.countReturned();
        return true;
    }

    @Override
    public byte[] id() {
        return IdKeys.of(current);
    }

    @Override
    public IndexKey key() {
        return IndexKey.of(current);
    }

    @Override
    public void close() {}
}
