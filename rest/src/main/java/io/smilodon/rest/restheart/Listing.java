package io.smilodon.rest.restheart;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A page of a list.
 *
 * @param kind what it is of
 * @param properties those of what is listed; empty if they are not told
 * @param elements those of the page, each with its {@code _id}
 * @param size how many there are in all; empty if they are not counted
 */
public record Listing(Kind kind, Document properties, List<Document> elements, OptionalLong size) {

    private static final String EMBEDDED = "_embedded";

    public Listing {
        elements = List.copyOf(elements);
    }

    /**
     * The list as a request wants it.
     *
     * @param address where it is
     */
    public Value body(Parameters parameters, Address address) {
        return switch (parameters.form().representation()) {
            case STANDARD -> standard();
            case SHAL -> shal(parameters);
            case HAL -> hal(parameters, address);
        };
    }

    /** One document by itself: with a link to it in full HAL. */
    public static Document document(Document document, Form form, Address address) {
        boolean isLinked = form.representation() == Representation.HAL && form.isFull();
        return isLinked
                ? document.with("_links", Document.of("self", Links.plain(address.self())))
                : document;
    }

    private Value standard() {
        return kind.isOfNames()
                ? ArrayValue.of(elements.stream().map(each -> each.get("_id")).toList())
                : ArrayValue.of(elements);
    }

    private DocumentBuilder figures(Parameters parameters) {
        DocumentBuilder body = Document.builder();
        if (parameters.form().hasProperties()) {
            body.putAll(properties);
        }
        if (size.isPresent()) {
            body.put("_size", size.getAsLong());
            if (parameters.paging().pagesize() > 0) {
                body.put("_total_pages", parameters.paging().pages(size.getAsLong()));
            }
        }
        return body.put("_returned", elements.size());
    }

    private Value shal(Parameters parameters) {
        return figures(parameters).put(EMBEDDED, ArrayValue.of(elements)).build();
    }

    private Value hal(Parameters parameters, Address address) {
        DocumentBuilder body = figures(parameters);
        boolean isFull = parameters.form().isFull();
        if (isFull) {
            body.put("_type", kind.name());
            body.put("_links", Links.of(this, parameters.paging(), address));
        }
        Map<String, List<Document>> byRelation = new LinkedHashMap<>();
        for (Document element : elements) {
            Document shown = isFull && kind.hasPaths() ? linked(element, address) : element;
            byRelation
                    .computeIfAbsent(kind.relation(element), name -> new ArrayList<>())
                    .add(shown);
        }
        DocumentBuilder embedded = Document.builder();
        byRelation.forEach((name, group) -> embedded.put(name, ArrayValue.of(group)));
        return body.put(EMBEDDED, embedded.build()).build();
    }

    private Document linked(Document element, Address address) {
        Value id = element.get("_id");
        String path =
                kind.hasNamedElements() && id instanceof StringValue name
                        ? address.path() + "/" + IdType.encoded(name.value())
                        : address.child(id);
        Document links = Document.of("self", Links.plain(path));
        if (kind == Kind.FILES_BUCKET) {
            links = links.with("rh:data", Links.plain(Links.below(path, "/binary")));
        }
        return element.with("_links", links);
    }
}
