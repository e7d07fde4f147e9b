package io.smilodon.bench.work;

import io.smilodon.bench.corpus.Person;
import io.smilodon.bench.peer.Queries;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;

/** The marks of all last names, with their visits and scores. */
final class ExpectedGroups implements Expected {

    private record Group(LongSummaryStatistics visits, LongSummaryStatistics scores) {}

    private final Map<String, Group> groups = new HashMap<>();

    @Override
    public void see(Person person) {
        Group group =
                groups.computeIfAbsent(
                        person.last(),
                        last ->
                                new Group(
                                        new LongSummaryStatistics(), new LongSummaryStatistics()));
        group.visits().accept(person.visits());
        group.scores().accept(person.score());
    }

    private long marks() {
        return groups.entrySet().stream()
                .mapToLong(
                        group ->
                                Queries.mark(
                                        group.getKey(),
                                        group.getValue().visits().getSum(),
                                        group.getValue().scores().getAverage()))
                .sum();
    }

    @Override
    public boolean isAnswer(long answer) {
        return answer == marks();
    }

    @Override
    public String toString() {
        return String.valueOf(marks());
    }
}
