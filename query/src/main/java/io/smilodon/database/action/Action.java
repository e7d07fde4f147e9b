package io.smilodon.database.action;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.List;

/** One action on a collection: which fields its body has, and what it does. Immutable. */
public final class Action {

    private final BodyRules rules;
    private final boolean writes;
    private final Handler handler;

    private Action(BodyRules rules, boolean writes, Handler handler) {
        this.rules = rules;
        this.writes = writes;
        this.handler = handler;
    }

    /** What an action does with a body that has been checked. */
    @FunctionalInterface
    interface Handler {
        Document run(DocumentCollection collection, Body body);
    }

    static Action reading(BodyRules.Builder rules, Handler handler) {
        return new Action(rules.build(), false, handler);
    }

    static Action writing(BodyRules.Builder rules, Handler handler) {
        return new Action(rules.build(), true, handler);
    }

    /** Whether it changes the collection. */
    public boolean writes() {
        return writes;
    }

    /** The fields that a body may have. */
    public List<String> fieldNames() {
        List<String> names = new ArrayList<>();
        rules.names().forEach(names::add);
        return names;
    }

    /**
     * Carries it out.
     *
     * @param body its fields, as MongoDB's drivers name them
     */
    public Document run(DocumentCollection collection, Document body) {
        return collection.statement(() -> run(collection, body, Location.ROOT));
    }

    Document run(DocumentCollection collection, Document body, Location location) {
        return handler.run(collection, rules.check(body, location));
    }
}
