package io.smilodon.database.command;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a bulk has done, an entry for each operation. Not thread-safe. */
final class BulkTotal implements WriteReport {

    private record Entry(int index, Document document, boolean isError) {}

    private final List<Entry> entries = new ArrayList<>();
    private final ToldErrors told = new ToldErrors();
    private final WriteCounts written = new WriteCounts();
    private final Map<String, Long> counts = new LinkedHashMap<>();

    BulkTotal() {
        List.of("nErrors", "nInserted", "nMatched", "nModified", "nUpserted", "nDeleted")
                .forEach(name -> counts.put(name, 0L));
    }

    @Override
    public void inserted(int index) {
        written.insert();
        add("nInserted", 1);
        entries.add(new Entry(index, entry(index, 1).build(), false));
    }

    @Override
    public void updated(int index, WriteOutcome outcome) {
        written.update(outcome);
        add("nMatched", outcome.matchedCount());
        add("nModified", outcome.modifiedCount());
        add("nUpserted", outcome.upserted().isPresent() ? 1 : 0);
        DocumentBuilder entry =
                entry(index, outcome.count())
                        .put("nModified", NumberValue.intOrLong(outcome.modifiedCount()));
        outcome.upserted().ifPresent(id -> entry.put("upserted", Document.of("_id", id)));
        entries.add(new Entry(index, entry.build(), false));
    }

    @Override
    public void deleted(int index, WriteOutcome outcome) {
        written.delete(outcome);
        add("nDeleted", outcome.count());
        entries.add(new Entry(index, entry(index, outcome.count()).build(), false));
    }

    @Override
    public void failed(int index, Write write, Document error) {
        add("nErrors", 1);
        DocumentBuilder entry = Document.builder().put("ok", 0.0).put("idx", index);
        entry.putAll(told.told(error).without("index")).put("n", 0);
        if (write instanceof Write.Update) {
            entry.put("nModified", 0);
        }
        entries.add(new Entry(index, entry.build(), true));
    }

    private void add(String name, long count) {
        counts.merge(name, count, Long::sum);
    }

    private static DocumentBuilder entry(int index, long count) {
        return Document.builder()
                .put("ok", 1.0)
                .put("idx", index)
                .put("n", NumberValue.intOrLong(count));
    }

    Document answer(Invocation invocation) {
        written.tell();
        boolean errorsOnly = invocation.body().flag("errorsOnly", false);
        List<Document> told =
                entries.stream()
                        .filter(entry -> entry.isError || !errorsOnly)
                        .sorted(Comparator.comparingInt(Entry::index))
                        .map(Entry::document)
                        .toList();
        DocumentBuilder answer =
                Document.builder()
                        .putAll(CursorReply.list(invocation, told, "admin.$cmd.bulkWrite"));
        counts.forEach((name, count) -> answer.put(name, NumberValue.intOrLong(count)));
        return answer.build();
    }
}
