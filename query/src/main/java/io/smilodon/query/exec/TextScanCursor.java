package io.smilodon.query.exec;

import io.smilodon.engine.value.Direction;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.plan.EntryStage;
import java.util.Optional;

/**
 * The documents that have a wanted word, each once: in the order of words, or the best first. Not
 * thread-safe.
 *
 * <p>The entries of one word are in the order of its score, and no document has two of them: so
 * nothing is kept of them, and no more are read than are wanted.
 */
final class TextScanCursor implements EntryCursor {

    private final StageScope scope;
    private final WordEntries entries;
    private final boolean isOneWord;
    private final SeenIds seen;
    private final Optional<BestMatches> best;
    private byte[] id = {};

    TextScanCursor(EntryStage.TextScan stage, StageScope scope) {
        this.scope = scope;
        this.isOneWord = stage.search().keys().size() == 1;
        Direction direction = stage.isByScore() ? Direction.BACKWARD : Direction.FORWARD;
        this.entries = new WordEntries(stage, scope, isOneWord ? direction : Direction.FORWARD);
        this.seen = new SeenIds(stage.stageName(), scope.operation());
        this.best =
                stage.isByScore() && !isOneWord
                        ? Optional.of(
                                new BestMatches(entries, stage.stageName(), scope.operation()))
                        : Optional.empty();
    }

    @Override
    public boolean advance() {
        boolean isThere = best.isPresent() ? advanceByScore(best.get()) : advanceByWord();
        if (isThere) {
            scope.counts().countReturned();
        }
        return isThere;
    }

    private boolean advanceByWord() {
        while (entries.advance()) {
            id = entries.id();
            if (isOneWord || seen.add(id)) {
                return true;
            }
        }
        return false;
    }

    private boolean advanceByScore(BestMatches matches) {
        Optional<byte[]> next = matches.next();
        id = next.orElse(id);
        return next.isPresent();
    }

    @Override
    public byte[] id() {
        return id;
    }

    @Override
    public IndexKey key() {
        throw new AssertionError("no keys of texts are shown");
    }

    @Override
    public void close() {
        entries.close();
        seen.clear();
        best.ifPresent(BestMatches::close);
    }
}
