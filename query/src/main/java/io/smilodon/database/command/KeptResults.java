package io.smilodon.database.command;

import io.smilodon.database.StatementChunks;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.BsonSize;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The results of many writes as they are kept for who sends them again. Most of many are alike:
 *
 * <pre>
 * {runs: [length, matched, modified, …], upserted: [_id, …], errors: [error, …], op: kind}
 * </pre>
 *
 * <p>{@code matched} is -1 for writes that failed and -2 for those that inserted by an upsert;
 * their errors and ids follow in order. {@code op} is the {@link WrittenKind} of the first.
 *
 * @param name of the command: session and number
 * @param ids of the statements
 */
record KeptResults(String name, List<Write> writes, StatementIds ids)
        implements StatementChunks.Kept<WriteResult> {

    /** Of a larger error only index and code are kept. */
    private static final int ERROR_BYTES_MAX = 64 << 10;

    private static final long FAILED = -1;
    private static final long UPSERTED = -2;
    private static final int NUMBERS_OF_RUN = 3;

    /** So many writes that are alike. */
    private record Run(long length, long matched, long modified) {

        boolean isLike(Run other) {
            return matched == other.matched && modified == other.modified;
        }

        static Run of(WriteResult result) {
            return switch (result) {
                case WriteResult.Failed failed -> new Run(1, FAILED, 0);
                case WriteResult.Done done -> {
                    boolean isUpsert = done.outcome().upserted().isPresent();
                    long matched = isUpsert ? UPSERTED : done.outcome().matchedCount();
                    yield new Run(1, matched, done.outcome().modifiedCount());
                }
            };
        }
    }

    @Override
    public Optional<String> name(int first) {
        return ids.at(first).map(id -> name + ":" + id);
    }

    @Override
    public boolean isEach() {
        return ids.isGiven();
    }

    @Override
    public Document encode(int first, List<WriteResult> results) {
        List<Value> runs = new ArrayList<>();
        List<Value> upserted = new ArrayList<>();
        List<Value> errors = new ArrayList<>();
        ToldErrors told = new ToldErrors();
        Run run = new Run(0, 0, 0);
        for (WriteResult result : results) {
            Run next = Run.of(result);
            if (next.isLike(run)) {
                run = new Run(run.length + 1, run.matched, run.modified);
            } else {
                append(run, runs);
                run = next;
            }
            switch (result) {
                case WriteResult.Done done -> done.outcome().upserted().ifPresent(upserted::add);
                case WriteResult.Failed failed -> errors.add(kept(failed.error(), told));
            }
        }
        append(run, runs);
        Document kept =
                Document.builder()
                        .put("runs", ArrayValue.of(runs))
                        .put("upserted", ArrayValue.of(upserted))
                        .put("errors", ArrayValue.of(errors))
                        .build();
        return WrittenKind.of(writes.get(first), results.getFirst()).with(kept);
    }

    private static Document kept(Document error, ToldErrors told) {
        return BsonSize.of(error) > ERROR_BYTES_MAX ? ToldErrors.brief(error) : told.told(error);
    }

    private static void append(Run run, List<Value> runs) {
        if (run.length > 0) {
            runs.add(NumberValue.intOrLong(run.length));
            runs.add(NumberValue.intOrLong(run.matched));
            runs.add(NumberValue.intOrLong(run.modified));
        }
    }

    @Override
    public List<WriteResult> decode(Document outcome) {
        if (!outcome.has("runs")) {
            return List.of(RepeatableAnswer.asResult(outcome));
        }
        List<Value> numbers = ((ArrayValue) outcome.get("runs")).elements();
        Iterator<Value> upserted = ((ArrayValue) outcome.get("upserted")).iterator();
        Iterator<Value> errors = ((ArrayValue) outcome.get("errors")).iterator();
        List<WriteResult> results = new ArrayList<>();
        for (int at = 0; at < numbers.size(); at += NUMBERS_OF_RUN) {
            Run run =
                    new Run(number(numbers, at), number(numbers, at + 1), number(numbers, at + 2));
            for (long i = 0; i < run.length; i++) {
                results.add(result(run, upserted, errors));
            }
        }
        return results;
    }

    private static long number(List<Value> numbers, int at) {
        return ((NumberValue) numbers.get(at)).toLong();
    }

    private static WriteResult result(Run run, Iterator<Value> upserted, Iterator<Value> errors) {
        if (run.matched == FAILED) {
            return new WriteResult.Failed((Document) errors.next());
        }
        boolean isUpsert = run.matched == UPSERTED;
        Optional<Value> id = isUpsert ? Optional.of(upserted.next()) : Optional.empty();
        return new WriteResult.Done(new WriteOutcome(isUpsert ? 0 : run.matched, run.modified, id));
    }
}
