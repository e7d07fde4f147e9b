package io.smilodon.database.command;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/** What an insert, update or delete of many has done, as a whole. Not thread-safe. */
final class WriteTotal implements WriteReport {

    private final List<Value> upserted = new ArrayList<>();
    private final List<Value> errors = new ArrayList<>();
    private final ToldErrors told = new ToldErrors();
    private final WriteCounts written = new WriteCounts();
    private long count;
    private long modifiedCount;

    @Override
    public void inserted(int index) {
        written.insert();
        count++;
    }

    @Override
    public void updated(int index, WriteOutcome outcome) {
        written.update(outcome);
        count += outcome.count();
        modifiedCount += outcome.modifiedCount();
        outcome.upserted().ifPresent(id -> upserted.add(upserted(index, id)));
    }

    private static Document upserted(int index, Value id) {
        return Document.builder().put("index", index).put("_id", id).build();
    }

    @Override
    public void deleted(int index, WriteOutcome outcome) {
        written.delete(outcome);
        count += outcome.count();
    }

    @Override
    public void failed(int index, Write write, Document error) {
        errors.add(told.told(error));
    }

    Document answer() {
        return withErrors(Document.builder().put("n", NumberValue.intOrLong(count)));
    }

    /** Tells of updates too. */
    Document answerOfUpdates() {
        DocumentBuilder answer = Document.builder().put("n", NumberValue.intOrLong(count));
        if (!upserted.isEmpty()) {
            answer.put("upserted", ArrayValue.of(upserted));
        }
        return withErrors(answer.put("nModified", NumberValue.intOrLong(modifiedCount)));
    }

    private Document withErrors(DocumentBuilder answer) {
        written.tell();
        if (!errors.isEmpty()) {
            answer.put("writeErrors", ArrayValue.of(errors));
        }
        return answer.build();
    }
}
