package io.smilodon.query.expression.type;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** How binary values are written as text: the part {@code format} of {@code $convert}. */
enum BinaryFormat {
    /** As an identifier where it is one, else in base 64; only for writing. */
    AUTO("auto") {
        @Override
        Optional<String> write(BinaryValue binary) {
            return binary.subtype() == UUID_SUBTYPE ? UUID.write(binary) : BASE64.write(binary);
        }

        @Override
        Optional<byte[]> read(String text) {
            return Optional.empty();
        }
    },
    BASE64("base64") {
        @Override
        Optional<String> write(BinaryValue binary) {
            return Optional.of(Base64.getEncoder().encodeToString(binary.bytes()));
        }

        @Override
        Optional<byte[]> read(String text) {
            boolean isPadded = text.length() % BASE64_GROUP == 0;
            return isPadded ? decoded(Base64.getDecoder(), text) : Optional.empty();
        }
    },
    BASE64_URL("base64url") {
        @Override
        Optional<String> write(BinaryValue binary) {
            return Optional.of(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(binary.bytes()));
        }

        @Override
        Optional<byte[]> read(String text) {
            return decoded(Base64.getUrlDecoder(), text);
        }
    },
    HEX("hex") {
        @Override
        Optional<String> write(BinaryValue binary) {
            return Optional.of(HexFormat.of().withUpperCase().formatHex(binary.bytes()));
        }

        @Override
        Optional<byte[]> read(String text) {
            boolean isHex = text.length() % 2 == 0 && text.chars().allMatch(HexFormat::isHexDigit);
            return isHex ? Optional.of(HexFormat.of().parseHex(text)) : Optional.empty();
        }
    },
    UTF8("utf8") {
        @Override
        Optional<String> write(BinaryValue binary) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(binary.bytes());
                return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
            } catch (CharacterCodingException notText) {
                return Optional.empty();
            }
        }

        @Override
        Optional<byte[]> read(String text) {
            return Optional.of(text.getBytes(StandardCharsets.UTF_8));
        }
    },
    UUID("uuid") {
        @Override
        Optional<String> write(BinaryValue binary) {
            boolean isUuid =
                    binary.subtype() == UUID_SUBTYPE && binary.bytes().length == UUID_BYTES;
            if (!isUuid) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.wrap(binary.bytes());
            return Optional.of(new UUID(bytes.getLong(), bytes.getLong()).toString());
        }

        @Override
        Optional<byte[]> read(String text) {
            return UUID_TEXT.matcher(text).matches()
                    ? HEX.read(text.replace("-", ""))
                    : Optional.empty();
        }
    };

    /** The subtype of identifiers, which are written in their own way. */
    static final byte UUID_SUBTYPE = 4;

    private static final int UUID_BYTES = 16;
    private static final int BASE64_GROUP = 4;
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final String alias;

    BinaryFormat(String alias) {
        this.alias = alias;
    }

    /** The text of a binary value; none if it cannot be written so. */
    abstract Optional<String> write(BinaryValue binary);

    /** The bytes that a text stands for; none if it is not written so. */
    abstract Optional<byte[]> read(String text);

    private static Optional<byte[]> decoded(Base64.Decoder decoder, String text) {
        try {
            return Optional.of(decoder.decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The format that an operand names; none for null and missing. */
    static Optional<BinaryFormat> find(Value value) {
        if (value.isNullish()) {
            return Optional.empty();
        }
        if (!(value instanceof StringValue name)) {
            throw new SmilodonException(
                    ErrorCode.location(4341114),
                    "$convert requires that 'format' be a string",
                    Map.of("actual", value.type().alias()));
        }
        Optional<BinaryFormat> found =
                Arrays.stream(values()).filter(f -> f.alias.equals(name.value())).findFirst();
        if (found.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.location(4341125),
                            "Invalid 'format' argument for $convert",
                            Map.of("format", name.value()))
                    .withHint("known are base64, base64url, hex, utf8, uuid and auto");
        }
        return found;
    }
}
