package io.smilodon.index.geo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Longitudes in which something lies. Immutable and thread-safe.
 *
 * <p>No more than {@value #SPANS_MAX} spans are kept: then the smallest gap between two is closed.
 * So {@link #west} and {@link #east} are those of the least span around all unless its gap is
 * narrower than six degrees; then it may be found wider than it is, by up to that much.
 *
 * @param spans from the west to the east, with gaps between them, in degrees from -180 to 180
 */
record DegreeSpans(List<Span> spans) {

    static final int SPANS_MAX = 64;
    static final DegreeSpans NONE = new DegreeSpans(List.of());
    static final DegreeSpans ALL = new DegreeSpans(List.of(new Span(-180, 180)));

    private static final double HALF_TURN = 180;

    /** From west to east; {@code from <= to}. */
    record Span(double from, double to) {}

    DegreeSpans {
        spans = List.copyOf(spans);
    }

    /** The shorter way between two longitudes. */
    static DegreeSpans between(double one, double other) {
        double from = Math.min(one, other);
        double to = Math.max(one, other);
        return to - from <= HALF_TURN
                ? new DegreeSpans(List.of(new Span(from, to)))
                : new DegreeSpans(List.of(new Span(-HALF_TURN, from), new Span(to, HALF_TURN)));
    }

    DegreeSpans union(DegreeSpans other) {
        if (covers(other)) {
            return this;
        }
        List<Span> all = new ArrayList<>(spans);
        all.addAll(other.spans);
        all.sort(Comparator.comparingDouble(Span::from));
        List<Span> joined = new ArrayList<>();
        for (Span span : all) {
            if (!joined.isEmpty() && joined.getLast().to >= span.from) {
                Span last = joined.removeLast();
                joined.add(new Span(last.from, Math.max(last.to, span.to)));
            } else {
                joined.add(span);
            }
        }
        while (joined.size() > SPANS_MAX) {
            closeSmallestGap(joined);
        }
        return new DegreeSpans(joined);
    }

    private boolean covers(DegreeSpans other) {
        return other.spans.stream()
                .allMatch(
                        span ->
                                spans.stream()
                                        .anyMatch(
                                                own -> own.from <= span.from && own.to >= span.to));
    }

    private static void closeSmallestGap(List<Span> spans) {
        int smallest = 1;
        for (int index = 2; index < spans.size(); index++) {
            if (gapBefore(spans, index) < gapBefore(spans, smallest)) {
                smallest = index;
            }
        }
        Span later = spans.remove(smallest);
        spans.set(smallest - 1, new Span(spans.get(smallest - 1).from, later.to));
    }

    private static double gapBefore(List<Span> spans, int index) {
        return spans.get(index).from - spans.get(index - 1).to;
    }

    /** The western end of the least span around all; greater than the eastern across 180. */
    double west() {
        return spans.get(first()).from;
    }

    double east() {
        int first = first();
        return spans.get(first == 0 ? spans.size() - 1 : first - 1).to;
    }

    /** Which span is behind the widest gap; the first one if all is as wide. */
    private int first() {
        int first = 0;
        double widest = spans.getFirst().from - spans.getLast().to + 2 * HALF_TURN;
        for (int index = 1; index < spans.size(); index++) {
            if (gapBefore(spans, index) > widest) {
                widest = gapBefore(spans, index);
                first = index;
            }
        }
        return first;
    }
}
