package io.smilodon.rest.graphql;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import java.util.Optional;
import java.util.Set;

/** Where the value of a field comes from. The holes of templates are filled for each request. */
sealed interface Mapping {

    /** The path that stands for the whole document. */
    String ROOT = "$$ROOT";

    /** Which fields of the document around it are asked for. */
    default Set<String> foreignPaths() {
        return Set.of();
    }

    /**
     * A collection.
     *
     * @param database empty for the one that the request goes to
     */
    record Target(Optional<String> database, String collection) {}

    /** The document itself. */
    record Whole() implements Mapping {}

    /** What is at a path of the document. */
    record Path(FieldPath path) implements Mapping {}

    /**
     * Documents that a filter finds.
     *
     * @param arguments filter, sort, skip and limit as templates, those that are given
     * @param join how all parents are served at once; empty if each must be served by itself
     */
    record Find(Target target, Document arguments, Optional<Join> join) implements Mapping {

        @Override
        public Set<String> foreignPaths() {
            return Template.foreignPaths(arguments);
        }
    }

    /**
     * A filter that asks for the value, or one of the values, that the parent has.
     *
     * @param field of the documents that are looked for
     * @param parent path of the parent
     */
    record Join(String field, String parent) {}

    /** What a pipeline makes. */
    record Pipeline(Target target, Value stages) implements Mapping {

        @Override
        public Set<String> foreignPaths() {
            return Template.foreignPaths(stages);
        }
    }

    /** How many documents match. */
    record Count(Target target, Value filter) implements Mapping {

        @Override
        public Set<String> foreignPaths() {
            return Template.foreignPaths(filter);
        }
    }

    /** A write. */
    record Write(Target target, String action, Document body) implements Mapping {}
}
