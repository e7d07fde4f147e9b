package io.smilodon.index.text.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which fields of a document are indexed, and as what. Also a type: that of documents inside.
 *
 * @param dynamic what fields are indexed as that are not named; empty if they are not
 * @param fields the types of those that are named
 */
record Mapping(List<FieldType> dynamic, Map<String, List<FieldType>> fields) {

    Mapping {
        dynamic = List.copyOf(dynamic);
        fields = Map.copyOf(fields);
    }

    /** The types of a field of the document itself. */
    List<FieldType> typesOf(String name) {
        return fields.getOrDefault(name, dynamic);
    }

    /** The types of what stands at the path. */
    List<FieldType> typesAt(String path) {
        int end = 0;
        while (end < path.length() && !isEnd(path.charAt(end))) {
            end++;
        }
        if (end == path.length()) {
            return typesOf(path);
        }
        boolean isInside = path.charAt(end) == FieldNames.INSIDE;
        List<FieldType> found = new ArrayList<>();
        for (FieldType type : typesOf(path.substring(0, end))) {
            String rest = path.substring(end + 1);
            if (type instanceof DocumentType inner && !isInside) {
                found.addAll(inner.mapping(this).typesAt(rest));
            } else if (type instanceof EmbeddedType embedded && isInside) {
                found.addAll(embedded.fields().typesAt(rest));
            }
        }
        return found;
    }

    private static boolean isEnd(char sign) {
        return sign == '.' || sign == FieldNames.INSIDE;
    }

    /** The way that a path of embedded documents leads, over others perhaps; empty if to none. */
    Optional<String> embeddedAt(String path) {
        int dot = path.indexOf('.');
        List<FieldType> types = typesOf(dot < 0 ? path : path.substring(0, dot));
        if (dot < 0) {
            return types.stream().anyMatch(type -> type instanceof EmbeddedType)
                    ? Optional.of(path)
                    : Optional.empty();
        }
        String name = path.substring(0, dot);
        String rest = path.substring(dot + 1);
        for (FieldType type : types) {
            Optional<String> found =
                    switch (type) {
                        case DocumentType inner ->
                                inner.mapping(this).embeddedAt(rest).map(way -> name + '.' + way);
                        case EmbeddedType embedded ->
                                embedded.fields()
                                        .embeddedAt(rest)
                                        .map(way -> name + FieldNames.INSIDE + way);
                        default -> Optional.empty();
                    };
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Whether documents inside are searched each by itself. */
    boolean hasEmbedded() {
        return fields.values().stream().flatMap(List::stream).anyMatch(Mapping::hasEmbedded);
    }

    private static boolean hasEmbedded(FieldType type) {
        return type instanceof EmbeddedType
                || type instanceof DocumentType.Own own && own.fields().hasEmbedded();
    }

    /** The same with one more type at a path. */
    Mapping with(String path, FieldType type) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        Map<String, List<FieldType>> more = new LinkedHashMap<>(fields);
        List<FieldType> types = new ArrayList<>(fields.getOrDefault(name, List.of()));
        if (dot < 0) {
            types.add(type);
        } else {
            Mapping inner = new Mapping(List.of(), Map.of());
            for (FieldType known : types) {
                if (known instanceof DocumentType.Own own) {
                    inner = own.fields();
                }
            }
            types.removeIf(known -> known instanceof DocumentType.Own);
            types.add(new DocumentType.Own(inner.with(path.substring(dot + 1), type)));
        }
        more.put(name, types);
        return new Mapping(dynamic, more);
    }
}
