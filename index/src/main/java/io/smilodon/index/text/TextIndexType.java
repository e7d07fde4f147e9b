package io.smilodon.index.text;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexType;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import java.util.Set;

/** The type of the indexes of words. */
public final class TextIndexType implements IndexType {

    @Override
    public Set<String> optionNames() {
        return TextOptions.NAMES;
    }

    @Override
    public Document parseOptions(KeyPattern pattern, Document specification, Location location) {
        return new TextOptions(specification, location).completed(pattern);
    }

    @Override
    public void check(IndexDefinition definition, Location location) {
        if (!definition.options().collation().isSimple()) {
            throw new SmilodonException(
                            ErrorCode.CANNOT_CREATE_INDEX,
                            "Index type 'text' does not support collation")
                    .at(location.child("collation"))
                    .withHint("give the index the collation {locale: \"simple\"}");
        }
        if (definition.options().refusesDuplicates()) {
            throw new SmilodonException(
                            ErrorCode.CANNOT_CREATE_INDEX, "Index type 'text' cannot be unique")
                    .at(location.child("unique"));
        }
    }

    /** As MongoDB lists it: what the texts are stands in the weights. */
    @Override
    public Document listedKey(IndexDefinition definition) {
        TextIndex index = TextIndex.of(definition);
        DocumentBuilder key = Document.builder();
        for (KeyPart part : index.before()) {
            key.put(part.path().dotted(), part.toValue());
        }
        key.put(TextIndex.WORD, "text").put(TextIndex.SCORE, 1);
        for (KeyPart part : index.after()) {
            key.put(part.path().dotted(), part.toValue());
        }
        return key.build();
    }

    @Override
    public DocumentKeys keys(IndexDefinition definition) {
        return new TextKeys(definition);
    }

    @Override
    public KeyPattern keyPattern(IndexDefinition definition) {
        return TextIndex.of(definition).entries();
    }
}
