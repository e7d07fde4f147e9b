package io.smilodon.engine.error;

/**
 * Where in a request something stands: a chain of field names and array indexes. Immutable; cheap
 * to extend, rendered only when an error needs it.
 */
public final class Location {

    public static final Location ROOT = new Location(null, "");

    private final Location parent;
    private final String token;

    private Location(Location parent, String token) {
        this.parent = parent;
        this.token = token;
    }

    /** The place that a JSON Pointer (RFC 6901) names. */
    public static Location ofPointer(String pointer) {
        Location place = ROOT;
        if (!pointer.isEmpty()) {
            for (String token : pointer.substring(1).split("/", -1)) {
                place = place.child(token.replace("~1", "/").replace("~0", "~"));
            }
        }
        return place;
    }

    public Location child(String fieldName) {
        return new Location(this, fieldName);
    }

    public Location child(int index) {
        return new Location(this, Integer.toString(index));
    }

    /** The same place if what stands at the one stands at the other; itself if it is elsewhere. */
    public Location moved(Location from, Location to) {
        if (pointer().equals(from.pointer())) {
            return to;
        }
        if (parent == null) {
            return this;
        }
        Location place = parent.moved(from, to);
        return place == parent ? this : new Location(place, token);
    }

    /** The JSON Pointer (RFC 6901) of this place; empty for the root. */
    public String pointer() {
        if (parent == null) {
            return "";
        }
        return parent.pointer() + "/" + token.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public String toString() {
        return pointer();
    }
}
