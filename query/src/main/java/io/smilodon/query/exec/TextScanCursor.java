package io.smilodon.query.exec;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.text.TextIndex;
import io.smilodon.query.plan.EntryStage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The documents that have a wanted word, each once: in the order of words, or the best first. Not
 * thread-safe.
 */
final class TextScanCursor implements EntryCursor {

    /** What a document takes in memory besides its id. */
    private static final long ROW_BYTES = 160;

    private final EntryStage.TextScan stage;
    private final StageScope scope;
    private final Liveness liveness;
    private final Iterator<String> words;
    private final int wordPart;
    private final SeenIds seen;
    private final MemoryAccount memory;
    private Optional<IndexCursor> entries = Optional.empty();
    private Optional<Iterator<Map.Entry<ByteBuffer, Double>>> best = Optional.empty();
    private long examined;
    private byte[] id = {};

    TextScanCursor(EntryStage.TextScan stage, StageScope scope) {
        this.stage = stage;
        this.scope = scope;
        this.liveness = new Liveness(scope.operation());
        this.words = stage.search().keys().iterator();
        this.wordPart = TextIndex.of(stage.index().definition()).wordPart();
        this.seen = new SeenIds(stage.stageName(), scope.operation());
        this.memory = new MemoryAccount(stage.stageName(), scope.operation());
    }

    @Override
    public boolean advance() {
        boolean isThere = stage.isByScore() ? advanceByScore() : advanceByWord();
        if (isThere) {
            scope.counts().countReturned();
        }
        return isThere;
    }

    private boolean advanceByWord() {
        while (nextEntry()) {
            if (seen.add(entries.orElseThrow().idKey())) {
                id = entries.orElseThrow().idKey();
                return true;
            }
        }
        return false;
    }

    /** Moves to the next entry of any wanted word. */
    private boolean nextEntry() {
        while (true) {
            if (entries.isPresent() && entries.get().advance()) {
                liveness.step();
                scope.counts().keysExamined(examined + entries.get().keysExamined());
                return true;
            }
            closeEntries();
            if (!words.hasNext()) {
                return false;
            }
            entries = Optional.of(open(words.next()));
        }
    }

    private IndexCursor open(String word) {
        List<IntervalSet> parts = new ArrayList<>(stage.before().parts());
        parts.add(IntervalSet.of(Interval.point(new StringValue(TextIndex.inEntry(word)))));
        return scope.view()
                .openIndex(stage.index().definition(), new IndexBounds(parts), Direction.FORWARD);
    }

    private boolean advanceByScore() {
        if (best.isEmpty()) {
            best = Optional.of(ranked());
        }
        if (!best.get().hasNext()) {
            return false;
        }
        id = best.get().next().getKey().array();
        return true;
    }

    private Iterator<Map.Entry<ByteBuffer, Double>> ranked() {
        Map<ByteBuffer, Double> scores = new LinkedHashMap<>();
        while (nextEntry()) {
            IndexCursor entry = entries.orElseThrow();
            double score = ((DoubleValue) entry.key(wordPart + 1)).value();
            if (scores.merge(ByteBuffer.wrap(entry.idKey()), score, Double::sum) == score) {
                memory.reserve(ROW_BYTES + entry.idKey().length);
            }
        }
        List<Map.Entry<ByteBuffer, Double>> ranked = new ArrayList<>(scores.entrySet());
        ranked.sort(Map.Entry.<ByteBuffer, Double>comparingByValue().reversed());
        return ranked.iterator();
    }

    @Override
    public byte[] id() {
        return id;
    }

    @Override
    public IndexKey key() {
        throw new AssertionError("no keys of texts are shown");
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
        seen.clear();
        memory.close();
    }
}
