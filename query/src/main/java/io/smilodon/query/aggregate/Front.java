package io.smilodon.query.aggregate;

import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.sort.SortPattern;
import java.util.Optional;

/**
 * The part of a pipeline that a find can do, in the order filter, sort, skip, limit.
 *
 * @param filter which documents
 * @param sort in which order; empty for the order in which they are found
 * @param skip how many to leave out at the start
 * @param limit how many to hand on at most; 0 for all
 * @param fields which parts of them the rest of the pipeline looks at
 */
public record Front(
        Predicate filter, Optional<SortPattern> sort, long skip, long limit, NeededFields fields) {

    static final Front EVERYTHING =
            new Front(Predicate.everything(), Optional.empty(), 0, 0, NeededFields.ALL);

    Front withFilter(Predicate more) {
        return new Front(more, sort, skip, limit, fields);
    }

    Front withSort(SortPattern order) {
        return new Front(filter, Optional.of(order), skip, limit, fields);
    }

    Front withWindow(long skipped, long limited) {
        return new Front(filter, sort, skipped, limited, fields);
    }

    Front withFields(NeededFields needed) {
        return new Front(filter, sort, skip, limit, needed);
    }
}
