package io.smilodon.wire;

import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A way to make messages smaller that client and server may agree on. */
enum Compressor {
    SNAPPY(1) {
        @Override
        byte[] pack(byte[] plain) {
            return compressed(new SnappyCompressor(), plain);
        }

        @Override
        byte[] unpacked(byte[] packed, int length) throws MalformedMessageException {
            checkLength(SnappyDecompressor.getUncompressedLength(packed, 0), length);
            return decompressed(new SnappyDecompressor(), packed, length);
        }
    },

    ZLIB(2) {
        /** Zlib makes at most about a thousand bytes out of one. */
        private static final int RATIO_MAX = 1032;

        @Override
        byte[] pack(byte[] plain) {
            Deflater deflater = new Deflater(Deflater.BEST_SPEED);
            try {
                deflater.setInput(plain);
                deflater.finish();
                byte[] packed = new byte[plain.length + plain.length / 1000 + 64];
                return Arrays.copyOf(packed, deflater.deflate(packed));
            } finally {
                deflater.end();
            }
        }

        @Override
        byte[] unpacked(byte[] packed, int length)
                throws MalformedMessageException, DataFormatException {
            if (length / RATIO_MAX > packed.length) {
                throw new MalformedMessageException(
                        packed.length + " bytes cannot become " + length);
            }
            byte[] plain = new byte[length];
            Inflater inflater = new Inflater();
            try {
                inflater.setInput(packed);
                int done = inflater.inflate(plain);
                checkLength(done + inflater.inflate(new byte[1]), length);
                return plain;
            } finally {
                inflater.end(); // frees memory outside the heap
            }
        }
    },

    ZSTD(3) {
        @Override
        byte[] pack(byte[] plain) {
            return compressed(new ZstdCompressor(), plain);
        }

        @Override
        byte[] unpacked(byte[] packed, int length) throws MalformedMessageException {
            long said = ZstdDecompressor.getDecompressedSize(packed, 0, packed.length);
            if (said >= 0) { // it need not say
                checkLength(said, length);
            }
            return decompressed(new ZstdDecompressor(), packed, length);
        }
    };

    private final byte number;

    Compressor(int number) {
        this.number = (byte) number;
    }

    /** The number in messages. */
    byte number() {
        return number;
    }

    /** The name that both sides agree on. */
    Value label() {
        return Value.of(name().toLowerCase(Locale.ROOT));
    }

    /** The one of this name; nothing for a name that is not known, or no name. */
    static Optional<Compressor> named(Value name) {
        return name instanceof StringValue
                ? Stream.of(values()).filter(each -> each.label().equals(name)).findFirst()
                : Optional.empty();
    }

    static Optional<Compressor> numbered(byte number) {
        return Stream.of(values()).filter(each -> each.number == number).findFirst();
    }

    abstract byte[] pack(byte[] plain);

    /**
     * The bytes that were packed.
     *
     * @param length how many they must be; at most a message's, so that no few bytes become many
     */
    byte[] unpack(byte[] packed, int length) throws MalformedMessageException {
        try {
            return unpacked(packed, length);
        } catch (DataFormatException | RuntimeException broken) { // they fail in many ways
            throw new MalformedMessageException(
                    "not " + name().toLowerCase(Locale.ROOT) + ": " + broken.getMessage());
        }
    }

    abstract byte[] unpacked(byte[] packed, int length)
            throws MalformedMessageException, DataFormatException;

    private static byte[] compressed(io.airlift.compress.Compressor with, byte[] plain) {
        byte[] packed = new byte[with.maxCompressedLength(plain.length)];
        int length = with.compress(plain, 0, plain.length, packed, 0, packed.length);
        return Arrays.copyOf(packed, length);
    }

    private static byte[] decompressed(
            io.airlift.compress.Decompressor with, byte[] packed, int length)
            throws MalformedMessageException {
        byte[] plain = new byte[length];
        checkLength(with.decompress(packed, 0, packed.length, plain, 0, length), length);
        return plain;
    }

    private static void checkLength(long actual, int expected) throws MalformedMessageException {
        if (actual != expected) {
            throw new MalformedMessageException("not " + expected + " bytes, as it says");
        }
    }
}
