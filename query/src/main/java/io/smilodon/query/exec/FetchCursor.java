package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.query.predicate.Predicate;
import java.util.Optional;

/** The documents that index entries lead to, those of them that match. */
final class FetchCursor implements Cursor {

    private final EntryCursor input;
    private final CollectionView view;
    private final Predicate filter;
    private final StageCounts counts;
    private final Liveness liveness;
    private Document current = Document.EMPTY;

    FetchCursor(EntryCursor input, Predicate filter, StageScope scope) {
        this.input = input;
        this.view = scope.view();
        this.filter = filter;
        this.counts = scope.counts();
        this.liveness = new Liveness(scope.operation());
    }

    @Override
    public boolean advance() {
        while (input.advance()) {
            liveness.step();
            Optional<Document> document = view.fetch(input.id());
            counts.countDocument();
            if (document.isPresent() && filter.matches(document.get())) {
                current = document.get();
                counts.countReturned();
                return true;
            }
        }
        return false;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        input.close();
    }
}
