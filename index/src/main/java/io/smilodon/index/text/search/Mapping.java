package io.smilodon.index.text.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        int dot = path.indexOf('.');
        if (dot < 0) {
            return typesOf(path);
        }
        List<FieldType> found = new ArrayList<>();
        for (FieldType type : typesOf(path.substring(0, dot))) {
            if (type instanceof DocumentType inner) {
                found.addAll(inner.mapping(this).typesAt(path.substring(dot + 1)));
            }
        }
        return found;
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
