package io.smilodon.query.plan;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The keys that the documents of a sample have in one index: a histogram of its values, and of what
 * its parts have to do with each other. Immutable and thread-safe.
 *
 * <p>How many different keys there are among all entries is estimated from those that occur once in
 * the sample, after Haas and Stokes, "Estimating the number of classes in a finite population",
 * 1998: the estimator that PostgreSQL uses too.
 */
final class KeySample {

    private static final Comparator<IndexKey> ORDER = KeySample::compare;

    private final List<IndexKey> keys;
    private final double entriesPerDocument;

    /** For so many leading parts, less one: how many keys differ, and how many occur once. */
    private final int[] distinct;

    private final int[] single;

    /**
     * @param documents those that the index has entries of
     * @param sampled of how many they are part
     */
    KeySample(IndexDefinition index, List<Document> documents, int sampled) {
        this.keys = keys(index, documents);
        this.entriesPerDocument = sampled == 0 ? 1 : (double) keys.size() / sampled;
        int parts = index.keyPattern().length();
        this.distinct = new int[parts];
        this.single = new int[parts];
        for (int part = 0; part < parts; part++) {
            count(part);
        }
    }

    private static List<IndexKey> keys(IndexDefinition index, List<Document> documents) {
        DocumentKeys extractor = index.keys();
        List<IndexKey> keys = new ArrayList<>();
        for (Document document : documents) {
            keys.addAll(extractor.keys(document).keys());
        }
        keys.sort(ORDER);
        return List.copyOf(keys);
    }

    private static int compare(IndexKey left, IndexKey right) {
        return compare(left, right, left.values().size());
    }

    private static int compare(IndexKey left, IndexKey right, int parts) {
        int order = 0;
        for (int part = 0; order == 0 && part < parts; part++) {
            order = ValueOrder.ASCENDING.compare(left.value(part), right.value(part));
        }
        return order;
    }

    private void count(int part) {
        int from = 0;
        while (from < keys.size()) {
            int to = from + 1;
            while (to < keys.size() && compare(keys.get(from), keys.get(to), part + 1) == 0) {
                to++;
            }
            distinct[part]++;
            single[part] += to - from == 1 ? 1 : 0;
            from = to;
        }
    }

    int size() {
        return keys.size();
    }

    double entriesPerDocument() {
        return entriesPerDocument;
    }

    /** About how many different values the first parts, so many, have among all entries. */
    double distinct(int parts, double entries) {
        double size = keys.size();
        double differing = distinct[parts - 1];
        double once = single[parts - 1];
        if (once >= size || entries <= size) {
            return Math.max(1, once >= size ? entries : differing);
        }
        double estimate = size * differing / (size - once + once * size / entries);
        return Math.clamp(estimate, differing, Math.max(differing, entries));
    }

    /** How many keys have a value of the set in this part. */
    int count(int part, IntervalSet values) {
        if (part == 0) {
            return inFirst(values).stream().mapToInt(List::size).sum();
        }
        int count = 0;
        for (IndexKey key : keys) {
            count += values.contains(key.value(part)) ? 1 : 0;
        }
        return count;
    }

    /** How many keys are inside the bounds of the first parts, so many. */
    int count(IndexBounds bounds, int parts) {
        int count = 0;
        for (List<IndexKey> run : inFirst(bounds.part(0))) {
            for (IndexKey key : run) {
                count += isInside(key, bounds, parts) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean isInside(IndexKey key, IndexBounds bounds, int parts) {
        for (int part = 1; part < parts; part++) {
            if (!bounds.part(part).contains(key.value(part))) {
                return false;
            }
        }
        return true;
    }

    /** The keys of which the first part is in the set: a run for each interval. */
    private List<List<IndexKey>> inFirst(IntervalSet values) {
        List<List<IndexKey>> runs = new ArrayList<>();
        for (Interval interval : values.intervals()) {
            int from = place(interval.low(), interval.lowIncluded());
            int to = place(interval.high(), !interval.highIncluded());
            if (from < to) {
                runs.add(keys.subList(from, to));
            }
        }
        return runs;
    }

    /** How many keys have a first value below this one, or up to it. */
    private int place(Value value, boolean below) {
        int low = 0;
        int high = keys.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = ValueOrder.ASCENDING.compare(keys.get(middle).value(0), value);
            if (order < 0 || order == 0 && !below) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
