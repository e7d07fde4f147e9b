package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.Collection;

/** The start of the description of a failure: what every one of them has. */
final class Failure {

    private Failure() {}

    /** {@code {operatorName}}. */
    static DocumentBuilder of(String keyword) {
        return Document.builder().put("operatorName", keyword);
    }

    /** {@code {operatorName, specifiedAs: {keyword: written}}}. */
    static DocumentBuilder of(String keyword, Value written) {
        return specifiedAs(keyword, Document.of(keyword, written));
    }

    /** {@code {operatorName, specifiedAs}}. */
    static DocumentBuilder specifiedAs(String keyword, Document written) {
        return of(keyword).put("specifiedAs", written);
    }

    /** The names as an array of strings. */
    static ArrayValue names(Collection<String> names) {
        return ArrayValue.of(names.stream().map(Value::of).toList());
    }
}
