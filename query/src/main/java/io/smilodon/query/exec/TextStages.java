package io.smilodon.query.exec;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.text.TextIndex;
import io.smilodon.index.text.TextSearch;
import io.smilodon.query.plan.EntryStage;
import io.smilodon.query.plan.PlanStage;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Stages of text searches as explain shows them. */
record TextStages(Function<EntryStage, Document> inputs) {

    void describe(PlanStage.TextMatch match, DocumentBuilder builder) {
        StageRenderer.putFilter(builder, match.filter());
        builder.put("parsedTextQuery", parsed(match.matcher().search()))
                .put("textIndexVersion", TextIndex.VERSION)
                .put("inputStage", inputs.apply(match.input()));
    }

    private static Document parsed(TextSearch search) {
        return Document.builder()
                .put("terms", texts(search.terms()))
                .put("negatedTerms", texts(search.negatedTerms()))
                .put("phrases", texts(search.phrases()))
                .put("negatedPhrases", texts(search.negatedPhrases()))
                .build();
    }

    private static ArrayValue texts(Collection<String> texts) {
        return ArrayValue.of(texts.stream().map(Value::of).toList());
    }

    static void describe(EntryStage.TextScan scan, DocumentBuilder builder) {
        IndexDefinition definition = scan.index().definition();
        builder.put("indexName", definition.name())
                .put("keyPattern", definition.listedKey())
                .put("indexPrefix", prefix(scan, TextIndex.of(definition).before()))
                .put("words", texts(scan.search().keys()));
    }

    private static Document prefix(EntryStage.TextScan scan, List<KeyPart> before) {
        DocumentBuilder prefix = Document.builder();
        for (int part = 0; part < before.size(); part++) {
            prefix.put(
                    before.get(part).path().dotted(),
                    scan.before().part(part).intervals().get(0).low());
        }
        return prefix.build();
    }
}
