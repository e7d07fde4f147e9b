package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Shows the stages of a pipeline as they are carried out. */
public final class ExplainedStages {

    private ExplainedStages() {}

    /**
     * The stages that work on what the find at the front of the pipeline yields: those that no
     * rewrite has touched as they were written, the others as what became of them.
     *
     * @param pipeline the stages as they were written
     * @param parsed the same stages
     */
    public static List<Document> behindFront(List<Document> pipeline, Pipeline parsed) {
        Map<Stage, Document> written = new IdentityHashMap<>();
        for (int i = 0; i < pipeline.size(); i++) {
            written.put(parsed.stages().get(i), pipeline.get(i));
        }
        List<Document> shown = new ArrayList<>();
        for (Stage stage : PipelineRules.split(parsed).rest().stages()) {
            Document same = written.get(stage);
            shown.add(same == null ? stage.rendered() : same);
        }
        return shown;
    }
}
