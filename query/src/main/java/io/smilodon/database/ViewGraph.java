package io.smilodon.database;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.CollectionOptions;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.catalog.ViewDefinition;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which views of a database look at which others, in what they are on and in their pipelines. Kept
 * without cycles and no deeper than {@link Views#DEPTH_MAX}. Not thread-safe.
 */
final class ViewGraph {

    /** The stages that read other collections, and the option that names which. */
    private static final Map<String, String> SOURCE_FIELDS =
            Map.of("$lookup", "from", "$graphLookup", "from", "$unionWith", "coll");

    /** The views, each with all that it looks at. */
    private final Map<String, Set<String>> sources = new LinkedHashMap<>();

    private final Map<String, Integer> depths = new HashMap<>();
    private final Deque<String> path = new ArrayDeque<>();

    /**
     * Checks what a new or changed view would make of the others.
     *
     * @param view its name; the catalog may have it already, with another definition or none
     * @throws SmilodonException {@code GraphContainsCycle} or {@code ViewDepthLimitExceeded}
     */
    static void check(Namespace view, ViewDefinition definition, Catalog catalog, ReadView state) {
        ViewGraph graph = new ViewGraph();
        for (CollectionEntry entry : catalog.collections(view.database(), state)) {
            entry.options()
                    .view()
                    .ifPresent(other -> graph.add(entry.namespace().collection(), other));
        }
        graph.add(view.collection(), definition);
        graph.depth(view.collection());
        graph.sources.keySet().forEach(graph::depth);
    }

    /**
     * Refuses a view that would look at another one of another collation.
     *
     * @throws SmilodonException {@code OptionNotSupportedOnView}
     */
    static void checkCollation(
            Namespace view, CollectionOptions options, Catalog catalog, ReadView state) {
        ViewGraph own = new ViewGraph();
        own.add(view.collection(), options.view().orElseThrow());
        for (String source : own.sources.get(view.collection())) {
            catalog.find(new Namespace(view.database(), source), state)
                    .filter(CollectionEntry::isView)
                    .filter(other -> !other.collation().equals(options.collation()))
                    .ifPresent(
                            other -> {
                                throw new SmilodonException(
                                        ErrorCode.OPTION_NOT_SUPPORTED_ON_VIEW,
                                        "View "
                                                + view
                                                + " has conflicting collation with view "
                                                + other.namespace());
                            });
        }
    }

    private void add(String name, ViewDefinition definition) {
        Set<String> names = new LinkedHashSet<>();
        names.add(definition.source());
        definition.pipeline().forEach(stage -> collect(stage, names));
        sources.put(name, names);
    }

    /** How many views stand on one another up to this one. */
    private int depth(String name) {
        if (!sources.containsKey(name)) {
            return 0;
        }
        if (path.contains(name)) {
            throw new SmilodonException(
                    ErrorCode.GRAPH_CONTAINS_CYCLE,
                    "View cycle detected",
                    Map.of("views", String.join(" -> ", path.reversed()) + " -> " + name));
        }
        if (path.size() > Views.DEPTH_MAX) {
            throw tooDeep();
        }
        if (!depths.containsKey(name)) {
            path.push(name);
            int deepest = 0;
            for (String source : sources.get(name)) {
                deepest = Math.max(deepest, depth(source));
            }
            path.pop();
            depths.put(name, deepest + 1);
        }
        if (depths.get(name) > Views.DEPTH_MAX) {
            throw tooDeep();
        }
        return depths.get(name);
    }

    private static SmilodonException tooDeep() {
        return new SmilodonException(
                ErrorCode.VIEW_DEPTH_LIMIT_EXCEEDED,
                "View depth limit exceeded; maximum depth is 20");
    }

    /** The collections that a stage reads besides its input. */
    private static void collect(Document stage, Set<String> names) {
        for (Field field : stage) {
            if (SOURCE_FIELDS.containsKey(field.name())) {
                collectFrom(field.value(), SOURCE_FIELDS.get(field.name()), names);
            } else if (field.name().equals("$facet") && field.value() instanceof Document facets) {
                facets.forEach(facet -> collectAll(facet.value(), names));
            }
        }
    }

    private static void collectFrom(Value operand, String field, Set<String> names) {
        if (operand instanceof StringValue name) {
            names.add(name.value());
        } else if (operand instanceof Document options) {
            if (options.get(field) instanceof StringValue name) {
                names.add(name.value());
            }
            collectAll(options.get("pipeline"), names);
        }
    }

    private static void collectAll(Value pipeline, Set<String> names) {
        if (pipeline instanceof ArrayValue stages) {
            for (Value stage : stages) {
                if (stage instanceof Document document) {
                    collect(document, names);
                }
            }
        }
    }
}
