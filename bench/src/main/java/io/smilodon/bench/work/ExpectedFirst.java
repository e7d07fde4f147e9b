package io.smilodon.bench.work;

import io.smilodon.bench.corpus.Person;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** The sum of the scores of the first matching documents in some order. */
final class ExpectedFirst implements Expected {

    private record Found(long place, int score) {}

    private final Predicate<Person> matching;
    private final ToLongFunction<Person> order;
    private final int limit;
    private final Queue<Found> first =
            new PriorityQueue<>(Comparator.comparingLong(Found::place).reversed());

    /**
     * @param order the smallest number comes first
     */
    ExpectedFirst(Predicate<Person> matching, ToLongFunction<Person> order, int limit) {
        this.matching = matching;
        this.order = order;
        this.limit = limit;
    }

    @Override
    public void see(Person person) {
        if (matching.test(person)) {
            first.add(new Found(order.applyAsLong(person), person.score()));
            if (first.size() > limit) {
                first.remove();
            }
        }
    }

    private long sum() {
        return first.stream().mapToLong(Found::score).sum();
    }

    @Override
    public boolean isAnswer(long answer) {
        return answer == sum();
    }

    @Override
    public String toString() {
        return String.valueOf(sum());
    }
}
