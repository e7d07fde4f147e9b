package io.smilodon.rest.graphql;

import graphql.schema.DataFetchingFieldSelectionSet;
import graphql.schema.GraphQLObjectType;
import graphql.schema.SelectedField;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.Set;
import java.util.TreeSet;

/** Which fields of documents a request reads: nothing else is fetched. One thread. */
final class Selection {

    private static final String ID = "_id";

    private final Mappings mappings;
    private final TreeSet<String> paths = new TreeSet<>();
    private boolean isWhole;

    private Selection(Mappings mappings) {
        this.mappings = mappings;
    }

    /**
     * The projection that fetches what is selected.
     *
     * @param further paths that are needed beside
     */
    static Document projection(
            DataFetchingFieldSelectionSet selected, Mappings mappings, Set<String> further) {
        Selection selection = new Selection(mappings);
        selection.add(selected, "");
        selection.paths.addAll(further);
        return selection.toProjection();
    }

    private void add(DataFetchingFieldSelectionSet selected, String prefix) {
        for (SelectedField field : selected.getImmediateFields()) {
            for (GraphQLObjectType type : field.getObjectTypes()) {
                add(mappings.of(type.getName(), field.getName()), field, prefix);
            }
        }
    }

    private void add(Mapping mapping, SelectedField field, String prefix) {
        switch (mapping) {
            case Mapping.Whole whole -> {
                isWhole |= prefix.isEmpty();
                paths.add(prefix.isEmpty() ? ID : prefix.substring(0, prefix.length() - 1));
            }
            case Mapping.Path path -> addPath(prefix + path.path().dotted(), field);
            default -> mapping.foreignPaths().forEach(path -> paths.add(prefix + path));
        }
    }

    private void addPath(String path, SelectedField field) {
        if (field.getName().startsWith("__")) {
            return;
        }
        int before = paths.size();
        add(field.getSelectionSet(), path + ".");
        boolean selectsNothing = field.getSelectionSet().getImmediateFields().isEmpty();
        if (selectsNothing || paths.size() == before) {
            paths.add(path);
        }
    }

    private Document toProjection() {
        if (isWhole) {
            return Document.EMPTY;
        }
        DocumentBuilder projection = Document.builder();
        boolean hasId = false;
        for (String path : paths) {
            if (!isBelowAnother(path)) {
                projection.put(path, Value.of(1));
                hasId |= path.equals(ID) || path.startsWith(ID + ".");
            }
        }
        if (projection.size() == 0) {
            return Document.of(ID, Value.of(1));
        }
        return hasId ? projection.build() : projection.put(ID, Value.of(0)).build();
    }

    private boolean isBelowAnother(String path) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            if (paths.contains(path.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }
}
