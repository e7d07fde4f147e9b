package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Shows the stages of a pipeline as they are carried out. */
public final class ExplainedStages {

    private ExplainedStages() {}

    /**
     * The stages that work on what the find at the front of the pipeline yields: those that no
     * rewrite has touched as they were written, the others as what became of them. A search tells
     * how its index answers it.
     *
     * @param pipeline the stages as they were written
     * @param parsed the same stages
     * @param isRun whether searches are carried out, each for as many results as a limit right
     *     behind it lets pass
     */
    public static List<Document> behindFront(
            List<Document> pipeline, Pipeline parsed, StageContext context, boolean isRun) {
        Map<Stage, Document> written = new IdentityHashMap<>();
        for (int i = 0; i < pipeline.size(); i++) {
            written.put(parsed.stages().get(i), pipeline.get(i));
        }
        List<Stage> stages = PipelineRules.split(parsed).rest().stages();
        List<Document> shown = new ArrayList<>();
        for (Stage stage : stages) {
            Document same = written.get(stage);
            if (stage instanceof SearchStage search) {
                OptionalLong taken = isRun ? OptionalLong.of(limit(stages)) : OptionalLong.empty();
                shown.addAll(
                        search.explained(
                                (Document) same.get(stage.name()),
                                new SearchStage.Explaining(context, taken)));
            } else {
                shown.add(same == null ? stage.rendered() : same);
            }
        }
        return shown;
    }

    private static long limit(List<Stage> stages) {
        return stages.size() > 1 && stages.get(1) instanceof Limit limit
                ? limit.count()
                : Long.MAX_VALUE;
    }

    /** The stages with what each did, as far as they have been run. */
    public static List<Document> withCounts(List<Document> shown, List<MeasuredCursor> measured) {
        List<Document> counted = new ArrayList<>(shown);
        for (int i = 0; i < measured.size(); i++) {
            counted.set(i, measured.get(i).told(shown.get(i)));
        }
        return counted;
    }
}
