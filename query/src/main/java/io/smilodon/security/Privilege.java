package io.smilodon.security;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Set;

/**
 * What a role allows on one thing.
 *
 * @param rules with which documents; none for all
 */
public record Privilege(Resource resource, Set<Action> actions, AccessRules rules) {

    /** On all of it. */
    public Privilege(Resource resource, Set<Action> actions) {
        this(resource, actions, AccessRules.NONE);
    }

    /** As MongoDB shows and stores it: the actions by their names. */
    public Document toDocument() {
        return Document.builder()
                .put("resource", resource.toDocument())
                .put(
                        "actions",
                        ArrayValue.of(
                                actions.stream()
                                        .map(Action::label)
                                        .sorted()
                                        .map(Value::of)
                                        .toList()))
                .putAll(rules.fields())
                .build();
    }
}
