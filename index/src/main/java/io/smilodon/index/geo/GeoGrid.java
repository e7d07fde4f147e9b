package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.index.geo.SphereBounds.DegreeRange;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Grids over the earth whose cells have names, to group by: geohashes, the tiles of web maps, and
 * the cells of 2dsphere indexes.
 */
public final class GeoGrid {

    public static final int GEOHASH_LENGTH_MAX = 12;
    public static final int ZOOM_MAX = 29;
    public static final int LEVEL_MAX = SphereCell.LEVEL_MAX;

    private static final String BASE32 = "0123456789bcdefghjkmnpqrstuvwxyz";
    private static final int BITS_PER_LETTER = 5;
    private static final Pattern TILE = Pattern.compile("(\\d{1,2})/(\\d{1,9})/(\\d{1,9})");

    private GeoGrid() {}

    /**
     * The geohash of a point: letters of five bits each, which halve longitude and latitude in turn
     * (Niemeyer 2008).
     *
     * @param length 1 to {@value #GEOHASH_LENGTH_MAX} letters
     */
    public static String geohash(SpherePoint point, int length) {
        int bits = BITS_PER_LETTER * length;
        long x = column((point.longitude() + 180) / 360, (bits + 1) / 2);
        long y = column((point.latitude() + 90) / 180, bits / 2);
        int xLeft = (bits + 1) / 2;
        int yLeft = bits / 2;
        StringBuilder hash = new StringBuilder(length);
        for (int letter = 0; letter < length; letter++) {
            int value = 0;
            for (int bit = 0; bit < BITS_PER_LETTER; bit++) {
                boolean isX = (letter * BITS_PER_LETTER + bit) % 2 == 0;
                long next = isX ? x >> --xLeft : y >> --yLeft;
                value = value << 1 | (int) (next & 1);
            }
            hash.append(BASE32.charAt(value));
        }
        return hash.toString();
    }

    /** Which of {@code 2^bits} columns a share of 1 falls into; 1 itself into the last. */
    private static long column(double share, int bits) {
        long columns = 1L << bits;
        return Math.clamp((long) Math.floor(share * columns), 0L, columns - 1);
    }

    /**
     * The tile of a web map (the spherical Mercator of EPSG 3857) as {@code zoom/x/y}. Beyond 85.05
     * degrees there are no tiles: the last one stands for what is there.
     *
     * @param zoom 0 to {@value #ZOOM_MAX}
     */
    public static String tile(SpherePoint point, int zoom) {
        long x = column((point.longitude() + 180) / 360, zoom);
        double northing = Math.log(Math.tan(Math.PI / 4 + Math.toRadians(point.latitude()) / 2));
        long y = column((1 - Math.clamp(northing, -4, 4) / Math.PI) / 2, zoom);
        return zoom + "/" + x + "/" + y;
    }

    /**
     * The number of the cell of a 2dsphere index. Cells of a level have about one size everywhere
     * on the earth: 10,000 kilometres wide at level 0, half of that at each further one.
     *
     * @param level 0 to {@link #LEVEL_MAX}
     */
    public static long cell(SpherePoint point, int level) {
        SphereCell cell = SphereCell.of(point);
        while (cell.level() > level) {
            cell = cell.parent();
        }
        return cell.id();
    }

    /**
     * The box of a geohash or a tile.
     *
     * @throws SmilodonException 2 if it is none
     */
    public static SphereBounds box(String name) {
        Matcher tile = TILE.matcher(name);
        return tile.matches() ? tileBox(tile, name) : geohashBox(name);
    }

    private static SphereBounds tileBox(Matcher tile, String name) {
        int zoom = Integer.parseInt(tile.group(1));
        long x = Long.parseLong(tile.group(2));
        long y = Long.parseLong(tile.group(3));
        if (zoom > ZOOM_MAX || x >> zoom != 0 || y >> zoom != 0) {
            throw unknown(name);
        }
        double size = 360.0 / (1L << zoom);
        return SphereBounds.ofBox(
                new DegreeRange(x * size - 180, (x + 1) * size - 180),
                new DegreeRange(tileLatitude(y + 1, zoom), tileLatitude(y, zoom)));
    }

    private static double tileLatitude(long y, int zoom) {
        double northing = Math.PI * (1 - 2.0 * y / (1L << zoom));
        return Math.toDegrees(Math.atan(Math.sinh(northing)));
    }

    private static SphereBounds geohashBox(String hash) {
        if (hash.isEmpty() || hash.length() > GEOHASH_LENGTH_MAX) {
            throw unknown(hash);
        }
        long x = 0;
        long y = 0;
        int bits = BITS_PER_LETTER * hash.length();
        for (int bit = 0; bit < bits; bit++) {
            int value = BASE32.indexOf(hash.charAt(bit / BITS_PER_LETTER));
            if (value < 0) {
                throw unknown(hash);
            }
            int next = value >> (BITS_PER_LETTER - 1 - bit % BITS_PER_LETTER) & 1;
            if (bit % 2 == 0) {
                x = x << 1 | next;
            } else {
                y = y << 1 | next;
            }
        }
        double width = 360.0 / (1L << (bits + 1) / 2);
        double height = 180.0 / (1L << bits / 2);
        return SphereBounds.ofBox(
                new DegreeRange(x * width - 180, (x + 1) * width - 180),
                new DegreeRange(y * height - 90, (y + 1) * height - 90));
    }

    private static SmilodonException unknown(String name) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "neither a geohash nor a tile of a map",
                        Map.of("found", name))
                .withHint("a geohash as u33db, or a tile as 7/68/42");
    }

    /**
     * The area of a cell of {@link #cell}.
     *
     * @throws SmilodonException 2 if there is no such cell
     */
    public static SphereGeometry cellArea(long id) {
        if (!SphereCell.isId(id)) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE, "not the number of a cell", Map.of("found", id));
        }
        return SphereGeometry.of(new SphereCell(id).area().polygon());
    }
}
