package io.smilodon.database;

import io.smilodon.engine.check.Finding;
import io.smilodon.engine.segment.SegmentDamage.KeySpan;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Findings as documents, for programs. Pure functions. */
final class FindingDocuments {

    private FindingDocuments() {}

    static ArrayValue of(List<Finding> findings) {
        return ArrayValue.of(findings.stream().map(FindingDocuments::of).toList());
    }

    private static Document of(Finding finding) {
        DocumentBuilder document =
                Document.builder()
                        .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                        .put("found", finding.found());
        putText(document, "file", finding.file());
        finding.offset().ifPresent(offset -> document.put("offset", offset));
        finding.lsn().ifPresent(lsn -> document.put("lsn", lsn));
        putText(document, "subject", finding.subject());
        finding.keys().ifPresent(span -> document.put("keys", of(span)));
        return document.build();
    }

    private static void putText(DocumentBuilder document, String name, String text) {
        if (!text.isEmpty()) {
            document.put(name, text);
        }
    }

    static Document of(KeySpan span) {
        return Document.builder()
                .put("after", HexFormat.of().formatHex(span.after()))
                .put("to", HexFormat.of().formatHex(span.to()))
                .build();
    }
}
