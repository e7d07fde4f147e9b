package io.smilodon.query.plan;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Statistics from a sample of the documents. Where the sample holds too few keys to tell, the index
 * itself is asked: a short look into it, and only some of them for one query. For planning one
 * query; not thread-safe.
 */
public final class SampledStatistics implements Statistics {

    /** Entries that one look into an index reads at most. */
    static final int PROBED_MAX = 100;

    /** Looks into indexes for one query. */
    private static final int PROBES_MAX = 24;

    /** So many keys of the sample inside the bounds say enough. */
    private static final int HITS_ENOUGH = 16;

    /** Documents that are asked whether they match. */
    private static final int ASKED_MAX = 200;

    /** Tests of documents for one query. */
    private static final int TESTS_MAX = 20_000;

    /** From an entry outside of the bounds the scan goes on by so many entries, or a new search. */
    private static final double SKIP_EXAMINED = 2;

    private final CollectionSample sample;
    private final GuessedStatistics guesses;
    private final Probe probe;
    private final Map<IndexBounds, Map<String, Reading>> readings = new HashMap<>();
    private final Map<Predicate, Double> shares = new IdentityHashMap<>();
    private int probes;
    private long tests;

    /** Counts entries by reading them. */
    public interface Probe {

        /**
         * The entries inside the bounds, at most {@code max}.
         *
         * @return empty if the index cannot be asked
         */
        Optional<Reading> read(IndexCandidate index, IndexBounds bounds, int max);
    }

    /**
     * @param documents how many there are
     */
    public SampledStatistics(CollectionSample sample, long documents, Probe probe) {
        this.sample = sample;
        this.guesses = new GuessedStatistics(documents);
        this.probe = probe;
    }

    @Override
    public double documents() {
        return guesses.documents();
    }

    @Override
    public double entries(IndexCandidate index) {
        return keys(index)
                .map(keys -> documents() * keys.entriesPerDocument())
                .orElseGet(() -> guesses.entries(index));
    }

    @Override
    public Statistics quick() {
        return new SampledStatistics(
                sample, (long) documents(), (index, bounds, max) -> Optional.empty());
    }

    private Optional<KeySample> keys(IndexCandidate index) {
        return sample.keys(index).filter(keys -> keys.size() > 0);
    }

    @Override
    public double share(IndexCandidate index, int part, IntervalSet values) {
        return keys(index)
                .map(keys -> (keys.count(part, values) + 0.1) / (keys.size() + 0.2))
                .orElseGet(() -> guesses.share(index, part, values));
    }

    @Override
    public Reading reading(IndexCandidate index, IndexBounds bounds) {
        return readings.computeIfAbsent(bounds, key -> new HashMap<>())
                .computeIfAbsent(index.name(), name -> look(index, bounds));
    }

    private Reading look(IndexCandidate index, IndexBounds bounds) {
        Optional<KeySample> keys = keys(index);
        int hits = keys.map(known -> known.count(bounds, parts(index))).orElse(0);
        if (hits < HITS_ENOUGH && probes < PROBES_MAX) {
            probes++;
            Optional<Reading> probed = probe.read(index, bounds, PROBED_MAX);
            if (probed.isPresent()) {
                Reading estimate = estimate(index, bounds, hits);
                return probed.get().examined() < PROBED_MAX
                        ? probed.get()
                        : atLeast(probed.get(), estimate);
            }
        }
        return estimate(index, bounds, hits);
    }

    /** The look did not come to an end: there are as many entries as it saw, or more. */
    private static Reading atLeast(Reading probed, Reading estimate) {
        return new Reading(
                Math.max(probed.examined(), estimate.examined()),
                Math.max(probed.found(), estimate.found()));
    }

    private Reading estimate(IndexCandidate index, IndexBounds bounds, int hits) {
        Optional<KeySample> keys = keys(index);
        return keys.isEmpty()
                ? guesses.reading(index, bounds)
                : estimate(index, bounds, new Hits(keys.get(), hits));
    }

    /** Keys of the sample inside the bounds. */
    private record Hits(KeySample keys, int count) {}

    private Reading estimate(IndexCandidate index, IndexBounds bounds, Hits hits) {
        KeySample keys = hits.keys;
        double entries = entries(index);
        int prefix = prefix(index, bounds);
        double found = found(index, bounds, hits);
        double examined = found;
        if (prefix < parts(index)) {
            double inPrefix = entries * keys.count(bounds, prefix) / keys.size();
            double values = keys.distinct(prefix, entries) * inPrefix / entries;
            examined = Math.clamp(values * SKIP_EXAMINED, found, Math.max(found, inPrefix));
        }
        return new Reading(examined, found);
    }

    /** What the sample lacks is rare, even if it has few different values. */
    private double found(IndexCandidate index, IndexBounds bounds, Hits hits) {
        double entries = entries(index);
        if (hits.count > 1) {
            return entries * hits.count / hits.keys.size();
        }
        double unseen = entries * Math.max(hits.count, 0.5) / hits.keys.size();
        double points = 1;
        for (int part = 0; part < parts(index); part++) {
            if (!bounds.part(part).isPoints()) {
                return unseen;
            }
            points *= bounds.part(part).intervals().size();
        }
        return Math.min(unseen, points * entries / hits.keys.distinct(parts(index), entries));
    }

    /** How many leading parts decide where the scan goes: single values, and one part more. */
    private static int prefix(IndexCandidate index, IndexBounds bounds) {
        int part = 0;
        while (part < parts(index) - 1 && bounds.part(part).isPoints()) {
            part++;
        }
        int last = parts(index);
        while (last > part + 1 && bounds.part(last - 1).isAll()) {
            last--;
        }
        return last == part + 1 ? parts(index) : part + 1;
    }

    private static int parts(IndexCandidate index) {
        return index.pattern().length();
    }

    @Override
    public double share(Predicate predicate) {
        if (predicate.hasExpressions()) {
            return guesses.share(predicate); // they may take long
        }
        Double known = shares.get(predicate);
        if (known == null) {
            known = count(predicate);
            shares.put(predicate, known);
        }
        return known;
    }

    private double count(Predicate predicate) {
        List<Document> asked = sample.documents();
        asked = asked.subList(0, Math.min(ASKED_MAX, asked.size()));
        tests += asked.size() * NormalForm.size(predicate);
        if (tests > TESTS_MAX || asked.isEmpty()) {
            return guesses.share(predicate);
        }
        try {
            int hits = 0;
            for (Document document : asked) {
                hits += predicate.matches(document) ? 1 : 0;
            }
            return (hits + 0.25) / (asked.size() + 0.5);
        } catch (SmilodonException failure) {
            return guesses.share(predicate); // if it matters, the query itself will fail
        }
    }
}
