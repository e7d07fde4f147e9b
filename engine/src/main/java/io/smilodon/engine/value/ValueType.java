package io.smilodon.engine.value;

import java.util.Arrays;
import java.util.Optional;

/**
 * The types of BSON, with the number and alias that {@code $type} takes, and {@link #MISSING} for
 * an absent field. Source: the BSON specification, bsonspec.org.
 */
public enum ValueType {
    MISSING(0, "missing", TypeRank.MISSING),
    DOUBLE(1, "double", TypeRank.NUMBER),
    STRING(2, "string", TypeRank.STRING),
    DOCUMENT(3, "object", TypeRank.DOCUMENT),
    ARRAY(4, "array", TypeRank.ARRAY),
    BINARY(5, "binData", TypeRank.BINARY),
    UNDEFINED(6, "undefined", TypeRank.UNDEFINED),
    OBJECT_ID(7, "objectId", TypeRank.OBJECT_ID),
    BOOLEAN(8, "bool", TypeRank.BOOLEAN),
    DATE(9, "date", TypeRank.DATE),
    NULL(10, "null", TypeRank.NULL),
    REGEX(11, "regex", TypeRank.REGEX),
    DB_POINTER(12, "dbPointer", TypeRank.DB_POINTER),
    CODE(13, "javascript", TypeRank.CODE),
    SYMBOL(14, "symbol", TypeRank.STRING),
    CODE_WITH_SCOPE(15, "javascriptWithScope", TypeRank.CODE_WITH_SCOPE),
    INT32(16, "int", TypeRank.NUMBER),
    TIMESTAMP(17, "timestamp", TypeRank.TIMESTAMP),
    INT64(18, "long", TypeRank.NUMBER),
    DECIMAL128(19, "decimal", TypeRank.NUMBER),
    MIN_KEY(-1, "minKey", TypeRank.MIN_KEY),
    MAX_KEY(127, "maxKey", TypeRank.MAX_KEY);

    private final int code;
    private final String alias;
    private final TypeRank rank;

    ValueType(int code, String alias, TypeRank rank) {
        this.code = code;
        this.alias = alias;
        this.rank = rank;
    }

    public int code() {
        return code;
    }

    public String alias() {
        return alias;
    }

    public TypeRank rank() {
        return rank;
    }

    public static Optional<ValueType> ofCode(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    public static Optional<ValueType> ofAlias(String alias) {
        return Arrays.stream(values()).filter(type -> type.alias.equals(alias)).findFirst();
    }
}
