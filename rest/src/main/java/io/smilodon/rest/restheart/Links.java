package io.smilodon.rest.restheart;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;

/** The {@code _links} of a list in full HAL. Pure functions. */
final class Links {

    private Links() {}

    static Document of(Listing listing, Paging paging, Address address) {
        DocumentBuilder links = Document.builder();
        links.put("self", plain(address.self()));
        if (paging.pagesize() > 0) {
            pages(links, listing, paging, address);
        }
        String path = address.path();
        switch (listing.kind()) {
            case ROOT -> links.put("rh:db", template(path + "/{dbname}"));
            case DB -> {
                links.put("rh:root", plain(address.parent().path()));
                links.put("rh:coll", template(path + "/{collname}"));
                links.put("rh:bucket", template(path + "/{bucketname}" + Kind.FILES));
            }
            case COLLECTION -> {
                links.put("rh:db", plain(address.parent().path()));
                links.put("rh:document", template(path + "/{docid}{?id_type}"));
                links.put("rh:indexes", plain(path + "/_indexes"));
                links.put("rh:filter", template(path + "{?filter}"));
                links.put("rh:sort", template(path + "{?sort_by}"));
            }
            case FILES_BUCKET -> {
                links.put("rh:db", plain(address.parent().path()));
                links.put("rh:file", template(path + "/{fileid}{?id_type}"));
                links.put("rh:indexes", plain(path + "/_indexes"));
                links.put("rh:filter", template(path + "{?filter}"));
            }
            case SCHEMA_STORE, COLLECTION_INDEXES, AGGREGATION ->
                    links.put("rh:parent", plain(address.parent().path()));
        }
        links.put("rh:paging", template(path + "{?page}{&pagesize}"));
        return links.build();
    }

    private static void pages(
            DocumentBuilder links, Listing listing, Paging paging, Address address) {
        int pagesize = paging.pagesize();
        int page = paging.page();
        links.put("first", plain(address.page(1, pagesize)));
        if (page > 1) {
            links.put("previous", plain(address.page(page - 1L, pagesize)));
        }
        listing.size()
                .ifPresent(
                        size -> {
                            long last = Math.max(1, paging.pages(size));
                            links.put("last", plain(address.page(last, pagesize)));
                        });
        boolean isLast =
                listing.size().isPresent()
                        ? page >= paging.pages(listing.size().getAsLong())
                        : listing.elements().size() < pagesize;
        if (!isLast) {
            links.put("next", plain(address.page(page + 1L, pagesize)));
        }
    }

    /** A path below another one, before what stands behind that. */
    static String below(String path, String part) {
        int query = path.indexOf('?');
        return query < 0 ? path + part : path.substring(0, query) + part + path.substring(query);
    }

    static Document plain(String path) {
        return Document.of("href", Value.of(path));
    }

    private static Document template(String path) {
        return plain(path).with("templated", Value.of(true));
    }
}
