package io.smilodon.query.expression;

import io.smilodon.engine.value.FieldPath;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers which parts of a document some expressions read. Not thread-safe. */
public final class PathCollector {

    private final Set<FieldPath> paths = new LinkedHashSet<>();
    private boolean wholeDocument;
    private boolean isChance;

    public void add(FieldPath path) {
        paths.add(path);
    }

    public void addWholeDocument() {
        wholeDocument = true;
    }

    /** An expression draws lots. */
    public void addChance() {
        isChance = true;
    }

    /** Whether the same values at the paths make the same results. */
    public boolean isDetermined() {
        return !wholeDocument && !isChance;
    }

    public void addAll(List<? extends Expression> expressions) {
        expressions.forEach(expression -> expression.collectPaths(this));
    }

    /** The paths that are read; empty if the document is read as a whole. */
    public Optional<Set<FieldPath>> paths() {
        return wholeDocument ? Optional.empty() : Optional.of(Collections.unmodifiableSet(paths));
    }

    /** What these expressions read together. */
    public static Optional<Set<FieldPath>> pathsOf(List<? extends Expression> expressions) {
        PathCollector collector = new PathCollector();
        collector.addAll(expressions);
        return collector.paths();
    }
}
