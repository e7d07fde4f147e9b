package io.smilodon.bench.work;

import io.smilodon.bench.corpus.Person;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The sum over all documents that match. Places at the edge of a shape may count or not, since
 * databases draw the lines between corners differently.
 */
final class ExpectedSum implements Expected {

    private final Predicate<Person> surely;
    private final Predicate<Person> perhaps;
    private final ToLongFunction<Person> value;
    private long least;
    private long most;

    private ExpectedSum(
            Predicate<Person> surely, Predicate<Person> perhaps, ToLongFunction<Person> value) {
        this.surely = surely;
        this.perhaps = perhaps;
        this.value = value;
    }

    static ExpectedSum scores(Predicate<Person> matching) {
        return new ExpectedSum(matching, matching, Person::score);
    }

    /**
     * @param surely what counts
     * @param perhaps what may count: this and more
     */
    static ExpectedSum scores(Predicate<Person> surely, Predicate<Person> perhaps) {
        return new ExpectedSum(surely, perhaps, Person::score);
    }

    static ExpectedSum count(Predicate<Person> matching) {
        return new ExpectedSum(matching, matching, person -> 1);
    }

    @Override
    public void see(Person person) {
        least += surely.test(person) ? value.applyAsLong(person) : 0;
        most += perhaps.test(person) ? value.applyAsLong(person) : 0;
    }

    @Override
    public boolean isAnswer(long answer) {
        return least <= answer && answer <= most;
    }

    @Override
    public String toString() {
        return least == most ? String.valueOf(least) : least + " to " + most;
    }
}
