package io.smilodon.bench.work;

import io.smilodon.bench.corpus.Person;
import io.smilodon.bench.corpus.Question;
import io.smilodon.bench.peer.Peer;
import io.smilodon.bench.peer.Queries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One query again and again, by one thread, on the database with six indexes.
 *
 * @param asker asks it
 * @param limit how many documents it reads at most while it is measured
 * @param checkedLimit and while its answers are compared: all, where it may take any
 * @param expected makes what finds the right answer
 */
record IndexQuery(Asker asker, int limit, int checkedLimit, Function<Question, Expected> expected)
        implements Workload {

    private static final int CHECKED = 20;

    /** Asks a peer one question. */
    @FunctionalInterface
    interface Asker {
        long ask(Queries queries, Question question, int limit) throws Exception;
    }

    @Override
    public void check(Session session) throws Exception {
        List<Question> questions = session.questions().subList(0, CHECKED);
        List<Expected> right = new ArrayList<>(questions.stream().map(expected).toList());
        for (int id = 0; id < session.documents(); id++) {
            Person person = session.people().at(id);
            right.forEach(one -> one.see(person));
        }
        Queries queries = session.indexed().queries();
        int most = Math.min(checkedLimit, session.documents());
        for (int index = 0; index < CHECKED; index++) {
            long answer = asker.ask(queries, questions.get(index), most);
            if (!right.get(index).isAnswer(answer)) {
                throw new AssertionError(
                        "wrong answer to %s: %d, not %s"
                                .formatted(questions.get(index), answer, right.get(index)));
            }
        }
    }

    @Override
    public Measured run(Session session, long millis) throws Exception {
        Peer peer = session.indexed();
        Queries queries = peer.queries();
        List<Question> questions = session.questions();
        Operation operation =
                (same, ignored) ->
                        asker.ask(
                                queries,
                                questions.get(session.random().nextInt(questions.size())),
                                limit);
        return TimedOperations.run(session, peer, operation, millis);
    }
}
