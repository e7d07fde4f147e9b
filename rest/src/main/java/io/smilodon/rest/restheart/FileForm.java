package io.smilodon.rest.restheart;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form that a file comes in: one part with a filename, which is the file, and perhaps one
 * called {@code metadata} (or {@code properties}), before or behind it. One thread.
 */
public final class FileForm {

    private static final List<String> METADATA = List.of("metadata", "properties");
    private static final int METADATA_BYTES_MAX = 1 << 20;
    private static final String UNNAMED = "file";
    private static final String FILENAME = "filename";
    private static final String CONTENT_TYPE = "contentType";
    private static final String ID = "_id";
    private static final String BYTES = "application/octet-stream";
    private static final int TYPE_LENGTH_MAX = 200;
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[\\w.+-]+/[\\w.+-]+(; ?[\\w-]+=[\\w.-]+)*");

    private final OutputStream bytes;
    private final ByteArrayOutputStream metadata = new LimitedBytes();
    private Optional<FormBody.Part> file = Optional.empty();

    private FileForm(OutputStream bytes) {
        this.bytes = bytes;
    }

    /** Few bytes. */
    private static final class LimitedBytes extends ByteArrayOutputStream {

        @Override
        public synchronized void write(byte[] more, int offset, int length) {
            if (length > METADATA_BYTES_MAX - count) {
                throw new SmilodonException(
                        ErrorCode.OBJECT_TOO_LARGE,
                        "The metadata of the file is too large",
                        Map.of("maximum", METADATA_BYTES_MAX));
            }
            super.write(more, offset, length);
        }
    }

    /**
     * Reads a form.
     *
     * @param type the media type of the body
     * @param bytes where the bytes of the file go
     * @throws SmilodonException {@code FailedToParse} or {@code BadValue} if it is none of a file
     */
    public static FileForm read(String type, InputStream body, OutputStream bytes) {
        FileForm form = new FileForm(bytes);
        FormBody.read(type, body, form::receiver);
        if (form.file.isEmpty()) {
            throw wrong("The form has no file", "curl -F file=@lake.jpg -F metadata='{}'");
        }
        return form;
    }

    private OutputStream receiver(FormBody.Part part) {
        if (part.filename().isPresent()) {
            if (file.isPresent()) {
                throw wrong("The form has several files", "send each file for itself");
            }
            file = Optional.of(part);
            return bytes;
        }
        if (METADATA.contains(part.name())) {
            return metadata;
        }
        throw wrong("The form has a part that is unknown: " + part.name(), "file, metadata");
    }

    private static SmilodonException wrong(String message, String hint) {
        return new SmilodonException(ErrorCode.BAD_VALUE, message).withHint(hint);
    }

    private Document given() {
        if (metadata.size() == 0) {
            return Document.EMPTY;
        }
        try {
            return ExtendedJson.readDocument(metadata.toByteArray());
        } catch (SmilodonException failure) {
            throw failure.at(Location.ROOT.child(METADATA.getFirst()));
        }
    }

    /** The id that the metadata give the file. */
    public Optional<Value> id() {
        return Optional.of(given().get(ID)).filter(id -> id != Missing.INSTANCE);
    }

    /** What the document of the file has beside its size and time. */
    public Document fields() {
        DocumentBuilder told = Document.builder().putAll(given().without(ID));
        Optional<String> type = file.flatMap(FormBody.Part::type);
        if (type.isPresent() && !given().has(CONTENT_TYPE)) {
            told.put(CONTENT_TYPE, type.get());
        }
        return Document.builder()
                .put(FILENAME, filename())
                .put(METADATA.getFirst(), told.build())
                .build();
    }

    /** Without the folders that some senders put before it. */
    private String filename() {
        if (given().get(FILENAME) instanceof StringValue name) {
            return name.value();
        }
        String sent = file.flatMap(FormBody.Part::filename).orElse("");
        String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        return name.isEmpty() ? UNNAMED : name;
    }

    /** The media type that a file was stored with, if it is one. */
    public static String contentType(Document file) {
        boolean hasOne =
                file.get(METADATA.getFirst()) instanceof Document told
                        && told.get(CONTENT_TYPE) instanceof StringValue;
        if (!hasOne) {
            return BYTES;
        }
        String type =
                ((StringValue) ((Document) file.get(METADATA.getFirst())).get(CONTENT_TYPE))
                        .value();
        return type.length() <= TYPE_LENGTH_MAX && MEDIA_TYPE.matcher(type).matches()
                ? type
                : BYTES;
    }

    /** What a file is called. */
    public static String filename(Document file) {
        return file.get(FILENAME) instanceof StringValue name ? name.value() : UNNAMED;
    }

    /**
     * The change of a file's document that a body asks for.
     *
     * @param isWhole whether it replaces all metadata that there are
     */
    public static Document change(Document body, boolean isWhole) {
        Document told = body;
        for (String name : METADATA) {
            if (body.get(name) instanceof Document inner) {
                told = inner;
            }
        }
        told = told.without(ID);
        DocumentBuilder set = Document.builder();
        if (told.get(FILENAME) instanceof StringValue name) {
            set.put(FILENAME, name);
        }
        if (isWhole) {
            set.put(METADATA.getFirst(), told);
        } else {
            told.forEach(field -> set.put(METADATA.getFirst() + "." + field.name(), field.value()));
        }
        return set.build();
    }
}
