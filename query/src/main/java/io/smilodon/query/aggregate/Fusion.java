package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A stage that runs several pipelines over its collection and makes one order of their results,
 * each document once: the highest score first, equal ones by {@code _id}.
 */
interface Fusion extends SourceStage {

    List<FusionInput> inputs();

    /** Whether {@code $meta: "scoreDetails"} is to tell how the scores came about. */
    boolean wantsDetails();

    /** How the documents score, of which these are all. */
    Scorer scorer(Collection<Row> rows, StageContext context);

    /**
     * Where a document stands in the results of a pipeline.
     *
     * @param rank from 1; documents that tie share it
     * @param score by the pipeline; {@code Missing} where it has none
     * @param details of that score; {@code Missing} where there are none
     */
    record Place(long rank, Value score, Value details) {}

    /**
     * A document that was found.
     *
     * @param places by the names of the pipelines that found it
     */
    record Row(Document document, Map<String, Place> places) {}

    /** Scores documents. */
    interface Scorer {

        double score(Row row);

        /** How that score came about. */
        Document details(Row row, double score);
    }

    @Override
    default Cursor documents(StageContext context) {
        return new FusionCursor(this, context);
    }
}
