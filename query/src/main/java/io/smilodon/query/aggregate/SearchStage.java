package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.index.text.search.SearchRequest;
import io.smilodon.query.exec.Cursor;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A stage that a search index answers. */
interface SearchStage extends SourceStage {

    /** The stage that fetches what a search has found, as MongoDB's explain calls it. */
    String ID_LOOKUP = "$_internalSearchIdLookup";

    /**
     * The stages that explain shows in its place, under the names and with the fields of MongoDB's.
     *
     * @param written its operand
     */
    List<Document> explained(Document written, Explaining explaining);

    /**
     * How explain asks a stage.
     *
     * @param taken how many results the search is run for; empty if it is not
     */
    record Explaining(StageContext context, OptionalLong taken) {

        boolean isRun() {
            return taken.isPresent();
        }

        Document of(SearchRequest request) {
            return context.searching().explained(request, isRun());
        }

        /** What a search tells of itself and, if it is run, the fetching of what it finds. */
        List<Document> search(String name, Document search, SearchStage stage) {
            if (!isRun()) {
                return List.of(Document.of(name, search), Document.of(ID_LOOKUP, Document.EMPTY));
            }
            long start = System.nanoTime();
            NumberValue count = NumberValue.intOrLong(count(stage));
            NumberValue millis =
                    NumberValue.intOrLong(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            Document fetched =
                    Document.builder()
                            .put("totalDocsExamined", count)
                            .put("totalKeysExamined", count)
                            .put("numDocsFilteredByIdLookup", 0)
                            .build();
            return List.of(
                    with(name, search, count, millis), with(ID_LOOKUP, fetched, count, millis));
        }

        private long count(SearchStage stage) {
            long count = 0;
            try (Cursor found = stage.documents(context)) {
                while (count < taken.orElse(0) && found.advance()) {
                    count++;
                }
            }
            return count;
        }

        private static Document with(
                String name, Document stage, NumberValue returned, NumberValue millis) {
            DocumentBuilder shown = Document.builder().put(name, stage);
            return shown.put("nReturned", returned)
                    .put("executionTimeMillisEstimate", millis)
                    .build();
        }
    }
}
