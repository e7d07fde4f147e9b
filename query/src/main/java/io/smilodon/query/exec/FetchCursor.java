package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The documents that index entries lead to, those of them that match. Some entries are read ahead,
 * so that their documents are looked for together, but none that would not be read anyway.
 */
final class FetchCursor implements Cursor {

    private static final int AHEAD_MIN = 8;
    private static final int AHEAD_MAX = 32;

    private final EntryCursor input;
    private final CollectionView view;
    private final Predicate filter;
    private final StageCounts counts;
    private final Liveness liveness;
    private final long wanted;
    private int aheadMax = AHEAD_MIN;
    private IntFunction<Optional<Document>> documents = index -> Optional.empty();
    private final List<Predicate> filters = new ArrayList<>(1);
    private int next;
    private Document current = Document.EMPTY;

    /**
     * @param wanted how many documents will be asked for at most
     */
    FetchCursor(EntryCursor input, Predicate filter, StageScope scope, long wanted) {
        this.input = input;
        this.view = scope.view();
        this.filter = filter;
        this.counts = scope.counts();
        this.liveness = new Liveness(scope.operation());
        this.wanted = wanted;
    }

    @Override
    public boolean advance() {
        while (next < filters.size() || readAhead()) {
            liveness.step();
            Predicate unproven = filters.get(next);
            Optional<Document> document = documents.apply(next++);
            counts.countDocument();
            if (document.isPresent() && unproven.matches(document.get())) {
                current = document.get();
                counts.countReturned();
                return true;
            }
        }
        return false;
    }

    /** Each document needs an entry: as many entries are read as documents are wanted. */
    private boolean readAhead() {
        long most = Math.min(aheadMax, wanted - counts.returned());
        aheadMax = Math.min(AHEAD_MAX, 2 * aheadMax);
        List<byte[]> ids = new ArrayList<>((int) most);
        filters.clear();
        while (ids.size() < most && input.advance()) {
            ids.add(input.id());
            filters.add(input.unproven(filter));
        }
        documents = ids.size() == 1 ? one -> view.fetch(ids.get(one)) : view.fetchAll(ids);
        next = 0;
        return !ids.isEmpty();
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
