package io.smilodon.query.exec;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.StringValue;
import io.smilodon.index.IdPage;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.text.TextIndex;
import io.smilodon.query.plan.EntryStage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The entries of the wanted words, one word after the other; of each the scores ascend or descend.
 * Starts before the first one. Not thread-safe.
 */
final class WordEntries implements AutoCloseable {

    private final EntryStage.TextScan stage;
    private final StageScope scope;
    private final Direction direction;
    private final Liveness liveness;
    private final Set<String> wanted;
    private final int scorePart;
    private Iterator<String> words;
    private Optional<IndexCursor> entries = Optional.empty();
    private long examined;

    WordEntries(EntryStage.TextScan stage, StageScope scope, Direction direction) {
        this.stage = stage;
        this.scope = scope;
        this.direction = direction;
        this.liveness = new Liveness(scope.operation());
        this.wanted = stage.search().keys();
        this.scorePart = stage.before().parts().size() + 1; // behind the word
        this.words = wanted.iterator();
    }

    /** Moves to the next entry of any wanted word; false at the end. */
    boolean advance() {
        while (true) {
            if (entries.isPresent() && entries.get().advance()) {
                liveness.step();
                count();
                return true;
            }
            if (!nextWord()) {
                return false;
            }
        }
    }

    /** Moves to before the entries of the next word; false if there is no other. */
    boolean nextWord() {
        closeEntries();
        if (!words.hasNext()) {
            return false;
        }
        entries = Optional.of(open(words.next()));
        return true;
    }

    /** Moves on along the current word, and hands on the next of its entries; empty at its end. */
    Optional<IdPage> page() {
        scope.operation().checkAlive();
        Optional<IdPage> page = entries.orElseThrow().page(scorePart);
        count();
        return page;
    }

    private void count() {
        scope.counts().keysExamined(examined + entries.orElseThrow().keysExamined());
    }

    private IndexCursor open(String word) {
        List<IntervalSet> parts = new ArrayList<>(stage.before().parts());
        parts.add(IntervalSet.of(Interval.point(new StringValue(TextIndex.inEntry(word)))));
        return scope.view()
                .openIndex(stage.index().definition(), new IndexBounds(parts), direction);
    }

    /** The document of the entry; not to be changed. */
    byte[] id() {
        return entries.orElseThrow().idKey();
    }

    /** Whether the current word is the last one. */
    boolean isAtLast() {
        return !words.hasNext();
    }

    /** Stands before the first entry again. */
    void rewind() {
        closeEntries();
        words = wanted.iterator();
    }

    private void closeEntries() {
        entries.ifPresent(
                open -> {
                    examined += open.keysExamined();
                    open.close();
                });
        entries = Optional.empty();
    }

    @Override
    public void close() {
        closeEntries();
    }
}
