package io.smilodon.database.action;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;

/** One action on a collection: which fields its body has, and what it does. Immutable. */
public final class Action {

    /** The option of those writes that a validator may refuse. */
    static final String BYPASS = "bypassDocumentValidation";

    static final String KEEPS_EMPTY = "bypassEmptyTsReplacement";

    private final BodyRules rules;
    private final BodyRules requestRules;
    private final ActionKind kind;
    private final Handler handler;

    /**
     * An action.
     *
     * @param rules the fields of the action itself
     */
    private Action(BodyRules.Builder rules, ActionKind kind, Handler handler) {
        this.rules = rules.build();
        this.requestRules = kind.rules(rules).build();
        this.kind = kind;
        this.handler = (collection, body) -> handler.run(validating(collection, body), body);
    }

    /** The collection, to be written past its rules as far as a request asks for that. */
    static DocumentCollection validating(DocumentCollection collection, Body body) {
        DocumentCollection free =
                body.flag(BYPASS, false) ? collection.bypassingValidation() : collection;
        return body.flag(KEEPS_EMPTY, false) ? free.keepingEmptyTimestamps() : free;
    }

    /** What an action does with a body that has been checked. */
    @FunctionalInterface
    interface Handler {
        Document run(DocumentCollection collection, Body body);
    }

    static Action reading(BodyRules.Builder rules, Handler handler) {
        return new Action(rules, ActionKind.READING, handler);
    }

    static Action writing(BodyRules.Builder rules, Handler handler) {
        return new Action(rules, ActionKind.WRITING, handler);
    }

    /** Whether it changes the collection. */
    public boolean writes() {
        return kind == ActionKind.WRITING;
    }

    /**
     * Carries it out.
     *
     * @param name the name that it has in the table
     * @param body its fields, as MongoDB's drivers name them
     */
    Document run(String name, DocumentCollection collection, Document body) {
        return collection.statement(() -> kind.run(name, collection, check(name, body), handler));
    }

    /** Its body, checked. */
    Body check(String name, Document body) {
        return requestRules.check(body, Location.ROOT, name);
    }

    /** Carries it out as a part of another action: its body has no options of a request. */
    Document run(DocumentCollection collection, Document body, Location location) {
        return handler.run(collection, rules.check(body, location));
    }
}
