package io.smilodon.query.plan;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.text.TextSearch;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.sort.SortPattern;
import java.util.List;
import java.util.Optional;

/**
 * One step of a plan that works on index entries, before documents are read. No document comes
 * twice out of one. Immutable and thread-safe.
 */
public sealed interface EntryStage {

    /** What it is called in explain, by MongoDB's names. */
    String stageName();

    /**
     * The entries of a text index for the words of a search.
     *
     * @param before bounds on the fields before the words: a single value each
     * @param isByScore whether the documents that match best come first
     */
    record TextScan(IndexCandidate index, TextSearch search, IndexBounds before, boolean isByScore)
            implements EntryStage {

        @Override
        public String stageName() {
            return isByScore ? "TEXT_OR" : "OR";
        }
    }

    /**
     * The entries of an index inside the bounds.
     *
     * @param direction which way through the index; a descending part then comes ascending
     * @param filter what else their keys have to satisfy
     * @param repeats whether a document may have several entries inside the bounds
     * @param span the part of the index that they come from; absent for all of it
     */
    record IndexScan(
            IndexAccess access,
            Direction direction,
            Optional<KeyFilter> filter,
            boolean repeats,
            Optional<KeySpan> span)
            implements EntryStage {

        /** The same, without the entries beyond this part of the index. */
        IndexScan inside(KeySpan part) {
            return new IndexScan(access, direction, filter, repeats, Optional.of(part));
        }

        @Override
        public String stageName() {
            return "IXSCAN";
        }

        public IndexCandidate index() {
            return access.index();
        }

        public IndexBounds bounds() {
            return access.bounds();
        }
    }

    /**
     * Of the entries of a scan with the same values in their first parts, the first.
     *
     * @param parts how many parts
     * @param keepsNulls whether all entries come that have null or undefined in the last of these
     *     parts: some of their documents may have no such field, or an empty array
     */
    record DistinctScan(IndexScan scan, int parts, boolean keepsNulls) implements EntryStage {

        @Override
        public String stageName() {
            return "DISTINCT_SCAN";
        }
    }

    /** These {@code _id}s as entries, whether or not they exist. */
    record IdEntries(List<Value> ids) implements EntryStage {

        public IdEntries {
            ids = List.copyOf(ids);
        }

        @Override
        public String stageName() {
            return "IXSCAN";
        }
    }

    /** The entries of all inputs, one after the other. */
    record Union(List<EntryStage> inputs) implements EntryStage {

        public Union {
            inputs = List.copyOf(inputs);
        }

        @Override
        public String stageName() {
            return "OR";
        }
    }

    /**
     * The entries of scans that are each in order, merged in that order: of one index, or of one
     * for each branch of a disjunction.
     *
     * @param pattern the order
     * @param parts for each input, for each field of the order, the key part that holds it
     */
    record MergeSort(List<IndexScan> inputs, SortPattern pattern, List<List<Integer>> parts)
            implements EntryStage {

        public MergeSort {
            inputs = List.copyOf(inputs);
            parts = List.copyOf(parts);
        }

        /** Whether all inputs scan the same index. */
        boolean isOfOneIndex() {
            return inputs.stream().allMatch(input -> input.index() == inputs.get(0).index());
        }

        /** Whether the same conjuncts bound all inputs. */
        boolean isOfOneFilter() {
            List<Predicate> bounding = inputs.get(0).access().bounding();
            return inputs.stream().allMatch(input -> input.access().bounding() == bounding);
        }

        @Override
        public String stageName() {
            return "SORT_MERGE";
        }
    }

    /**
     * The entries of the last input whose documents are in all the others too.
     *
     * @param inputs scans of different indexes, that of the fewest entries first
     * @param isOrdered whether the entries of each come in order of {@code _id}, so that nothing
     *     has to be remembered
     */
    record Intersection(List<IndexScan> inputs, boolean isOrdered) implements EntryStage {

        public Intersection {
            inputs = List.copyOf(inputs);
        }

        @Override
        public String stageName() {
            return isOrdered ? "AND_SORTED" : "AND_HASH";
        }
    }
}
