package io.smilodon.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The IP addresses that begin with the same bits: <code>192.0.2.0/24</code>, or one address. Names
 * of hosts are none: nothing is looked up.
 */
record AddressRange(byte[] address, int bits) {

    private static final Pattern VERSION_4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern VERSION_6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

    /** Reads a range as MongoDB's restrictions have it; empty if it is none. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> address = bytes(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bitsMax = address.get().length * Byte.SIZE;
        String length = slash < 0 ? String.valueOf(bitsMax) : text.substring(slash + 1);
        if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > bitsMax) {
            return Optional.empty();
        }
        return Optional.of(new AddressRange(address.get(), Integer.parseInt(length)));
    }

    /** Whether an address, in digits, is one of them. */
    boolean contains(String other) {
        return bytes(other).filter(this::startsAlike).isPresent();
    }

    private boolean startsAlike(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        for (int at = 0; at < bits; at++) {
            int mask = 1 << (Byte.SIZE - 1 - at % Byte.SIZE);
            if ((address[at / Byte.SIZE] & mask) != (other[at / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of digits that are an address: only such are given to the JDK. */
    private static Optional<byte[]> bytes(String digits) {
        if (!VERSION_4.matcher(digits).matches() && !VERSION_6.matcher(digits).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(digits).getAddress());
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }
}
