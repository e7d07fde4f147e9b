package io.smilodon.query.plan;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.Nearness;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.PartKind;
import io.smilodon.index.text.TextMatcher;
import io.smilodon.query.predicate.Near;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step of a plan, with its inputs: a stream of documents. Plans are data; a cursor does the
 * work, and explain prints these very records. Immutable and thread-safe.
 */
public sealed interface PlanStage {

    /** What it is called in explain, by MongoDB's names. */
    String stageName();

    /** Nothing matches, nothing is read. */
    record Nothing() implements PlanStage {

        @Override
        public String stageName() {
            return "EOF";
        }
    }

    /**
     * The documents of the collection in order of {@code _id}, those that match.
     *
     * @param ids where to look; the documents lie in this order, so that it costs nothing to skip
     *     the others
     * @param isById whether it stands for a scan of the index on {@code _id}: because of the ids, a
     *     sort or a hint
     */
    record CollectionScan(IntervalSet ids, Direction direction, Predicate filter, boolean isById)
            implements PlanStage {

        @Override
        public String stageName() {
            return ids.isAll() ? "COLLSCAN" : "CLUSTERED_IXSCAN";
        }
    }

    /**
     * The documents of a capped collection in the order of their insertion, those that match. Where
     * a collection does not keep that order, {@link CollectionScan} stands for it.
     */
    record NaturalScan(Direction direction, Predicate filter) implements PlanStage {

        @Override
        public String stageName() {
            return "COLLSCAN";
        }
    }

    /** The documents with one of these {@code _id}s, in their order, those that match. */
    record IdLookup(List<Value> ids, Direction direction, Predicate filter) implements PlanStage {

        public IdLookup {
            ids = List.copyOf(ids);
        }

        @Override
        public String stageName() {
            return "IDHACK";
        }
    }

    /**
     * The one document with a key of a unique index, if it matches.
     *
     * @param key all of it
     */
    record UniqueLookup(IndexCandidate index, IndexKey key, Predicate filter) implements PlanStage {

        @Override
        public String stageName() {
            return "EXPRESS_IXSCAN";
        }
    }

    /**
     * The documents that words lead to, those that match.
     *
     * @param matcher which words, and what they score
     * @param isScored whether somebody asks for the score
     */
    record TextMatch(EntryStage input, TextMatcher matcher, Predicate filter, boolean isScored)
            implements PlanStage {

        @Override
        public String stageName() {
            return "TEXT_MATCH";
        }
    }

    /** The documents that index entries lead to, those that match. */
    record Fetch(EntryStage input, Predicate filter) implements PlanStage {

        @Override
        public String stageName() {
            return "FETCH";
        }
    }

    /**
     * The documents of a geospatial index by their distance, those that match.
     *
     * @param access the index, with bounds on its other parts
     * @param part the part with the places
     * @param near the condition on them
     */
    record GeoNear(IndexAccess access, int part, Predicate.At near, Predicate filter)
            implements PlanStage {

        @Override
        public String stageName() {
            return access.index().definition().pattern().kind() == PartKind.PLANE
                    ? "GEO_NEAR_2D"
                    : "GEO_NEAR_2DSPHERE";
        }

        public Nearness nearness() {
            return ((Near) near.test()).nearness();
        }

        /** Where the index has the places in these cells that satisfy its other parts. */
        public IndexBounds bounds(IntervalSet cells) {
            List<IntervalSet> parts = new ArrayList<>();
            for (int at = 0; at < access.index().definition().pattern().length(); at++) {
                parts.add(at == part ? cells : access.bounds().part(at));
            }
            return new IndexBounds(parts);
        }
    }

    /**
     * Documents built from index entries alone. A key that holds null where a field is asked for
     * does not tell whether the document has the field: that document is read.
     *
     * @param parts the key parts to return, {@code _id} first
     * @param output what to return of a document that had to be read; absent if nobody looks at the
     *     documents
     */
    record ProjectCovered(
            EntryStage input, List<Integer> parts, Optional<Query.Output.Projected> output)
            implements PlanStage {

        public ProjectCovered {
            parts = List.copyOf(parts);
        }

        @Override
        public String stageName() {
            return output.isPresent() ? "PROJECTION_COVERED" : "COUNT";
        }
    }

    /**
     * All documents of the input, ordered in memory.
     *
     * @param limit how many of them are wanted; 0 for all
     */
    record Sort(PlanStage input, SortPattern pattern, long limit) implements PlanStage {

        @Override
        public String stageName() {
            return "SORT";
        }
    }

    /** Leaves out the first documents. */
    record Skip(PlanStage input, long count) implements PlanStage {

        @Override
        public String stageName() {
            return "SKIP";
        }
    }

    /** Stops after so many documents. */
    record Limit(PlanStage input, long count) implements PlanStage {

        @Override
        public String stageName() {
            return "LIMIT";
        }
    }

    /** What the user wants to see of each document. */
    record Project(PlanStage input, Query.Output.Projected output) implements PlanStage {

        @Override
        public String stageName() {
            return output.projection().onlyPaths().isPresent()
                    ? "PROJECTION_SIMPLE"
                    : "PROJECTION_DEFAULT";
        }
    }
}
