package io.smilodon.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.query.testing.Script;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command with a name that nobody knows: its error tells which ones are known there.
 *
 * @param list what the error calls them
 */
record Probe(Document command, String list) {

    static Optional<Probe> of(Script.Case lines) {
        String list = lines.has("told") ? lines.get("told") : "expected";
        return lines.has("probe")
                ? Optional.of(new Probe(ExtendedJson.readDocument(lines.get("probe")), list))
                : Optional.empty();
    }

    Set<String> known(ExampleDatabase database) {
        Document answer = database.answer(command);
        String error = answer.get("errmsg") instanceof StringValue text ? text.value() : "";
        Matcher names = Pattern.compile("\\b" + list + ": \\[([^]]*)]").matcher(error);
        assertTrue(names.find(), () -> ShellText.of(answer));
        return new TreeSet<>(Set.of(names.group(1).split(", ")));
    }
}
