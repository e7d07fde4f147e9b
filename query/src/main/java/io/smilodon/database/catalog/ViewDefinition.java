package io.smilodon.database.catalog;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What a view shows.
 *
 * @param source the collection or view of the same database that it looks at; it need not exist
 * @param pipeline what is done with its documents, as the user wrote it
 */
public record ViewDefinition(String source, List<Document> pipeline) {

    static final String SOURCE = "viewOn";
    static final String PIPELINE = "pipeline";

    public ViewDefinition {
        pipeline = List.copyOf(pipeline);
    }

    void putInto(DocumentBuilder options) {
        options.put(SOURCE, source).put(PIPELINE, ArrayValue.of(pipeline));
    }

    static ViewDefinition fromDocument(Document options) {
        List<Document> stages = new ArrayList<>();
        for (Value stage : Damage.array(options, PIPELINE)) {
            if (!(stage instanceof Document document)) {
                throw Damage.found(options, PIPELINE);
            }
            stages.add(document);
        }
        return new ViewDefinition(Damage.text(options, SOURCE), stages);
    }
}
