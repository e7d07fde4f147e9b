package io.smilodon.security;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a user; what is empty stays.
 *
 * @param credentials what is kept of the password, by the names of mechanisms
 * @param mechanisms those of the credentials that stay, where the password does
 * @param customData whatever is to be kept with the user
 * @param roles all that the user is to have
 * @param restrictions from where to log in; empty for everywhere
 */
public record UserChange(
        Optional<Document> credentials,
        Optional<List<String>> mechanisms,
        Optional<Document> customData,
        Optional<List<RoleName>> roles,
        Optional<ArrayValue> restrictions) {

    public static final UserChange NONE =
            new UserChange(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public UserChange withCredentials(Document made) {
        return new UserChange(Optional.of(made), mechanisms, customData, roles, restrictions);
    }

    public UserChange withRoles(List<RoleName> granted) {
        return new UserChange(
                credentials, mechanisms, customData, Optional.of(granted), restrictions);
    }
}
