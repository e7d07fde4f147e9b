package io.smilodon.query.plan;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.collation.Collation;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.metadata.MetadataKind;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.TextTest;
import io.smilodon.query.projection.Projection;
import io.smilodon.query.projection.ProjectionParser;
import io.smilodon.query.sort.SortPattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to find: applied in the order filter, sort, skip, limit, projection. Immutable.
 *
 * @param filter which documents
 * @param sort in which order; absent for the order in which they are found
 * @param output what is wanted of them
 * @param skip how many to leave out at the start
 * @param limit how many to return at most; 0 for all
 * @param hint which index to use
 * @param collation how strings compare; filter, order and output do so already
 * @param range which keys of the hinted index to look at
 */
public record Query(
        Predicate filter,
        Optional<SortPattern> sort,
        Output output,
        long skip,
        long limit,
        Hint hint,
        Collation collation,
        KeyRange range) {

    /** What the reader of the results wants of each document. */
    public sealed interface Output {

        /** The field that a projection keeps unless it is left out. */
        String ID = "_id";

        /** The same where values compare in this order. */
        default Output under(ValueOrder order) {
            return this;
        }

        /** The documents as they are. */
        record Whole() implements Output {}

        /**
         * What the projection leaves.
         *
         * @param specification the projection as the user wrote it, for explain
         * @param order the order of the documents that it sees
         */
        record Projected(Projection projection, Document specification, Optional<SortPattern> order)
                implements Output {

            /** Whether it may ask what is known of a document besides its fields. */
            public boolean readsMetadata() {
                return MetadataKind.isReadIn(specification);
            }

            @Override
            public Output under(ValueOrder order) {
                return new Projected(
                        projection.under(order),
                        specification,
                        this.order.map(pattern -> pattern.under(order)));
            }
        }

        /**
         * The documents, of which somebody looks at some paths only: they may come whole, or with
         * nothing but what is at these.
         *
         * @param paths none below another
         */
        record Needed(Set<FieldPath> paths) implements Output {

            public Needed {
                paths = Set.copyOf(paths);
            }

            /**
             * Documents of which these paths are looked at; empty if there are more than an index
             * has, or some that no projection names.
             */
            public static Optional<Needed> of(Set<FieldPath> paths) {
                for (FieldPath path : paths) {
                    for (String step : path.steps()) {
                        if (step.isEmpty() || step.startsWith("$")) {
                            return Optional.empty();
                        }
                    }
                }
                return paths.size() <= KeyPattern.PARTS_MAX
                        ? Optional.of(new Needed(paths))
                        : Optional.empty();
            }

            /** Whether keys of this pattern may hold all of the paths. */
            public boolean mayBeIn(KeyPattern pattern) {
                int held = 0;
                for (int part = 0; part < pattern.length(); part++) {
                    held += paths.contains(pattern.part(part).path()) ? 1 : 0;
                }
                return held == paths.size() || pattern.kind() == PartKind.WILDCARD;
            }

            /** The same for who hands out nothing else: in the order of the paths. */
            Projected projected() {
                DocumentBuilder written = Document.builder();
                if (paths.stream().noneMatch(path -> path.first().equals(ID))) {
                    written.put(ID, 0);
                }
                dotted().forEach(path -> written.put(path, 1));
                Document specification = written.build();
                Projection projection =
                        ProjectionParser.forFind(specification, Location.ROOT.child("projection"));
                return new Projected(projection, specification, Optional.empty());
            }

            /** The paths as they are written, in their order. */
            List<String> dotted() {
                return paths.stream().map(FieldPath::dotted).sorted().toList();
            }
        }

        /** The keys of the index that led to them; the documents come whole. */
        record Keys() implements Output {}

        /** The documents whole, with what is known of them besides their fields. */
        record Annotated() implements Output {}

        /**
         * Of the documents with the same value at a path, one: others may come too.
         *
         * @param wanted which one
         * @param needed what somebody looks at of it; empty if that may be more than the path and
         *     not known
         */
        record OneOfEach(FieldPath path, Wanted wanted, Optional<Needed> needed) implements Output {

            /** Which of the documents with the same value is enough. */
            public enum Wanted {
                /** Any with each value that a document has; arrays have those of their elements. */
                VALUE,
                /** Any, an absent field being a value as well, and an array one value. */
                ANY,
                /** The first in the order of the sort. */
                FIRST,
                /** The last in the order of the sort. */
                LAST;

                /** Whether nobody looks at more of the document than the value. */
                boolean isForValue() {
                    return this == VALUE || this == ANY;
                }
            }
        }

        /** How many there are: nobody looks at the documents, they may come empty. */
        record Counted() implements Output {}
    }

    public static Query of(Predicate filter) {
        return new Query(
                filter,
                Optional.empty(),
                new Output.Whole(),
                0,
                0,
                Hint.NONE,
                Collation.SIMPLE,
                KeyRange.ALL);
    }

    public Query withSort(SortPattern order) {
        return new Query(filter, Optional.of(order), output, skip, limit, hint, collation, range);
    }

    /**
     * The same after the sort, if there is one.
     *
     * @param specification the projection as the user wrote it, for explain
     */
    public Query withProjection(Projection projection, Document specification) {
        Output projected = new Output.Projected(projection, specification, sort);
        return new Query(filter, sort, projected, skip, limit, hint, collation, range);
    }

    /**
     * Strings of the documents compare like this, with those of the filter and with each other.
     *
     * @throws io.smilodon.engine.error.SmilodonException 161 for a collation of another version of
     *     ICU
     */
    public Query withCollation(Collation strings) {
        if (strings.equals(collation)) {
            return this;
        }
        ValueOrder order = strings.order();
        Optional<SortPattern> sorted = sort.map(pattern -> pattern.under(order));
        Output seen = output.under(order);
        return new Query(filter.under(order), sorted, seen, skip, limit, hint, strings, range);
    }

    /** The same, of a filter and an order that compare like this already. */
    Query collated(Collation strings) {
        return new Query(filter, sort, output, skip, limit, hint, strings, range);
    }

    /** Only the keys matter that lead to the documents; there is no projection of those. */
    public Query returningKeys() {
        return new Query(filter, sort, new Output.Keys(), skip, limit, hint, collation, range);
    }

    /** What is known of the documents besides their fields is wanted too. */
    public Query annotated() {
        Output known = new Output.Annotated();
        return new Query(filter, sort, known, skip, limit, hint, collation, range);
    }

    /** Of each document, only what is at these paths matters. */
    public Query needing(Set<FieldPath> paths) {
        Output some = Output.Needed.of(paths).<Output>map(needed -> needed).orElse(output);
        return new Query(filter, sort, some, skip, limit, hint, collation, range);
    }

    /** All of each document matters. */
    public Query whole() {
        Output whole = new Output.Whole();
        return new Query(filter, sort, whole, skip, limit, hint, collation, range);
    }

    /** Only the number of documents matters. */
    public Query counted() {
        return new Query(filter, sort, new Output.Counted(), skip, limit, hint, collation, range);
    }

    /** Of the documents with the same value at the path, one is enough, with what is needed now. */
    public Query oneOfEach(FieldPath path, Output.OneOfEach.Wanted wanted) {
        Optional<Output.Needed> needed =
                output instanceof Output.Needed some ? Optional.of(some) : Optional.empty();
        Output one = new Output.OneOfEach(path, wanted, needed);
        return new Query(filter, sort, one, skip, limit, hint, collation, range);
    }

    public Query withSkip(long count) {
        return new Query(filter, sort, output, count, limit, hint, collation, range);
    }

    public Query withLimit(long count) {
        return new Query(filter, sort, output, skip, count, hint, collation, range);
    }

    /** The same where there is nothing to find; a search for words says that it has no index. */
    public Query ofNothing() {
        Query free = withHint(Hint.NONE).withRange(KeyRange.ALL);
        return TextTest.in(filter).isPresent() ? free : free.withFilter(Predicate.nothing());
    }

    public Query withHint(Hint way) {
        return new Query(filter, sort, output, skip, limit, way, collation, range);
    }

    public Query withFilter(Predicate other) {
        return new Query(other, sort, output, skip, limit, hint, collation, range);
    }

    public Query withRange(KeyRange keys) {
        return new Query(filter, sort, output, skip, limit, hint, collation, keys);
    }
}
