package io.smilodon.security;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.net.InetAddress;
import java.util.Optional;

/**
 * From where somebody logs in, and to where: IP addresses in digits, without ports; empty where
 * they are not known, which satisfies no restriction.
 */
public record Origin(String client, String server) {

    public static final Origin UNKNOWN = new Origin("", "");

    /** Those of a connection. */
    public static Origin of(InetAddress client, InetAddress server) {
        return new Origin(digits(client), digits(server));
    }

    /** An address without the interface by which it is reached. */
    private static String digits(InetAddress address) {
        String text = address.getHostAddress();
        int end = text.indexOf('%');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Whether one of the restrictions of a stored user or role allows it; so do none. */
    boolean satisfies(Document stored) {
        if (!(stored.get(User.RESTRICTIONS) instanceof ArrayValue restrictions)
                || restrictions.isEmpty()) {
            return true;
        }
        for (Value restriction : restrictions) {
            if (restriction instanceof Document one
                    && isIn(client, one.get("clientSource"))
                    && isIn(server, one.get("serverAddress"))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a value is an array of addresses, or networks, in digits. */
    public static boolean isRanges(Value ranges) {
        if (!(ranges instanceof ArrayValue elements)) {
            return false;
        }
        for (Value element : elements) {
            if (!(element instanceof StringValue text)
                    || AddressRange.parse(text.value()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(String address, Value ranges) {
        if (!(ranges instanceof ArrayValue elements)) {
            return true;
        }
        for (Value element : elements) {
            Optional<AddressRange> range =
                    element instanceof StringValue text
                            ? AddressRange.parse(text.value())
                            : Optional.empty();
            if (range.isPresent() && range.get().contains(address)) {
                return true;
            }
        }
        return false;
    }
}
